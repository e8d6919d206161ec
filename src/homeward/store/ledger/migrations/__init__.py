"""How the ledger's tables came to be: one script a step, run by the program, each in one transaction."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config


def configuration() -> Config:
    """Return Alembic's settings: where the scripts lie, and no file of its own."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def upgrade(connection: sa.Connection, revision: str = "head") -> None:
    """Run every step that the database behind `connection` lacks."""
    config = configuration()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
