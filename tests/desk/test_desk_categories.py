"""Nobody is put into a category: nothing has a place for suspect, victim or witness."""

import enum
import importlib
import pkgutil
import re

import pytest

import homeward.model
from homeward.model import schema
from homeward.store.ledger.tables import metadata
from people_kit import described

# The categories of Directive (EU) 2016/680, article 6, and what systems like this call them.
CATEGORY = re.compile(
    r"suspect|suspicion|perpetrator|offender|convict|victim|witness(?!ed)|accused|criminal|trafficker|person_category"
    r"|guilt|culprit"
)


def words():
    """Every name and every fixed word in which something could be said of a person."""
    for table in metadata.sorted_tables:
        yield from (f"{table.name}.{column.name}" for column in table.columns)
    for name, table in schema.TABLES.items():
        yield from (f"{name}.{column}" for column in table.names)
    for module in pkgutil.iter_modules(homeward.model.__path__, "homeward.model."):
        for one in vars(importlib.import_module(module.name)).values():
            if isinstance(one, type) and issubclass(one, enum.Enum) and one.__module__ == module.name:
                yield from (f"{one.__name__}.{member.name} {member.value}" for member in one)
    for name, shape in described()["components"]["schemas"].items():
        yield from (f"{name}.{field}" for field in shape.get("properties", {}))
        yield from (f"{name} {value}" for value in shape.get("enum", ()))


def categories(said):
    return [word for word in said if CATEGORY.search(word.lower())]


@pytest.mark.trust("PRV-1")
def test_nothing_says_what_a_person_is():
    found = list(words())
    assert len(found) > 800
    # A purpose is stated by whoever searches, of nobody in particular.
    assert [word for word in categories(found) if not word.startswith("Purpose.")] == []


@pytest.mark.trust("PRV-1")
def test_a_category_would_be_seen():
    named = [
        "people.role suspect",
        "Category.VICTIM victim",
        "Lead.person_category",
        "Outcome.CONVICTED convicted",
    ]
    assert categories(named) == named and categories(["ads.witnessed", "Outcome.CONSENSUAL consensual"]) == []
