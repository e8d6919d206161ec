"""Varied plain ads as people write them: own sentences, a few that everybody writes, and fillings.

Independent of the synthetic world's banks: sentences are built from clauses, so that two writers seldom have
one in common unless it is a phrase that half the trade writes. Bland, invented, about adults.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

NAMES = [
    "Amber",
    "Bella",
    "Carla",
    "Dana",
    "Elena",
    "Fiona",
    "Gina",
    "Hanna",
    "Iris",
    "Julia",
    "Kira",
    "Lena",
    "Mara",
    "Nadia",
    "Olga",
    "Petra",
    "Rosa",
    "Sara",
    "Tina",
    "Vera",
    "Wanda",
    "Zoe",
    "Alice",
    "Bianca",
    "Clara",
    "Daisy",
    "Emma",
    "Freya",
    "Grace",
    "Holly",
]
CITIES = [
    "Reno",
    "Tampa",
    "Boise",
    "Omaha",
    "Tulsa",
    "Mesa",
    "Akron",
    "Denver",
    "Austin",
    "Fresno",
    "Dallas",
    "Toledo",
    "Buffalo",
    "Memphis",
]
CODES = (702, 813, 208, 402, 918, 480, 330, 303, 512, 559, 214, 419, 716, 901)

WHO = (
    "i|we|my friend|this lady|a quiet woman|your host|the girl next door|somebody cheerful|a patient listener"
)
DOES = (
    "welcome|invite|look after|spoil|treat|receive|entertain|spend time with|cook for|talk with|walk with|pamper|"
    "help|cheer up|sit with|laugh with|listen to|travel with|dine with|dance with"
)
WHOM = (
    "travellers|business men|gentle souls|busy people|older gentlemen|new friends|regulars|shy people|couples|"
    "tired workers|visitors|people from the fair|drivers on the road|those who like calm|curious minds|guests"
)
WHERE = (
    "in a bright flat|near the river|above a bakery|at a small studio|by the lake|on the third floor|in the old town|"
    "behind the theatre|close to the airport|in a garden house|at your hotel|near the university|by the market|"
    "opposite the park|at the edge of town|in a modern building|over a bookshop|in a wooden cabin"
)
WHEN = (
    "after work|on rainy days|before noon|in the evening|at weekends|from monday to thursday|around lunch|late at night|"
    "all summer|during the holidays|most mornings|when the shops close|early in the week|twice a month"
)
THING = (
    "warm oil|soft music|fresh coffee|green tea|clean towels|a foot bath|candle light|homemade cake|a long shower|hot stones|"
    "jazz records|a good film|board games|fruit and water|an open fire|quiet talk|a view of the hills|free parking|herbal tea|"
    "slow stretching|aroma lamps|a soft blanket|vinyl records|poetry|a sauna|a roof terrace"
)
QUALITY = (
    "honest|punctual|discreet|kind|slender|tall|curly haired|well read|funny|athletic|calm|elegant|musical|creative|"
    "tidy|patient|polite|educated|sunny|natural|gentle|reliable|soft spoken|easy going|down to earth"
)
WORK = (
    "a nurse|a painter|a student of law|a gardener|a dancer|a baker|a translator|a teacher|a tailor|a photographer|"
    "a florist|a swimmer|a barista|a librarian|a violinist|a carpenter"
)
WANT = (
    "reply to messages without a name|answer hidden numbers|bargain about the fee|meet without notice|accept cheques|"
    "like to be rushed|send more pictures|write long texts|open the door to strangers|travel abroad|drink alcohol|"
    "keep pets|smoke indoors|work on sundays|share my address|answer after ten"
)
ADD = "really|gladly|always|often|simply|truly|mostly|never fail to|love to|like to|know how to|learned to|still"

# Clauses an author builds a sentence of; a word in angle brackets is filled anew in every ad.
CLAUSES: tuple[Callable[[Callable[[str], str]], str], ...] = (
    lambda w: f"{w(WHO)} {w(ADD)} {w(DOES)} {w(WHOM)} {w(WHERE)}",
    lambda w: f"{w(WHEN)} there is {w(THING)} and {w(THING)} {w(WHERE)}",
    lambda w: f"people call me {w(QUALITY)} and {w(QUALITY)}, as {w(WORK)} should be",
    lambda w: f"i do not {w(WANT)} and {w(ADD)} {w(DOES)} {w(WHOM)} {w(WHEN)}",
    lambda w: f"with {w(THING)} or {w(THING)}, {w(WHEN)}, {w(WHO)} {w(DOES)} {w(WHOM)}",
    lambda w: f"once {w(WORK)}, now {w(QUALITY)} company {w(WHERE)} {w(WHEN)}",
    lambda w: f"bring {w(THING)}, find {w(THING)}, forget the rest {w(WHEN)}",
    lambda w: f"{w(WHERE)} you find {w(THING)} and {w(WHO)}, {w(QUALITY)} and {w(QUALITY)}",
    lambda w: f"please do not {w(WANT)}; {w(WHO)} would rather {w(DOES)} {w(WHOM)}",
    lambda w: f"{w(WHO)}, {w(QUALITY)}, {w(ADD)} {w(DOES)} {w(WHOM)} who bring {w(THING)}",
    lambda w: f"nothing beats {w(THING)} {w(WHEN)}, and {w(WHO)} {w(ADD)} {w(DOES)} {w(WHOM)}",
    lambda w: f"ask about {w(THING)}, about {w(THING)}, about {w(WORK)} {w(WHERE)}",
)
# What half the trade writes.
STOCK = (
    "no time wasters please", "serious gentlemen only", "available now", "hosting and visiting", "100 percent real pictures",
    "satisfaction guaranteed", "call or text anytime", "new in town for a short time", "clean and discreet", "cash only",
    "you will not be disappointed", "upscale and independent", "no rush", "respect is a must", "limited time only",
    "ask about specials", "private and safe", "must verify first", "sweet and classy", "by appointment only",
)  # fmt: skip
FILLED = (
    "my name is <name> and i am <age>", "ask for <name> at <phone>", "call <phone>", "text <name> on <phone>",
    "the hour is <price>", "<price> for an hour", "now in <city>", "<city> and around", "i am <name> from <city>, <age>",
    "this is <name>, write to <phone>",
)  # fmt: skip
# Short posts of many unrelated people; those with the same words are one wording.
SHORT = (
    "{hi|hey|hello|good evening|} {im|its|here is} <name> {call|text|ring} <phone>",
    "{new|back|free|open|here} {today|tonight|now|this week} <phone>",
    "<name> <city> {massage|company|visits|back rub} <phone>",
    "{call|text} me <phone> {anytime|before nine|no voicemail|}",
    "<price> {all in|cash|no extras} {call|text|message} <phone>",
    "{anyone|who is} {free|around|up} in <city> {tonight|today|now} <phone>",
)
FOOTERS = (
    "{site} is not responsible for what advertisers write. Report abuse to 1-800-555-0187",
    "All persons on {site} confirmed that they are adults * terms apply * desk@{site}",
    "Posted with the free {site} app. Share this ad with a friend and win a month",
    "", "", "",
)  # fmt: skip
SITES = ("boards.test", "evening.test", "cityads.test", "quickpost.test", "lounge.test", "weekly.example")


@dataclass(frozen=True, slots=True)
class Text:
    """One author's sentences in order, with her full stop, what stands between them, and her title."""

    title: str
    sentences: tuple[str, ...]
    end: str
    between: str


