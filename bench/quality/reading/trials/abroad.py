"""Whole ads in Spanish, French, Portuguese, German and Russian, with everything they say: written by the languages' rules."""

from __future__ import annotations

# fmt: off
from random import Random

from bench.quality.reading.trials import ranges, writing

Row = dict[str, object]
KINDS = ("phone", "price", "age", "hours", "height", "name", "place")

# What each kind is said with; {} is the value. Places come with the gazetteer's name behind a bar where it differs.
SAYS: dict[str, dict[str, tuple[str, ...]]] = {
    "es": {
        "names": ("Lucía", "Carmen", "Valentina", "Camila", "Daniela", "Paola", "Marta", "Sofía", "Laura", "Andrea"),
        "places": ("Madrid", "Barcelona", "Sevilla", "Valencia", "Bilbao", "Zaragoza", "Málaga", "Alicante"),
        "name": ("me llamo {}", "soy {}", "Hola, soy {}", "mi nombre es {}", "Hola chicos, me llamo {}", "pregunta por {}"),
        "age": ("tengo {} años", "{} años", "edad: {} años", "{} añitos", "de {} años"),
        "height": ("mido 1,{m} m", "mido 1.{m}", "1,{m} m de estatura", "estatura {} cm", "altura: 1,{m} m", "mido {} cm"),
        "price": ("{p} € la hora", "{h} euros media hora y {p} euros una hora", "1 hora {p}€", "media hora {h}€, una hora {p}€", "30 min {h} € / 60 min {p} €", "tarifas: media hora {h} euros, hora {p} euros"),
        "hours": ("de {a} a {b} h", "horario: de {a}:00 a {b}:00", "abierto de {a} a {b} horas", "todos los días de {a}h a {b}h", "atiendo de {a} de la mañana a {b12} de la noche"),
        "place": ("estoy en {}", "en {} centro", "en el centro de {}", "vivo en {}", "zona céntrica de {}", "recién llegada a {}"),
        "phone": ("llámame al {}", "tel. {}", "WhatsApp {}", "teléfono: {}", "mi número es {}", "escríbeme al {}"),
        "aside": ("masaje relajante en un lugar tranquilo", "aparcamiento fácil", "trato amable", "aceite caliente y velas", "sin prisas", "fotos reales 100%", "hablo inglés", "ducha y toallas limpias", "solo con cita previa"),
    },
    "fr": {
        "names": ("Camille", "Chloé", "Manon", "Julie", "Sandrine", "Élodie", "Claire", "Sophie", "Nathalie", "Léa"),
        "places": ("Paris", "Lyon", "Marseille", "Toulouse", "Nantes", "Lille", "Bordeaux", "Nice"),
        "name": ("je m'appelle {}", "moi c'est {}", "Bonjour, je suis {}", "je me nomme {}", "mon prénom est {}", "demandez {}"),
        "age": ("j'ai {} ans", "{} ans", "âge : {} ans", "âgée de {} ans", "femme de {} ans"),
        "height": ("je mesure 1m{m}", "1m{m}", "taille : 1,{m} m", "je fais 1 m {m}", "taille {} cm", "1,{m}m"),
        "price": ("{p} € l'heure", "{h}€ la demi-heure, {p}€ l'heure", "1h {p}€", "30 min {h}€ / 1h {p}€", "tarifs : demi-heure {h} euros, une heure {p} euros", "{p} euros de l'heure"),
        "hours": ("de {a}h à {b}h", "ouvert de {a}h à {b}h", "disponible de {a}h00 à {b}h00", "tous les jours de {a}h à {b}h", "7j/7 {a}h-{b}h"),
        "place": ("je suis à {}", "à {} centre", "dans le centre de {}", "de passage à {}", "proche de {}", "je reçois sur {}"),
        "phone": ("appelez-moi au {}", "tél. {}", "WhatsApp {}", "téléphone : {}", "mon numéro : {}", "contactez-moi au {}"),
        "aside": ("massage relaxant dans un lieu calme", "parking facile", "accueil chaleureux", "huile chaude et bougies", "sans se presser", "photos réelles", "je parle anglais", "douche et serviettes propres", "sur rendez-vous uniquement"),
    },
    "pt": {
        "names": ("Bruna", "Larissa", "Letícia", "Camila", "Fernanda", "Juliana", "Patrícia", "Beatriz", "Amanda", "Thaís"),
        "places": ("São Paulo", "Rio de Janeiro", "Curitiba", "Salvador", "Recife", "Fortaleza", "Campinas", "Goiânia"),
        "name": ("me chamo {}", "meu nome é {}", "Oi, sou a {}", "sou a {}", "chamo-me {}", "Olá, eu sou a {}"),
        "age": ("tenho {} anos", "{} anos", "idade: {} anos", "{} aninhos", "com {} anos"),
        "height": ("1,{m} m de altura", "altura: 1,{m}", "tenho 1,{m} m", "altura {} cm", "1,{m}m", "meço 1,{m}"),
        "price": ("R$ {p} a hora", "meia hora R$ {h}, uma hora R$ {p}", "1 hora {p} reais", "30 min R${h} / 1h R${p}", "{h} reais meia hora e {p} reais uma hora", "cachê: R$ {p} por hora"),
        "hours": ("das {a}h às {b}h", "atendo das {a} às {b} horas", "horário: das {a}:00 às {b}:00", "todos os dias das {a}h às {b}h", "de {a}h até {b}h"),
        "place": ("estou em {}", "em {}", "no centro de {}", "moro em {}", "atendo em {}", "recém-chegada em {}"),
        "phone": ("me liga {}", "tel: {}", "WhatsApp {}", "zap {}", "meu número é {}", "telefone: {}"),
        "aside": ("massagem relaxante em local tranquilo", "estacionamento fácil", "atendimento com carinho", "óleo quente e velas", "sem pressa", "fotos reais", "falo inglês", "banho e toalhas limpas", "somente com hora marcada"),
    },
    "de": {
        "names": ("Anna", "Julia", "Sabine", "Petra", "Katharina", "Lena", "Heidi", "Nina", "Jasmin", "Laura"),
        "places": ("Berlin", "Hamburg", "München|Munich", "Köln|Cologne", "Stuttgart", "Düsseldorf", "Leipzig", "Dresden"),
        "name": ("ich heiße {}", "mein Name ist {}", "Hallo, ich bin {}", "ich bin die {}", "ich heisse {}", "frag nach {}"),
        "age": ("ich bin {} Jahre alt", "{} Jahre", "Alter: {}", "{} Jahre jung", "{}-jährige Masseurin"),
        "height": ("ich bin 1,{m} m groß", "1,{m} m groß", "Größe: {} cm", "{} cm groß", "Größe 1,{m}m", "Körpergröße {} cm"),
        "price": ("{p} € die Stunde", "halbe Stunde {h} €, eine Stunde {p} €", "1 Stunde {p} Euro", "30 Min {h}€ / 60 Min {p}€", "{p} Euro pro Stunde", "1 Std. {p},- €"),
        "hours": ("von {a} bis {b} Uhr", "geöffnet {a}:00 - {b}:00 Uhr", "täglich von {a} bis {b} Uhr", "{a}-{b} Uhr", "erreichbar von {a}:00 bis {b}:00"),
        "place": ("ich bin in {}", "in {}", "in der Innenstadt von {}", "wohne in {}", "neu in {}", "besuche mich in {}"),
        "phone": ("ruf mich an {}", "Tel. {}", "WhatsApp {}", "Telefon: {}", "Handy {}", "meine Nummer: {}"),
        "aside": ("entspannende Massage in ruhiger Lage", "Parkplätze vorhanden", "herzlicher Empfang", "warmes Öl und Kerzen", "ohne Zeitdruck", "echte Bilder", "ich spreche Englisch", "Dusche und frische Handtücher", "nur nach Vereinbarung"),
    },
    "ru": {
        "names": ("Анна", "Наталья", "Светлана", "Ирина", "Ольга", "Катя", "Елена", "Марина", "Даша", "Юлия"),
        "places": ("в Москве|Moscow", "в Казани|Kazan", "в Самаре|Samara", "в Омске|Omsk", "в Екатеринбурге|Yekaterinburg", "в Новосибирске|Novosibirsk", "в Краснодаре|Krasnodar", "в Воронеже|Voronezh"),
        "name": ("меня зовут {}", "я {}", "Привет, я {}", "моё имя {}", "Здравствуйте, меня зовут {}", "спросить {}"),
        "age": ("мне {} лет", "{} лет", "возраст: {}", "возраст {} лет", "девушка {} лет"),
        "height": ("рост {}", "рост {} см", "мой рост {} см", "рост: {}", "рост 1,{m} м", "рост - {} см"),
        "price": ("{p} руб за час", "полчаса {h} руб, час {p} руб", "1 час {p}₽", "час {p} рублей", "30 минут {h} р. / 1 час {p} р.", "{p} рублей в час"),
        "hours": ("с {a} до {b}", "работаю с {a}:00 до {b}:00", "ежедневно с {a} до {b}", "с {a} до {b} часов", "время работы: {a}:00-{b}:00"),
        "place": ("я {}", "живу {}", "салон {}", "принимаю {}", "сейчас {}", "в центре, {}"),
        "phone": ("звоните {}", "тел. {}", "WhatsApp {}", "телефон: {}", "мой номер {}", "пишите {}"),
        "aside": ("расслабляющий массаж в тихом месте", "есть парковка", "приятная атмосфера", "тёплое масло и свечи", "без спешки", "фото настоящие", "говорю по-английски", "душ и чистые полотенца", "только по записи"),
    },
}  # fmt: skip
COUNTRY = {"es": "ES", "fr": "FR", "pt": "BR", "de": "DE", "ru": "RU"}
CURRENCY = {"es": "EUR", "fr": "EUR", "pt": "BRL", "de": "EUR", "ru": "RUB"}
LATIN = {"Анна": "Анна", "Юлия": "Юлия"}


