"""Purposes that an agency adds to the closed list, and the words with which none may be added.

There is no purpose for enforcement against advertised persons, for immigration, or for screening by
landlords, banks or employers. The list of words stops who says so plainly. It cannot know what somebody means
by other words: that is why adding one takes two people, and stands in the audit report.
"""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from homeward.model.actor import Purpose, Role
from homeward.model.errors import UsageError

NAME = frozenset(string.ascii_lowercase + string.digits + "-")  # what a name is made of; a letter comes first
SHORTEST_NAME, LONGEST_NAME = 3, 64
LONGEST = 400  # characters of what it is for
# Who may be given an added purpose: those who work on cases. Every added purpose needs a case.
ADDED_ROLES = frozenset({Role.ANALYST, Role.CASE_LEAD, Role.SUPERVISOR, Role.RECORDS})

# Beginnings of words, without accents, in English, Spanish, French, German, Portuguese, Italian, Dutch,
# Romanian, Russian and Chinese; written by hand.
REFUSED: Mapping[str, tuple[str, ...]] = {
    "immigration": (
        "immigra", "migra", "deport", "visa", "asylum", "refugee", "border", "residence permit",
        "undocumented", "inmigra", "extranjer", "asilo", "frontera", "asile", "expuls", "frontiere",
        "titre de sejour", "einwander", "zuwander", "auslander", "abschieb", "asyl", "aufenthalt",
        "grenz", "imigra", "estrangeir", "fronteira", "stranier", "espuls", "frontiera",
        "vreemdeling", "uitzet", "asiel", "grens", "expulz", "azil", "иммигра", "мигра", "депорт",
        "убежищ", "границ", "виза", "移民", "签证", "遣返", "边境",
    ),
    "screening by landlords, banks or employers": (
        "landlord", "tenan", "rent", "lease", "bank", "credit", "loan", "insur", "employ", "hiring",
        "job", "background check", "casero", "arrendador", "inquilin", "alquiler", "banco", "banca",
        "emple", "contrata", "bailleur", "locataire", "loyer", "banque", "embauche", "vermiet",
        "mieter", "miete", "kredit", "arbeitgeber", "einstellung", "senhorio", "aluguel",
        "locatore", "affitt", "datore", "verhuur", "huurder", "krediet", "werkgever", "proprietar",
        "chirias", "angaja", "арендодател", "аренд", "банк", "кредит", "работодател", "房东", "银行",
        "雇主", "租客",
    ),
    "enforcement against advertised persons": (
        "arrest", "raid", "vice", "solicit", "fine", "punish", "sanction", "advertised person",
        "redada", "deten", "castig", "multa", "rafle", "racol", "amende", "punir", "verhaft",
        "festnah", "razzia", "straf", "bussgeld", "puni", "retata", "boete", "razie", "amend",
        "арест", "облав", "штраф", "наказ", "逮捕", "罚款", "突击",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Added:
    """A purpose that two people added: its name, what it is for, and which roles may state it, for a case."""

    name: str
    says: str
    roles: frozenset[Role]


def refused(text: str) -> str:
    """Return for what a text asks that no purpose is for, with the word that says so; empty for none."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(c for c in folded if not unicodedata.combining(c))
    words = " " + " ".join("".join(c if c.isalnum() else " " for c in plain).split())
    for what, stems in REFUSED.items():
        if said := _first(words, stems):
            return f"{what} (“{said}”)"
    return ""


def _first(words: str, stems: Collection[str]) -> str:
    """Return the first stem that a word begins with; in a script without spaces, that stands anywhere."""
    for stem in stems:
        # The folding of ё and й takes their marks: so does that of what is looked for.
        folded = "".join(c for c in unicodedata.normalize("NFKD", stem) if not unicodedata.combining(c))
        if (f" {folded}" in words) or (not stem[0].isascii() and not _alphabetic(stem) and folded in words):
            return stem
    return ""


def _alphabetic(stem: str) -> bool:
    """Tell whether a script parts its words: Cyrillic does, Chinese does not."""
    return "CJK" not in unicodedata.name(stem[0], "")


def _is_name(name: str) -> bool:
    return SHORTEST_NAME <= len(name) <= LONGEST_NAME and set(name) <= NAME and name[0].isalpha()


def check(bound: Mapping[str, str]) -> None:
    """Refuse a purpose that is none, or is for what no purpose is for."""
    roles = bound["roles"].split()
    if not _is_name(bound["name"]) or bound["name"] in set(Purpose):
        raise UsageError(
            "A purpose's name is of small letters, digits and dashes, and none of the program's."
        )
    if not bound["says"] or len(bound["says"]) > LONGEST:
        raise UsageError(f"Say what the purpose is for, in up to {LONGEST} characters.")
    if not roles or not set(roles) <= {str(role) for role in ADDED_ROLES}:
        raise UsageError(f"Its roles are some of: {', '.join(sorted(ADDED_ROLES))}.")
    if what := refused(f"{bound['name'].replace('-', ' ')} {bound['says']}"):
        raise UsageError(
            f"No purpose is added for {what}: Homeward is there to find and protect possible victims.",
            remedy="If something else is meant, say it in other words.",
        )