def draw_text(rng: Random, stock: float) -> Text:
    """Return a new text of 4 to 14 sentences; `stock` is the share that everybody writes."""

    def word(options: str) -> str:
        return rng.choice(options.split("|"))

    sentences = [
        rng.choice(STOCK) if rng.random() < stock else rng.choice(CLAUSES)(word)
        for _ in range(rng.randint(3, 11))
    ]
    sentences += rng.sample(FILLED, rng.randint(1, 3))
    rng.shuffle(sentences)
    title = rng.choice(
        ("<name>", "<name> in <city>", f"{word(QUALITY)} {word(WORK)}", f"{word(THING)} {word(WHEN)}")
    )
    case = rng.choice((str, str, str.capitalize))
    return Text(
        title, tuple(case(s) for s in sentences), rng.choice((".", "!", "", "...", " *")),
        rng.choice((" ", " ", "\n", "\n\n", " - ")),
    )  # fmt: skip


def draw_short(rng: Random) -> str:
    """Return a short generic text, its choices made and its slots open."""
    out, rest = "", rng.choice(SHORT)
    while "{" in rest:
        before, _, rest = rest.partition("{")
        options, _, rest = rest.partition("}")
        out += before + rng.choice(options.split("|"))
    return " ".join((out + rest).split())


@dataclass(frozen=True, slots=True)
class Fillings:
    """What one ad puts into the slots."""

    name: str
    age: str
    city: str
    phone: str
    price: str

    def fill(self, text: str) -> str:
        """Return `text` with its slots filled."""
        for slot in ("name", "age", "city", "phone", "price"):
            if f"<{slot}>" in text:
                text = text.replace(f"<{slot}>", getattr(self, slot))
        return text


def draw_fillings(rng: Random) -> Fillings:
    """Return fillings as one advertiser would write them."""
    at = rng.randrange(len(CITIES))
    line = f"{rng.randrange(100, 200):04d}"
    shape = rng.choice(("{}-555-{}", "({}) 555-{}", "{} 555 {}", "{}.555.{}", "{}555{}"))
    price = rng.randrange(8, 40) * 10
    money = rng.choice((f"${price}", f"{price}$", f"{price} roses", f"{price} dollars"))
    return Fillings(
        rng.choice(NAMES), str(rng.randint(21, 48)), CITIES[at], shape.format(CODES[at], line), money
    )
