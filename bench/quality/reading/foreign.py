"""Whole ads in Spanish, French, Portuguese, German and Russian, each sentence written by rule.

An ad says its name, age, price with a time, hours, height and a telephone number of its country, in any
order, among sentences that say nothing; what is expected is every value of these kinds.
"""

from __future__ import annotations

from random import Random

import phonenumbers

Row = dict[str, object]

NAMES = {
    "es": ["Lucía", "Carmen", "Valeria", "Paula", "Elena"], "fr": ["Camille", "Julie", "Sophie", "Chloé", "Manon"],
    "pt": ["Beatriz", "Mariana", "Rafaela", "Carla", "Sónia"], "de": ["Anna", "Katrin", "Lena", "Sabine", "Julia"],
    "ru": ["Анна", "Ольга", "Марина", "Елена", "Ирина"],
}  # fmt: skip
PLACES = {"es": ("ES", ["Sevilla", "Valencia", "Málaga"]), "fr": ("FR", ["Lyon", "Toulouse", "Nantes"]),
          "pt": ("PT", ["Lisboa", "Porto", "Braga"]), "de": ("DE", ["Hamburg", "Leipzig", "Stuttgart"]),
          "ru": ("RU", ["Казань", "Самара", "Омск"])}  # fmt: skip
SAYS = {
    "es": {
        "name": ["Hola, soy {}", "Me llamo {}", "Pregunta por {}"], "age": ["Tengo {} años", "{} años, simpática"],
        "price": ["{0} € la hora", "{0}€ por hora", "1 hora {0} €", "una hora: {0}€"],
        "hours": ["Atiendo de {0}h a {1}h", "Horario de {0}:00 a {1}:00", "de lunes a domingo de {0} a {1} horas"],
        "height": ["mido 1,{0} m", "{1} cm de altura", "altura: {1} cm"],
        "phone": ["Llámame al {}", "Teléfono: {}", "WhatsApp {}"], "place": ["Estoy en {}", "Piso en {}, centro"],
        "none": ["Masaje relajante con aceite.", "Solo con cita.", "Piso discreto y limpio.", "No respondo números ocultos."],
    },
    "fr": {
        "name": ["Bonjour, je m'appelle {}", "Je suis {}", "Demandez {}, c'est {}"], "age": ["J'ai {} ans", "{} ans, douce"],
        "price": ["{0} € l'heure", "1 heure {0}€", "{0}€ pour une heure", "une heure : {0} €"],
        "hours": ["Disponible de {0}h à {1}h", "ouvert de {0}h00 à {1}h00", "tous les jours {0}h - {1}h"],
        "height": ["je mesure 1m{0}", "1,{0} m", "taille : {1} cm"],
        "phone": ["Appelez le {}", "Tél : {}", "Mon numéro : {}"], "place": ["Je suis à {}", "Appartement à {}"],
        "none": ["Massage relaxant.", "Sur rendez-vous.", "Appartement calme et propre.", "Pas de numéro masqué."],
    },
    "pt": {
        "name": ["Olá, sou a {}", "Chamo-me {}", "O meu nome é {}"], "age": ["Tenho {} anos", "{} anos, educada"],
        "price": ["{0} € a hora", "1 hora {0}€", "{0}€ por hora", "uma hora: {0} €"],
        "hours": ["Atendo das {0}h às {1}h", "Horário: {0}:00 às {1}:00", "todos os dias das {0} às {1}"],
        "height": ["tenho 1,{0} m", "altura: {1} cm", "{1} cm de altura"],
        "phone": ["Ligue {}", "Telefone: {}", "Para me ver: {}"], "place": ["Estou em {}", "Apartamento em {}"],
        "none": ["Massagem relaxante.", "Só com marcação.", "Local calmo e limpo.", "Não atendo números privados."],
    },
    "de": {
        "name": ["Hallo, ich bin {}", "Ich heiße {}", "Mein Name ist {}"], "age": ["Ich bin {} Jahre alt", "{} Jahre, nett"],
        "price": ["{0} € pro Stunde", "1 Stunde {0}€", "{0} Euro die Stunde", "eine Stunde: {0} €"],
        "hours": ["Geöffnet von {0} bis {1} Uhr", "täglich {0}-{1} Uhr", "Mo-So {0}:00 bis {1}:00"],
        "height": ["ich bin 1,{0} m groß", "Größe: {1} cm", "{1} cm"],
        "phone": ["Ruf an: {}", "Tel. {}", "Handynummer {}"], "place": ["Ich bin in {}", "Wohnung in {}"],
        "none": ["Entspannende Massage.", "Nur mit Termin.", "Ruhige und saubere Wohnung.", "Keine unterdrückten Nummern."],
    },
    "ru": {
        "name": ["Привет, меня зовут {}", "Я {}", "Моё имя {}"], "age": ["Мне {} года", "{} лет, приятная"],
        "price": ["{0} руб час", "1 час {0} руб", "{0} рублей за час", "час: {0} ₽"],
        "hours": ["Работаю с {0} до {1}", "с {0}:00 до {1}:00", "ежедневно с {0} до {1} часов"],
        "height": ["рост {1} см", "рост: {1}", "{1} см"],
        "phone": ["Звоните {}", "Тел. {}", "Мой номер: {}"], "place": ["Я в городе {}", "Квартира в центре, {}"],
        "none": ["Расслабляющий массаж.", "Только по записи.", "Тихая и чистая квартира.", "Со скрытых не отвечаю."],
    },
}  # fmt: skip
CURRENCY = {"ru": "RUB"}


