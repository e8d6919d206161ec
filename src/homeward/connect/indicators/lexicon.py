"""Words that wording indicators read, by family, in the languages that readers cover.

Bland words only. No word of ethnicity, nationality, migration, religion or orientation stands here, and no
youth words: that family reads a list which the agency supplies. These lists are ours; where they stand in
for a study's own, the indicator's strength is `expert`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import pyarrow as pa
import pyarrow.compute as pc
import re2

from homeward.connect.signature import fold

LEXICON: Mapping[str, tuple[str, ...]] = {
    "third party": (
        "our team", "our ladies", "our girls", "our staff", "our companions", "our models",
        "our therapists", "my girls", "the manager", "our manager", "ask the manager", "our office",
        "new staff", "staff changes",
        "choose from our", "pick from our", "she is available", "she will", "book her", "meet her",
        "nuestro equipo", "nuestras chicas", "la encargada", "el encargado", "nuestro personal",
        "notre équipe", "nos filles", "nos hôtesses", "le gérant", "notre personnel",
        "il nostro team", "le nostre ragazze", "il nostro staff",
        "nossa equipe", "nossas meninas", "nossas garotas", "o gerente",
        "unser team", "unsere damen", "unsere mädchen", "unser personal",
        "наша команда", "наши девушки", "наш менеджер", "администратор",
        "我们的团队", "经理",
    ),
    "trustworthy": (
        "trustworthy", "you can trust", "trusted", "reliable", "honest", "genuine", "100% real", "no tricks",
        "what you see is what you get", "discreet and reliable",
        "de confianza", "confiable", "fiable", "de confiance", "honnête", "affidabile", "di fiducia",
        "confiável", "de confiança", "vertrauenswürdig", "zuverlässig", "ehrlich",
        "надежная", "надёжная", "честная", "可靠", "值得信赖",
    ),
    "movement": (
        "new in town", "new to town", "just arrived", "just landed", "visiting", "in town for",
        "back in town", "leaving soon", "last days", "few days only", "passing through", "on tour",
        "recién llegada", "de visita", "de paso", "por pocos días", "de passage", "vient d'arriver",
        "en visite", "nouvelle en ville", "appena arrivata", "in visita", "di passaggio", "recém chegada",
        "de passagem", "neu in der stadt", "zu besuch", "auf durchreise", "nur wenige tage",
        "проездом", "недавно приехала", "刚到", "短期停留",
    ),
    "advance payment": (
        "gift card", "gift cards", "prepay", "prepayment", "pay in advance", "payment in advance",
        "deposit first", "deposit required", "deposit before", "send a deposit", "send the deposit",
        "pay a deposit", "pay the deposit", "deposit only", "after the deposit", "no deposit no meeting",
        "half in advance", "half up front", "paid in advance", "transfer first", "once you have paid",
        "advance fee", "booking fee", "verification fee", "pay first", "upfront payment",
        "payment up front", "small deposit",
        "prepaid card", "voucher code", "reservation fee", "steam card", "itunes card", "wire transfer",
        "pago por adelantado", "tarjeta de regalo", "anticipo", "paiement d'avance", "acompte",
        "carte cadeau", "pagamento anticipato", "caparra", "pagamento adiantado", "vorkasse", "anzahlung",
        "geschenkkarte", "предоплата", "подарочная карта", "预付", "礼品卡",
    ),
    # The next two are read by venues.py alone, and by no indicator.
    "massage": (
        "massage", "massages", "bodywork", "reflexology", "masaje", "masajes", "massaggio", "massaggi",
        "massagem", "massagens", "massagen", "массаж", "按摩",
    ),
    "house": (
        "spa", "studio", "parlor", "parlour", "salon", "walk in", "walk ins", "walk-ins", "open daily",
        "open seven days", "front desk", "our rooms", "wellness center", "wellness centre",
        "estudio", "salón", "abierto todos los días", "institut", "ouvert tous les jours", "salone",
        "aperto tutti i giorni", "estúdio", "aberto todos os dias", "täglich geöffnet", "салон",
        "ежедневно", "养生馆", "水疗",
    ),
    "screening": (
        "references required", "references needed", "two references", "screening required", "i screen",
        "screening", "referencias", "références", "referenze", "referências", "referenzen", "рекомендации",
    ),
}  # fmt: skip


def _pattern(phrases: Iterable[str]) -> str:
    """Return a linear pattern of whole phrases; scripts without spaces have no word bounds to ask for."""
    folded = sorted({fold(phrase) for phrase in phrases if phrase.strip()}, key=lambda t: (-len(t), t))
    spaced = "|".join(re2.escape(t).replace(r"\ ", " ").replace(" ", r"\s+") for t in folded if not _dense(t))
    dense = "|".join(re2.escape(t) for t in folded if _dense(t))
    parts = [rf"(?:^|[^\pL\pN])(?P<spaced>{spaced})(?:$|[^\pL\pN])"] if spaced else []
    return "|".join([*parts, f"(?P<dense>{dense})"] if dense else parts)


def _dense(text: str) -> bool:
    return any("\u3040" <= character <= "\u9fff" for character in text)


def find_phrases(texts: Sequence[str], *, youth: Sequence[str] = ()) -> list[tuple[tuple[str, str], ...]]:
    """Return for each folded text the (family, phrase as found) pairs that it holds, once each."""
    column = pa.array(texts, pa.string())
    patterns = {family: _pattern(phrases) for family, phrases in {**LEXICON, "youth": tuple(youth)}.items()}
    patterns = {family: pattern for family, pattern in patterns.items() if pattern}
    out: list[list[tuple[str, str]]] = [[] for _ in texts]

    def found(pattern: str) -> tuple[list[int], list[str]]:
        places = pc.indices_nonzero(pc.match_substring_regex(column, pattern))
        groups = pc.extract_regex(column.take(places), pattern).flatten()
        # Of two groups one is empty; the first phrase of the text is in the other.
        return places.to_pylist(), pc.binary_join_element_wise(*groups, "").to_pylist()

    with ThreadPoolExecutor() as side:  # matching runs outside the interpreter: each core takes a family
        held = side.map(found, patterns.values())
        for family, some in zip(patterns, held, strict=True):
            for place, phrase in zip(*some, strict=True):
                out[place].append((family, phrase))
    return [tuple(pairs) for pairs in out]
