"""Ages, heights, weights and names, each among what only looks like one."""

from __future__ import annotations

# fmt: off
from random import Random

from bench.quality.reading.trials.carriers import PLAIN
from bench.quality.reading.trials.writing import KEYCAP

Row = dict[str, object]
TENS = {20: "twenty", 30: "thirty", 40: "forty"}
UNITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
NAMES = ["Amber", "Lexi", "Jessica", "Ashley", "Nicole", "Sarah", "Emily", "Hannah", "Olivia", "Sophia", "Isabella", "Mia", "Natalie", "Vanessa", "Samantha", "Rachel", "Megan", "Lauren", "Brittany", "Tiffany", "Alexis", "Kayla", "Courtney", "Chloe", "Zoe", "Bella", "Lily", "Maya", "Nina", "Tina", "Gina", "Monica", "Veronica", "Valentina", "Camila", "Daniela", "Gabriela", "Mariana", "Fernanda", "Paola", "Yuki", "Mei", "Ling", "Kim", "Anna", "Elena", "Natasha", "Svetlana", "Irina", "Olga", "Katya", "Nadia", "Tanya", "Sasha", "Simone", "Claire", "Camille", "Chantal", "Giulia", "Francesca", "Chiara", "Bruna", "Leticia", "Larissa", "Thais", "Heidi", "Ingrid", "Petra", "Sabine", "Monika", "Kiara", "Aaliyah", "Imani", "Tanisha", "Jasmine", "Fatima", "Leila", "Yasmin", "Priya", "Anjali", "Michael", "David", "Kevin", "Brian", "Jason", "Carlos", "Miguel", "Marcus", "Tony", "Steve", "Andrew", "Paul", "Stephanie", "Kelly", "Stacy", "Tracy", "Wendy", "Cindy", "Mandy", "Kristen", "Heather", "Danielle", "Michelle", "Angela", "Melissa", "Rebecca", "Laura"]  # fmt: skip
WORDLIKE = ["Penny", "Hazel", "Summer", "Autumn", "Hope", "Faith", "Grace", "Joy", "Ruby", "Crystal", "Jade", "Violet", "Rose", "Daisy", "Ivy", "Holly", "Angel", "April", "May", "June", "Star", "Destiny", "Heaven", "Misty", "Candy", "Ginger", "Sandy", "Brandy", "Melody", "Harmony", "Dawn", "Eve", "Mark", "Grant", "Bill", "Drew", "Frank", "Skye", "Diamond", "Cherry", "Honey", "Savannah", "Paris", "Brooklyn", "Madison", "Sydney", "Chelsea", "Victoria", "Charlotte"]
TRAPS = (
    "Summer specials all week", "Hope to see you soon", "available in May and June", "a ruby red sofa and crystal clear water", "stay in the heart of Austin", "near Madison Avenue",
    "the Paris Hotel is close by", "bring your A-game and have faith", "with grace and joy", "mark your calendar", "ginger tea and honey", "penny for your thoughts", "I will be here till dawn",
    "an angel touch massage", "Lincoln Park area", "hazel eyes, brown hair", "Christmas Eve open", "frank talk, no drama", "cherry on top", "Jackson Street parking", "rose petals and candles",
    "Star rated place", "pay the bill at the desk", "a diamond in the rough", "Happy Valentine week", "Georgia peach", "Florida sunshine", "Dallas nights", "St. Louis area", "visiting Charlotte this week",
    "it was a heaven sent", "your destiny awaits", "violet candles", "grant yourself a break", "sandy beaches nearby", "a will of its own", "Victoria station is 5 minutes away", "Swedish massage", "Thai massage", "Brazilian wax",
)  # fmt: skip


def _row(text: str, kind: str, expected: list[str], style: str, **more: object) -> Row:
    return {"text": text, "kind": kind, "expected": sorted(set(expected)), "country": "US", "style": style, **more}


def _among(random: Random, core: str, aside: tuple[str, ...]) -> str:
    joint = random.choice((". ", "\n", " - ", ", ", " | ", "\n\n"))
    before = [random.choice(aside) for _ in range(random.randrange(3))]
    behind = [random.choice(aside) for _ in range(random.randrange(3))]
    return joint.join([*before, core, *behind])


AGE_ASIDE = (*PLAIN, "$80 half hour", "5'4 120 lbs", "call 702-555-0134", "open 9-22", "gentlemen over 30 only", "must be 21+", "10 years of experience", "no one under 25 please",
             "since 2019", "34-24-36", "room 25", "30 min 80", "1450 Harbor St", "24/7", "20% off", "18 and over", "25 minutes from downtown", "48 hours notice")  # fmt: skip