def _number(rng: Random, country: str) -> tuple[str, str]:
    """Return a mobile number as written there, and in E.164."""
    while True:
        example = phonenumbers.example_number_for_type(country, phonenumbers.PhoneNumberType.MOBILE)
        digits = str(example.national_number)[:-5] + f"{rng.randint(0, 99999):05d}"
        drawn = phonenumbers.PhoneNumber(example.country_code, int(digits))
        if phonenumbers.is_valid_number(drawn):
            form = rng.choice(
                (phonenumbers.PhoneNumberFormat.NATIONAL, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
            )
            e164 = phonenumbers.format_number(drawn, phonenumbers.PhoneNumberFormat.E164)
            return phonenumbers.format_number(drawn, form), e164


def ads(language: str, n: int, seed: int) -> list[Row]:
    """Return ads of one language with everything they say."""
    rng, says = Random(f"foreign/{language}/{seed}"), SAYS[language]
    country, towns = PLACES[language]
    rows = []
    for i in range(n):
        name, age, town = rng.choice(NAMES[language]), rng.randint(22, 49), rng.choice(towns)
        price = rng.randint(8, 30) * (100 if language == "ru" else 10)
        opening, closing, over = rng.randint(8, 11), rng.randint(18, 23), rng.randint(52, 79)
        number, e164 = _number(rng, country)
        said = [
            rng.choice(says["name"]).replace("{}", name), rng.choice(says["age"]).format(age),
            rng.choice(says["price"]).format(price), rng.choice(says["hours"]).format(opening, closing),
            rng.choice(says["height"]).format(over, 100 + over), rng.choice(says["phone"]).format(number),
            rng.choice(says["place"]).format(town),
        ]  # fmt: skip
        said = [s + "." for s in said] + rng.sample(says["none"], 3)
        rng.shuffle(said)
        rows.append({
            "id": f"{language}{i}", "kind": "", "style": language, "country": country, "city": town,
            "text": rng.choice(["\n", " "]).join(said),
            "expected": sorted([
                f"name:{name}", f"age:{age}", f"price:{price} {CURRENCY.get(language, 'EUR')} 60min",
                f"hours:Mo-Su {opening:02}:00-{closing:02}:00", f"height:{100 + over} cm", f"phone:{e164}",
            ]),
        })  # fmt: skip
    return rows


KINDS = frozenset(("name", "age", "price", "hours", "height", "phone"))
