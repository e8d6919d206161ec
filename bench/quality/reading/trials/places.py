"""Places: cities by cue, with their region, in lists, short forms and other languages, and what only looks like one."""

from __future__ import annotations

# fmt: off
from random import Random

from bench.quality.reading.trials.carriers import around

Row = dict[str, object]
US = (
    ("Reno", "NV"), ("Las Vegas", "NV"), ("Henderson", "NV"), ("Phoenix", "AZ"), ("Tucson", "AZ"), ("Mesa", "AZ"), ("Austin", "TX"), ("Dallas", "TX"), ("Houston", "TX"), ("El Paso", "TX"), ("San Antonio", "TX"), ("Fort Worth", "TX"),
    ("Seattle", "WA"), ("Spokane", "WA"), ("Tacoma", "WA"), ("Portland", "OR"), ("Eugene", "OR"), ("Salem", "OR"), ("Boise", "ID"), ("Denver", "CO"), ("Boulder", "CO"), ("Atlanta", "GA"), ("Miami", "FL"), ("Orlando", "FL"),
    ("Tampa", "FL"), ("Jacksonville", "FL"), ("Chicago", "IL"), ("Detroit", "MI"), ("Cleveland", "OH"), ("Columbus", "OH"), ("Cincinnati", "OH"), ("Boston", "MA"), ("Philadelphia", "PA"), ("Pittsburgh", "PA"), ("Baltimore", "MD"),
    ("Nashville", "TN"), ("Memphis", "TN"), ("Omaha", "NE"), ("Tulsa", "OK"), ("Sacramento", "CA"), ("Fresno", "CA"), ("San Jose", "CA"), ("San Diego", "CA"), ("Oakland", "CA"), ("Bakersfield", "CA"), ("Albuquerque", "NM"),
    ("Minneapolis", "MN"), ("Milwaukee", "WI"), ("New Orleans", "LA"), ("Salt Lake City", "UT"), ("Anchorage", "AK"), ("Honolulu", "HI"), ("Charlotte", "NC"), ("Raleigh", "NC"), ("Richmond", "VA"), ("Louisville", "KY"),
)  # fmt: skip
LONG = {"NV": "Nevada", "AZ": "Arizona", "TX": "Texas", "WA": "Washington", "OR": "Oregon", "CO": "Colorado", "GA": "Georgia", "FL": "Florida", "IL": "Illinois", "OH": "Ohio", "CA": "California", "TN": "Tennessee", "PA": "Pennsylvania", "NC": "North Carolina"}
SHORT = {"Vegas": "Las Vegas", "NYC": "New York City", "LA": "Los Angeles", "SF": "San Francisco", "Philly": "Philadelphia", "ATL": "Atlanta", "DTLA": "Los Angeles", "Nola": "New Orleans", "SLC": "Salt Lake City", "San Fran": "San Francisco"}
WORLD = (
    ("London", "in London", "GB"), ("Manchester", "in Manchester", "GB"), ("Leeds", "Leeds city centre", "GB"), ("Birmingham", "central Birmingham", "GB"), ("Glasgow", "visiting Glasgow", "GB"), ("Toronto", "downtown Toronto", "CA"), ("Calgary", "in Calgary, AB", "CA"), ("Vancouver", "Vancouver BC", "CA"), ("Sydney", "in Sydney CBD", "AU"), ("Melbourne", "visiting Melbourne", "AU"), ("Brisbane", "Brisbane, QLD", "AU"),
    ("Madrid", "estoy en Madrid", "ES"), ("Barcelona", "en el centro de Barcelona", "ES"), ("Sevilla", "en Sevilla", "ES"), ("Valencia", "Valencia centro", "ES"), ("Paris", "à Paris", "FR"), ("Lyon", "je suis à Lyon", "FR"), ("Marseille", "de passage à Marseille", "FR"), ("Toulouse", "Toulouse centre", "FR"), ("Berlin", "in Berlin", "DE"), ("Hamburg", "besuchbar in Hamburg", "DE"), ("München|Munich", "in München", "DE"), ("Köln|Cologne", "Köln Innenstadt", "DE"), ("Frankfurt am Main", "in Frankfurt", "DE"),
    ("Lisboa|Lisbon", "em Lisboa", "PT"), ("Porto", "no Porto", "PT"), ("São Paulo", "em São Paulo", "BR"), ("Rio de Janeiro", "no Rio de Janeiro", "BR"), ("Curitiba", "em Curitiba", "BR"), ("Roma|Rome", "a Roma", "IT"), ("Milano|Milan", "a Milano", "IT"), ("Torino|Turin", "a Torino", "IT"), ("Moscow|Москва", "в Москве", "RU"), ("Saint Petersburg|Санкт-Петербург", "в Санкт-Петербурге", "RU"), ("Kazan|Kazan’|Kazan'|Казань", "Казань, центр", "RU"), ("Yekaterinburg|Екатеринбург", "г. Екатеринбург", "RU"),
    ("Mexico City|Ciudad de México", "en la Ciudad de México", "MX"), ("Guadalajara", "en Guadalajara", "MX"), ("Tijuana", "Tijuana centro", "MX"), ("Bogotá|Bogota", "en Bogotá", "CO"), ("Medellín|Medellin", "en Medellin", "CO"), ("Amsterdam", "in Amsterdam", "NL"), ("Brussels|Bruxelles", "à Bruxelles", "BE"), ("Zürich|Zurich", "in Zürich", "CH"), ("Warsaw|Warszawa", "Warszawa centrum", "PL"), ("Dubai", "in Dubai Marina", "AE"),
)  # fmt: skip
NONE = (
    "nice time together", "reading a book by the sea", "mobile massage to your door", "take a bath first", "orange juice and buffalo wings", "Paris Hotel is next door", "1450 Houston St", "London Bridge style", "my name is Austin", "Madison, 24", "Charlotte here", "ask for Sydney", "Boston cream pie", "a Denver omelette",
    "philly cheesesteak", "Victoria is my name", "Phoenix rising from the ashes", "moscow mule at the bar", "a Brazilian wax", "hamburger menu", "in bed with a book", "in and out", "in call", "in town", "from the heart", "in May", "in person", "near the mall", "visiting soon", "at home", "live in the moment", "hot springs and mud", "of course", "enterprise", "at the independence day parade", "a clean and private place", "Washington apples", "Columbus day special", "Jackson 5 songs", "Manhattan clam chowder", "vienna sausage",
)  # fmt: skip
TOWNS = (("Portland", "ME"), ("Springfield", "MO"), ("Springfield", "IL"), ("Columbia", "SC"), ("Columbia", "MO"), ("Aurora", "IL"), ("Aurora", "CO"), ("Glendale", "CA"), ("Glendale", "AZ"), ("Arlington", "VA"), ("Arlington", "TX"), ("Paris", "TX"), ("Athens", "GA"), ("Pasadena", "TX"), ("Rochester", "MN"), ("Peoria", "IL"), ("Vancouver", "WA"), ("Birmingham", "AL"), ("Manchester", "NH"), ("Cambridge", "MA"))