def _age(random: Random, a: int) -> tuple[str, str]:
    name = random.choice(NAMES)
    said = TENS[a // 10 * 10] + (f"{random.choice('- ')}{UNITS[a % 10]}" if a % 10 else "")
    caps = "".join(KEYCAP[c] for c in str(a))
    return random.choice((
        (f"I'm {a}", "cue"), (f"I am {a}", "cue"), (f"im {a}", "cue"), (f"I'm {a} years old", "years"), (f"{a} years old", "years"), (f"{a} yrs old", "years"), (f"{a} year old", "years"),
        (f"{a}-year-old", "years"), (f"{a}yo", "yo"), (f"{a} yo", "yo"), (f"{a} y/o", "yo"), (f"{a} y.o.", "yo"), (f"{a}y/o", "yo"), (f"{a} years young", "years"), (f"Age: {a}", "label"),
        (f"Age {a}", "label"), (f"AGE - {a}", "label"), (f"aged {a}", "cue"), (f"age is {a}", "label"), (f"My age is {a}", "label"), (f"{name}, {a}", "name"), (f"{name} ({a})", "name"), (f"{name} {a} yrs", "years"),
        (f"{said} years old", "words"), (f"I'm {said}", "words"), (f"I am a {a} year old", "years"), (f"just turned {a}", "cue"), (f"{caps} years old", "keycaps"), (f"{a} yr old", "years"),
        (f"tengo {a} años", "es"), (f"{a} años", "es"), (f"edad: {a}", "es"), (f"j'ai {a} ans", "fr"), (f"{a} ans", "fr"), (f"âge : {a}", "fr"), (f"tenho {a} anos", "pt"), (f"{a} aninhos", "pt"), (f"idade {a}", "pt"),
        (f"ich bin {a} Jahre alt", "de"), (f"{a} Jahre", "de"), (f"Alter: {a}", "de"), (f"{a}j.", "de"), (f"мне {a} лет", "ru"), (f"{a} года", "ru"), (f"возраст {a}", "ru"), (f"ho {a} anni", "it"), (f"{a} anni", "it"), (f"{a}岁", "zh"),
        (f"My name is {name} and I'm {a}", "cue"), (f"{a}/F", "slash"), (f"F/{a}", "slash"), (f"{a} yrs", "years"), (f"Hi I'm {name}, {a} from Reno", "name"),
    ))  # fmt: skip


def ages(n: int, seed: int) -> list[Row]:
    """Ages of adults by every cue, several at once, and texts without one."""
    random, out = Random(seed), list[Row]()
    for _ in range(n):
        a, b = random.randint(21, 49), random.randint(21, 49)
        draw = random.random()
        if draw < 0.7:
            core, style = _age(random, a)
            expected = [str(a)]
        elif draw < 0.85:
            x, y = random.sample(NAMES, 2)
            core = random.choice((f"{x} {a} and {y} {b}", f"{x} ({a}) & {y} ({b})", f"two friends, {a} and {b} years old", f"{x}, {a} / {y}, {b}", f"I'm {a}, my friend is {b}", f"ages {a} and {b}"))
            expected, style = [str(a), str(b)], "several"
        else:
            core, expected, style = random.choice(AGE_ASIDE), [], "none"
        out.append(_row(_among(random, core, AGE_ASIDE), "age", expected, style))
    return out


BODY_ASIDE = (*PLAIN, "$80 half hour / $150 hour", "call 702-555-0134", "open 9-22", "34-24-36", "24 years old", "room 165", "1450 Harbor St", "5 stars", "2 hours 250", "size 6, shoe 38",
              "5 min from the 395", "10-8 daily", "I-80 exit 12", "6 days a week", "5-10 pm", "150 roses")  # fmt: skip


def heights(n: int, seed: int) -> list[Row]:
    """Heights in feet and inches and in metres."""
    random, out = Random(seed), list[Row]()
    for _ in range(n):
        f, i, cm = random.choice((4, 5, 5, 5, 5, 6)), random.randrange(12), random.randint(145, 190)
        f, i = (4, 11) if f == 4 else (6, i % 3) if f == 6 else (f, i)
        us, eu = round(f * 30.48 + i * 2.54), cm
        lbs, kg = random.randint(95, 190), random.randint(45, 90)
        words = UNITS[f], ([*UNITS, "ten", "eleven"])[i]
        core, value, style = random.choice((
            (f"{f}'{i}\"", us, "marks"), (f"{f}'{i}", us, "marks"), (f"{f}’{i}”", us, "marks"), (f"{f}′{i}″", us, "marks"), (f"{f}' {i}\"", us, "marks"), (f"{f}'{i}''", us, "marks"), (f"{f}´{i}", us, "marks"),
            (f"{f}ft {i}in", us, "units"), (f"{f}ft{i}", us, "units"), (f"{f} ft {i}", us, "units"), (f"{f} feet {i} inches", us, "units"), (f"{f} foot {i}", us, "units"), (f"{f}ft. {i}in.", us, "units"), (f"{f}f{i}", us, "units"),
            (f"height {f}-{i}", us, "cue"), (f"Height: {f}'{i}", us, "cue"), (f"Ht {f}'{i}\"", us, "cue"), (f"I'm {f}'{i} tall", us, "cue"), (f"height: {f} ft {i} in", us, "cue"), (f"HEIGHT {f} {i}", us, "cue"),
            (f"{words[0]} foot {words[1]}", us, "words"), (f"{words[0]} feet {words[1]} inches tall", us, "words"), (f"{f}'{i} {lbs}lbs", us, "both"), (f"{f}'{i}/{lbs}", us, "both"), (f"{f}'{i}, {lbs} pounds", us, "both"),
            (f"{f}ft {i} {lbs}#", us, "both"), (f"{cm}cm", eu, "cm"), (f"{cm} cm", eu, "cm"), (f"{cm} cm tall", eu, "cm"), (f"height {cm}", eu, "cm cue"), (f"Height: {cm} cm", eu, "cm"), (f"1.{cm - 100}m", eu, "m"), (f"1.{cm - 100} m", eu, "m"),
            (f"1,{cm - 100} m", eu, "m"), (f"1m{cm - 100}", eu, "m"), (f"1,{cm - 100}m", eu, "m"), (f"{cm} centimeters", eu, "cm"), (f"{cm}cm/{kg}kg", eu, "both cm"), (f"{cm} cm, {kg} kg", eu, "both cm"), (f"{cm}/{kg}", eu, "slash"),
            (f"mido {cm} cm", eu, "es"), (f"estatura 1.{cm - 100}", eu, "es"), (f"mido 1,{cm - 100}", eu, "es"), (f"altura: {cm}", eu, "es"), (f"je mesure 1m{cm - 100}", eu, "fr"), (f"taille {cm} cm", eu, "fr"), (f"1 m {cm - 100}", eu, "fr"),
            (f"altura 1,{cm - 100}", eu, "pt"), (f"1,{cm - 100} de altura", eu, "pt"), (f"{cm} cm groß", eu, "de"), (f"Größe: 1,{cm - 100} m", eu, "de"), (f"рост {cm}", eu, "ru"), (f"рост {cm} см", eu, "ru"), (f"alta 1,{cm - 100}", eu, "it"),
            (f"身高{cm}", eu, "zh"), (f"{cm}公分", eu, "zh"), ("", 0, "none"), ("", 0, "none"), ("", 0, "none"), ("", 0, "none"),
        ))  # fmt: skip
        core = core or random.choice(BODY_ASIDE)
        out.append(_row(_among(random, core, BODY_ASIDE), "height", [f"{value} cm"] if value else [], style))
    return out


def weights(n: int, seed: int) -> list[Row]:
    """Weights in pounds, stone and kilograms."""
    random, out = Random(seed), list[Row]()
    for _ in range(n):
        lbs, kg, st, odd = random.randint(95, 220), random.randint(45, 95), random.randint(7, 12), random.randrange(14)
        f, i, cm = 5, random.randrange(12), random.randint(150, 185)
        us, eu, gb = round(lbs * 0.45359237), kg, round((st * 14 + odd) * 0.45359237)
        core, value, style = random.choice((
            (f"{lbs} lbs", us, "lbs"), (f"{lbs}lbs", us, "lbs"), (f"{lbs} lb", us, "lbs"), (f"{lbs}lb", us, "lbs"), (f"{lbs} lbs.", us, "lbs"), (f"{lbs} LBS", us, "lbs"), (f"{f}'{i} {lbs} pounds", us, "lbs"), (f"{f}'{i}\" {lbs}#", us, "#"), (f"I weigh {lbs} pounds", us, "cue"),
            (f"weight {lbs}", us, "cue"), (f"Weight: {lbs} lbs", us, "cue"), (f"WT {lbs}", us, "cue"), (f"wt: {lbs}lbs", us, "cue"), (f"weigh {lbs}", us, "cue"), (f"{f}'{i}/{lbs}", us, "slash"), (f"{f}'{i}\" / {lbs}lbs", us, "slash"),
            (f"{f}ft {i}in {lbs} lbs", us, "both"), (f"{kg}kg", eu, "kg"), (f"{kg} kg", eu, "kg"), (f"{kg} kilos", eu, "kg"), (f"{kg} kgs", eu, "kg"), (f"{kg} Kg", eu, "kg"), (f"weight {kg} kg", eu, "cue"), (f"{cm} cm {kg} kg", eu, "both"), (f"{cm}/{kg}", eu, "slash"),
            (f"{cm}cm/{kg}kg", eu, "both"), (f"{st}st {odd}lb", gb, "stone"), (f"{st} stone {odd}", gb, "stone"), (f"{st} stone {odd} lbs", gb, "stone"), (f"peso {kg} kilos", eu, "es"), (f"peso: {kg} kg", eu, "es"), (f"je pèse {kg} kg", eu, "fr"), (f"poids {kg} kg", eu, "fr"),
            (f"{kg} Kilo", eu, "de"), (f"Gewicht: {kg} kg", eu, "de"), (f"вес {kg}", eu, "ru"), (f"вес {kg} кг", eu, "ru"), (f"{kg} кг", eu, "ru"), (f"{kg} quilos", eu, "pt"), (f"体重{kg}公斤", eu, "zh"), ("", 0, "none"), ("", 0, "none"), ("", 0, "none"), ("", 0, "none"), ("", 0, "none"),
        ))  # fmt: skip
        core = core or random.choice((*BODY_ASIDE, "5'4\"", "165 cm"))
        out.append(_row(_among(random, core, BODY_ASIDE), "weight", [f"{value} kg"] if value else [], style))
    return out


def names(n: int, seed: int) -> list[Row]:
    """First names and aliases by cue, alone and in pairs, and words that only look like names."""
    random, out = Random(seed), list[Row]()
    for _ in range(n):
        pool = NAMES if random.random() < 0.7 else WORDLIKE
        x, y = random.choice(pool), random.choice(NAMES)
        while y == x:
            y = random.choice(NAMES)
        core, expected, style = random.choice((
            (f"My name is {x}", [x], "cue"), (f"Hi, I'm {x}", [x], "cue"), (f"I am {x}", [x], "cue"), (f"ask for {x}", [x], "cue"), (f"call {x} 702-555-0134", [x], "cue"), (f"{x} here", [x], "cue"), (f"xoxo {x}", [x], "cue"),
            (f"Hello gentlemen, this is {x}", [x], "cue"), (f"they call me {x}", [x], "cue"), (f"Name: {x}", [x], "label"), (f"kisses, {x}", [x], "cue"), (f"Love {x}", [x], "cue"), (f"it's {x} again", [x], "cue"), (f"Miss {x}", [x], "cue"),
            (f"im {x.lower()}", [x], "lower"), (f"my name is {x.lower()}", [x], "lower"), (f"MY NAME IS {x.upper()}", [x], "upper"), (f"HI I'M {x.upper()}", [x], "upper"), (f"{x}, 24", [x], "age"), (f"{x} (24)", [x], "age"), (f"{x} 💋 702-555-0134", [x], "phone"),
            (f"Text {x} at 702-555-0134", [x], "phone"), (f"702-555-0134 {x}", [x], "phone"), (f"ask for {x} or {y}", [x, y], "pair"), (f"{x} & {y} together", [x, y], "pair"), (f"{x} and {y} are here", [x, y], "pair"), (f"my friend {x}", [x], "cue"),
            (f"me llamo {x}", [x], "es"), (f"soy {x}", [x], "es"), (f"mi nombre es {x}", [x], "es"), (f"je m'appelle {x}", [x], "fr"), (f"moi c'est {x}", [x], "fr"), (f"ich heiße {x}", [x], "de"), (f"ich bin die {x}", [x], "de"), (f"meu nome é {x}", [x], "pt"), (f"sou a {x}", [x], "pt"), (f"mi chiamo {x}", [x], "it"),
            (f"{x}'s place is open", [x], "possessive") if pool is NAMES else (f"the name is {x}", [x], "cue"), (f"ask about {y}", [y], "free"), (f"{y} is back in town", [y], "free"), (f"Sweet {y}", [y], "free"), (f"★ {y} ★", [y], "marks"), (f"~*{y}*~", [y], "marks"), (f"New girl {y}", [y], "free"),
            (f"meet {x}, your new therapist", [x], "cue"), (f"with love, {x} xo", [x], "cue"), (f"signed, {x}", [x], "cue"), (f"Your friend {x}", [x], "cue"), ("", [], "none"), ("", [], "none"), ("", [], "none"), ("", [], "none"), ("", [], "none"), ("", [], "none"),
        ))  # fmt: skip
        aside = (*PLAIN, "$80 half hour", "5'4 120 lbs", "24/7", *TRAPS[:10])
        core = core or random.choice(TRAPS)
        out.append(_row(_among(random, core, aside), "name", expected, style))
    return out
