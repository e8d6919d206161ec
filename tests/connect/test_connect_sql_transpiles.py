"""Every statement of `connect` can be said in Spark's dialect as well."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp
from sqlglot.errors import ErrorLevel

import homeward.connect

STATEMENTS = sorted((Path(homeward.connect.__file__).parent / "sql").glob("**/*.sql"))
# Functions that sqlglot passes on without knowing them, and that DuckDB and Spark both have, by the same
# name and with the same meaning. Add to it only what was looked up in both manuals.
SHARED: frozenset[str] = frozenset()


def problems(text: str) -> list[str]:
    """What keeps Spark from saying a statement; sqlglot alone lets unknown functions and joins pass."""
    statements = [s for s in sqlglot.parse(text, read="duckdb") if s is not None]
    if len(statements) != 1:
        return [f"{len(statements)} statements"]
    spark = statements[0].sql(dialect="spark", unsupported_level=ErrorLevel.RAISE)
    [said] = sqlglot.parse(spark, read="spark")
    assert said is not None
    unknown = [f.name.lower() for f in statements[0].find_all(exp.Anonymous)]
    joins = [j.method for j in statements[0].find_all(exp.Join) if j.method in ("POSITIONAL", "ASOF")]
    return [*(name for name in unknown if name not in SHARED), *joins]


@pytest.mark.parametrize("path", STATEMENTS, ids=lambda path: path.stem)
def test_the_statement_transpiles(path: Path) -> None:
    """One file is one statement, and Spark can say it."""
    assert problems(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "text", ["SELECT * FROM a ASOF JOIN b USING (k)", "SELECT list_grade_up(x) FROM t", "SELECT 1; SELECT 2"]
)
def test_a_statement_that_spark_cannot_say_is_noticed(text: str) -> None:
    """The check can fail."""
    assert problems(text)