def _phone(random: Random, language: str) -> tuple[str, str]:
    home, cut, value = ranges.abroad(random, COUNTRY[language])
    groups, draw = ranges.grouped(home, cut), random.random()
    if draw < 0.5:
        return random.choice((" ", " ", "-", ".", "")).join(groups), value
    if draw < 0.75:
        trunk = ranges.TRUNK.get(COUNTRY[language], "")
        groups[0] = groups[0].removeprefix(trunk)
        return f"+{ranges.CALLING[COUNTRY[language]]} " + " ".join(g for g in groups if g), value
    if draw < 0.9:
        return " ".join(" ".join(writing.word(random, c, language) for c in g) for g in groups), value
    return random.choice((" ", ".", "*")).join(home), value


def _said(random: Random, language: str) -> dict[str, tuple[str, list[str]]]:
    """Return a sentence and its values for every kind."""
    says, unit = SAYS[language], CURRENCY[language]
    name, age, cm = random.choice(says["names"]), random.randint(21, 49), random.randint(150, 182)
    half, full = random.randrange(50, 100, 10), random.randrange(110, 250, 10)
    if unit == "RUB":
        half, full = half * 30, full * 30
    a, b = random.randint(8, 12), random.randint(18, 23)
    place = random.choice(says["places"])
    phone, number = _phone(random, language)
    price = random.choice(says["price"])
    tier = [f"{full} {unit} 60min"] + ([f"{half} {unit} 30min"] if "{h}" in price else [])
    years = random.choice(says["age"])
    if language == "ru":
        years = years.replace("лет", {1: "год", 2: "года", 3: "года", 4: "года"}.get(age % 10, "лет"))
    where = random.choice(says["place"]).format(place.split("|")[0])
    return {
        "name": (random.choice(says["name"]).format(name), [name]),
        "age": (years.format(age), [str(age)]),
        "height": (random.choice(says["height"]).format(cm, m=cm - 100), [f"{cm} cm"]),
        "price": (price.format(p=full, h=half), tier),
        "hours": (random.choice(says["hours"]).format(a=a, b=b, b12=b - 12), [f"Mo-Su {a:02}:00-{b:02}:00"]),
        "place": (where, [place if not place.startswith("в ") else place.split("|")[1]]),
        "phone": (random.choice(says["phone"]).format(phone), [number]),
    }


def ads(language: str, n: int, seed: int) -> list[Row]:
    """Whole ads of four to all seven kinds in any order, with sentences between that say nothing of them."""
    random, out = Random(f"{language}{seed}"), list[Row]()
    for _ in range(n):
        said = _said(random, language)
        kinds = random.sample(KINDS, random.randint(4, 7))
        parts = [said[k][0] for k in kinds]
        for _ in range(random.randint(1, 3)):
            parts.insert(random.randrange(len(parts) + 1), random.choice(SAYS[language]["aside"]))
        joint = random.choice((". ", "\n", ", ", " - ", " | ", "! "))
        text = joint.join(p[0].upper() + p[1:] if joint in (". ", "! ", "\n") else p for p in parts)
        values = sorted(f"{k}:{v}" for k in kinds for v in said[k][1])
        expected = ["|".join(f"{v.split(':')[0]}:{x}" for x in v.split(":", 1)[1].split("|")) for v in values]
        out.append({"text": text, "kind": "", "expected": expected, "country": COUNTRY[language], "style": language, "by_name": True})
    return out