def _one(random: Random, city: str, state: str) -> tuple[str, str, bool]:
    """Return a sentence, its style, and whether the region is told."""
    return random.choice((
        (f"{city}, {state}", "region", True), (f"{city} {state}", "region", True), (f"in {city}, {state}", "region", True), (f"{city}, {LONG.get(state, state)}", "region", True), (f"{city}, {state} 89501", "region", True), (f"({city}, {state})", "region", True), (f"1450 Harbor St, {city}, {state}", "region", True),
        (f"in {city}", "cue", False), (f"visiting {city}", "cue", False), (f"downtown {city}", "cue", False), (f"in the {city} area", "cue", False), (f"{city} area", "cue", False), (f"near {city}", "cue", False), (f"new to {city}", "cue", False), (f"back in {city}", "cue", False), (f"based in {city}", "cue", False),
        (f"Location: {city}", "label", False), (f"coming to {city} May 3-5", "cue", False), (f"in {city.lower()}", "lower", False), (f"visiting {city.lower()} this week", "lower", False), (f"NEW IN {city.upper()}", "upper", False), (f"{city.upper()} {state}", "upper", True), (f"#{city.replace(' ', '').lower()}", "hash", False), (f"{city} Airport", "cue", False),
        (f"north {city}", "cue", False), (f"serving {city} and surroundings", "cue", False), (f"I live in {city}", "cue", False), (f"{city} incall only", "free", False), (f"from {city}", "cue", False),
    ))  # fmt: skip


def rows(n: int, seed: int) -> list[Row]:
    """Ads that name places or only seem to; compared with their region where the text tells it, else by name."""
    random, out = Random(seed), list[Row]()
    for _ in range(n):
        draw, country, listed, by_name = random.random(), "US", None, True
        city, state = random.choice(US)
        if draw < 0.45:
            core, style, told = _one(random, city, state)
            expected, by_name = ([f"{city}, {state}, US"], False) if told else ([city], True)
            listed = city if random.random() < 0.5 else None
        elif draw < 0.58:
            three = random.sample([c for c, _ in US], 3)
            core = random.choice(("visiting {}, {} and {}", "{} / {} / {}", "{}, {}, {}", "in {} & {} & {}", "serving {}, {}, {}", "{} - {} - {}", "Tour: {} May 1-3, {} May 4-6, {} May 7-9")).format(*three)
            expected, style = three, "list"
        elif draw < 0.66:
            city, state = random.choice(TOWNS)
            core, style, told = _one(random, city, state)
            while not told:
                core, style, told = _one(random, city, state)
            expected, style, by_name = [f"{city}, {state}, US"], "namesake", False
        elif draw < 0.70:
            said = random.choice(list(SHORT))
            core, expected, style = random.choice(("in {}", "visiting {}", "downtown {}")).format(said), [SHORT[said]], "short"
        elif draw < 0.85:
            name, core, country = random.choice(WORLD)
            expected, style = [name], "world"
        else:
            core, expected, style = random.choice(NONE), [], "none"
        row = {"text": around(random, core, numbered=0.3), "kind": "place", "expected": expected, "country": country, "style": style}
        out.append({**row, "by_name": True} if by_name else row)
        if listed:
            out[-1]["city"] = listed
    return out
