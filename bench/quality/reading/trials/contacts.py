"""E-mail addresses plain and hidden, names on other platforms, payment accounts, and look-alike letters."""

from __future__ import annotations

# fmt: off
import unicodedata
from random import Random

from bench.quality.reading.trials import writing
from bench.quality.reading.trials.carriers import around

Row = dict[str, object]
LOCALS = ("amber", "lexi", "sweet", "massage", "harbor", "relax", "booking", "quiet", "sunny", "touch")
HOSTS = ("mail.test", "example.com", "post.example", "mail-box.test", "example.org", "inbox.example.net", "correo.test")
PROVIDERS = ("gmail", "yahoo", "hotmail", "outlook", "icloud", "protonmail")


def _local(random: Random) -> str:
    a, b = random.sample(LOCALS, 2)
    return random.choice((f"{a}{random.randint(10, 999)}", f"{a}.{b}", f"{a}_{b}{random.randint(1, 99)}", f"{a}{b}", f"{a}-{b}", f"{a}{random.randint(1985, 2003)}"))


def _word_marks(random: Random, text: str) -> str:
    """Say the marks of a local part in words now and then."""
    return text.replace("_", random.choice((" underscore ", "_", "_"))).replace("-", random.choice((" dash ", "-", "-")))


def _email(random: Random, local: str, host: str) -> tuple[str, str]:
    dot = host.split(".")
    at, point = random.choice((("at", "dot"), ("AT", "DOT"), ("At", "Dot"))), "."
    left, right = random.choice((*writing.BRACKETS, ("-", "-"), ("*", "*"), ("_", "_"), ("- ", " -"), ("( ", " )")))
    said = _word_marks(random, local)
    return random.choice((
        (f"{local}@{host}", "plain"), (f"mailto:{local}@{host}", "plain"), (f"<{local}@{host}>", "plain"), (f"{local.upper()}@{host.upper()}", "plain"), (f"{local}@{host}.", "plain"),
        (f"{local} @ {host}", "spaces"), (f"{local} @ {' . '.join(dot)}", "spaces"), (f"{local}@ {host}", "spaces"), (" ".join(f"{local}@{host}"), "spelt"),
        (f"{said} {at[0]} {f' {at[1]} '.join(dot)}", "words"), (f"{local} {at[0]} {host}", "at word"), (f"{local}{left}{at[0]}{right}{host}", "at bracketed"),
        (f"{local}{left}{at[0]}{right}{f'{left}{at[1]}{right}'.join(dot)}", "both bracketed"), (f"{local} {left}{at[0]}{right} {f' {left}{at[1]}{right} '.join(dot)}", "both bracketed"),
        (f"{local}@{f'{left}{at[1]}{right}'.join(dot)}", "dot bracketed"), (f"{local}@{f' {at[1]} '.join(dot)}", "dot word"), (f"{local}(@){host}", "sign bracketed"), (f"{local}[@]{f'[{point}]'.join(dot)}", "sign bracketed"),
        (f"{local}＠{host}", "wide"), (f"{local}﹫{host}", "wide"), (f"{local}&#64;{host}", "entity"), (f"{local}(a){host}", "a"), (f"{local}\u200b@\u200b{host}", "zero width"),
        (f"{local} arroba {' punto '.join(dot)}", "es"), (f"{local} arroba {' ponto '.join(dot)}", "pt"), (f"{local} arobase {' point '.join(dot)}", "fr"), (f"{local} chiocciola {' punto '.join(dot)}", "it"), (f"{local} (ät) {' punkt '.join(dot)}", "de"), (f"{local} собака {' точка '.join(dot)}", "ru"),
        (f"{local}\n@\n{host}", "lines"), (f"{local} a t {' d o t '.join(dot)}", "spelt words"), (f"{local}AT{'DOT'.join(dot)}", "run together") if local.islower() else (f"{local}@{host}", "plain"),
        (f"{local} at-sign {' dot '.join(dot)}", "words"), (f"{local}~at~{'~dot~'.join(dot)}", "both bracketed"), (f"{local} @{host}", "spaces"),
    ))  # fmt: skip


def emails(n: int, seed: int) -> list[Row]:
    """Addresses plain and hidden, of a few providers by name, and texts with "at" and "dot" that hold none."""
    random, out = Random(seed), list[Row]()
    for _ in range(n):
        local, host, draw = _local(random), random.choice(HOSTS), random.random()
        expected = [f"{local}@{host}"]
        if draw < 0.72:
            core, style = _email(random, local, host)
        elif draw < 0.85:
            provider, local = random.choice(PROVIDERS), f"q7x.{local}.nobody"
            expected, style = [f"{local}@{provider}.com"], "provider"
            core = random.choice((f"{local}@{provider}", f"{local} at {provider}", f"{local} at {provider} dot com", f"{local} AT {provider}", f"{local} (at) {provider} com", f"{local}@{provider} com", f"{local}@{provider},com"))
        else:
            expected, style = [], "none"
            core = random.choice((
                "call me at 702-555-0134", "look at my page site.test", "meet me at the Harbor Lights Hotel", "see you at 8. com", "at your place dot or mine", "follow @amber22 on insta", "available at 9 . Text me", "2 girls @ $80", "we are at home.test", "find me at site.example",
                "arrive at gate 5", "book at www.booking.test", "good at what I do", "@ the airport", "open at noon",
            ))  # fmt: skip
        lead = random.choice(("{}", "email: {}", "Email me at {}", "E-mail {}", "write to {}", "contact {}", "📧 {}"))
        text = around(random, lead.format(core) if expected else core, numbered=0.3)
        out.append({"text": text, "kind": "email", "expected": expected, "country": "US", "style": style})
    return out


PLATFORMS = {
    "instagram": ("instagram", "insta", "IG", "Instagram"), "snapchat": ("snapchat", "snap", "Snapchat", "SC"), "telegram": ("telegram", "Telegram", "TG"), "twitter": ("twitter", "Twitter", "X"),
    "facebook": ("facebook", "Facebook", "FB"), "tiktok": ("tiktok", "TikTok", "tik tok"), "kik": ("kik", "Kik", "KIK"), "wechat": ("wechat", "WeChat", "weixin"), "line": ("LINE id", "Line ID", "line"),
    "signal": ("signal", "Signal"), "discord": ("discord", "Discord"), "onlyfans": ("onlyfans", "OnlyFans", "OF"),
}  # fmt: skip
ADDRESSES = {
    "instagram": ("instagram.com/{}", "https://www.instagram.com/{}/", "http://instagram.com/{}?hl=en"), "snapchat": ("snapchat.com/add/{}", "https://www.snapchat.com/add/{}"), "telegram": ("t.me/{}", "https://t.me/{}", "telegram.me/{}"),
    "twitter": ("twitter.com/{}", "https://x.com/{}"), "facebook": ("facebook.com/{}", "https://fb.com/{}", "https://m.facebook.com/{}"), "tiktok": ("tiktok.com/@{}", "https://www.tiktok.com/@{}"), "kik": ("kik.me/{}",), "onlyfans": ("onlyfans.com/{}", "https://onlyfans.com/{}"),
}  # fmt: skip


def handles(n: int, seed: int) -> list[Row]:
    """Names on other platforms, by cue and by address."""
    random, out = Random(seed), list[Row]()
    for _ in range(n):
        a, b = random.sample(LOCALS, 2)
        name = random.choice((f"{a}_{b}", f"{a}{random.randint(10, 99)}", f"{a}.{b}{random.randint(1, 9)}", f"{a}{b}xo", f"the_{a}{random.randint(1, 999)}"))
        draw, platform = random.random(), random.choice(list(PLATFORMS))
        expected = [f"{'x' if platform == 'twitter' else platform}:{name}|{platform}:{name}"]
        if draw < 0.6:
            cue = random.choice(PLATFORMS[platform])
            core, style = random.choice((
                (f"{cue}: {name}", "colon"), (f"{cue}: @{name}", "colon"), (f"{cue} @{name}", "at"), (f"follow me on {cue}: {name}", "colon"), (f"my {cue} is {name}", "is") if len(cue) > 2 else (f"{cue}: {name}", "colon"), (f"{cue} - @{name}", "at"), (f"@{name} on {cue}", "behind") if len(cue) > 2 else (f"{cue} @{name}", "at"),
                (f"add me on {cue} {name}", "bare") if len(cue) > 2 and cue.lower() not in ("line", "signal") else (f"{cue}: {name}", "colon"), (f"{cue} = {name}", "colon"), (f"{cue} username: {name}", "username") if len(cue) > 2 and "id" not in cue.lower() else (f"{cue}:{name}", "colon"),
            ))  # fmt: skip
        elif draw < 0.82:
            platform = random.choice(list(ADDRESSES))
            expected = [f"{'x' if platform == 'twitter' else platform}:{name}|{platform}:{name}"]
            core, style = random.choice(ADDRESSES[platform]).format(name), "address"
        else:
            expected, style = [], "none"
            core = random.choice(("follow the signal", "first in line", "snap a photo", "on instagram soon", "telegram me", "cash only", "no facebook please", "at the front of the line", "instagram and snapchat available", "text me on whatsapp", "x marks the spot", "meet me @ the lobby"))
        out.append({"text": around(random, core, numbered=0.3), "kind": "handle", "expected": expected, "country": "US", "style": style})
    return out


def payments(n: int, seed: int) -> list[Row]:
    """Payment accounts by cue and address, and dollar signs that name a price."""
    random, out = Random(seed), list[Row]()
    for _ in range(n):
        name = f"{random.choice(LOCALS)}{random.choice(LOCALS)}{random.randint(1, 99)}"
        core, expected, style = random.choice((
            (f"Cash App: ${name}", [f"cashapp:{name}"], "cashapp"), (f"cashapp ${name}", [f"cashapp:{name}"], "cashapp"), (f"CashApp me ${name}", [f"cashapp:{name}"], "cashapp"), (f"cash.app/${name}", [f"cashapp:{name}"], "cashapp"), (f"my cashtag is ${name}", [f"cashapp:{name}"], "cashapp"),
            (f"Venmo @{name}", [f"venmo:{name}"], "venmo"), (f"venmo: {name}", [f"venmo:{name}"], "venmo"), (f"https://venmo.com/u/{name}", [f"venmo:{name}"], "venmo"), (f"paypal.me/{name}", [f"paypal:{name}"], "paypal"), (f"PayPal: {name}", [f"paypal:{name}"], "paypal"), (f"https://www.paypal.me/{name}", [f"paypal:{name}"], "paypal"),
            ("Zelle accepted", ["zelle"], "zelle"), ("I take Zelle", ["zelle"], "zelle"), (f"revolut @{name}", [f"revolut:{name}"], "revolut"), (f"revolut.me/{name}", [f"revolut:{name}"], "revolut"), ("Amazon gift cards accepted", ["giftcard:amazon"], "gift"), ("gift card ok", ["giftcard"], "gift"), ("steam gift card", ["giftcard:steam"], "gift"),
            ("$120 an hour", [], "none"), ("no zelle", [], "none"), ("$$$ specials $$$", [], "none"), ("cash only", [], "none"), ("$80hh $120hr", [], "none"), ("a gift for you", [], "none"),
        ))  # fmt: skip
        out.append({"text": around(random, core, numbered=0.3), "kind": "payment", "expected": expected, "country": "US", "style": style})
    return out


# Letters by shape, from the charts of their scripts: what a person reads as the Latin letter.
SHAPES = {
    "cherokee": "AᎪ BᏴ CᏟ DᎠ EᎬ GᏀ HᎻ JᎫ KᏦ LᏞ MᎷ PᏢ RᎡ SᏚ TᎢ VᏙ WᎳ YᎩ ZᏃ",
    "syllabics": "Bᗷ Cᑕ Dᗪ Fᖴ Hᕼ Jᒍ Lᒪ Mᗰ Nᑎ Pᑭ Rᖇ Sᔕ Uᑌ Vᐯ Wᗯ X᙭ Aᗩ Qᑫ Zᘔ",
    "greek": "aα bβ eε iι kκ nη oο pρ tτ uυ vν wω xχ yγ AΑ BΒ EΕ HΗ IΙ KΚ MΜ NΝ OΟ PΡ TΤ XΧ YΥ ZΖ",
    "cyrillic": "aа cс eе oо pр xх yу iі jј sѕ dԁ qԛ wԝ hһ AА BВ CС EЕ HН KК MМ OО PР TТ XХ kк",
    "armenian": "oօ uս nո hհ gց jյ SՏ OՕ UՍ",
    "stroked": "aⱥ bƀ cȼ dđ eɇ gǥ hħ iɨ jɉ kꝁ lł oø pᵽ rɍ tŧ uʉ yɏ zƶ",
    "currency": "S$ E€ L£ Y¥ B₿ C₵ N₦ W₩ P₱ T₮ K₭ A₳ G₲ c¢ d₫",
    "small": "aᴀ bʙ cᴄ dᴅ eᴇ gɢ hʜ iɪ jᴊ kᴋ lʟ mᴍ nɴ oᴏ pᴘ rʀ tᴛ uᴜ vᴠ wᴡ yʏ zᴢ",
}  # fmt: skip
STYLES = ("MATHEMATICAL BOLD SMALL", "MATHEMATICAL ITALIC SMALL", "MATHEMATICAL BOLD SCRIPT SMALL", "MATHEMATICAL FRAKTUR SMALL", "MATHEMATICAL DOUBLE-STRUCK SMALL", "MATHEMATICAL SANS-SERIF BOLD SMALL",
          "MATHEMATICAL MONOSPACE SMALL", "FULLWIDTH LATIN SMALL LETTER", "CIRCLED LATIN SMALL LETTER", "PARENTHESIZED LATIN SMALL LETTER", "SQUARED LATIN CAPITAL LETTER", "NEGATIVE CIRCLED LATIN CAPITAL LETTER",
          "NEGATIVE SQUARED LATIN CAPITAL LETTER", "REGIONAL INDICATOR SYMBOL LETTER", "MODIFIER LETTER SMALL")  # fmt: skip
WORDS = ["massage", "relax", "private", "quiet", "hotel", "jazz", "quick", "vexing", "fjord", "glyph", "number", "text", "available", "booking", "sweet", "downtown"]


def dressed() -> list[tuple[str, str, str]]:
    """Return every look-alike: the alphabet's name, the letter meant, the character."""
    out = [(name, pair[0].lower(), pair[1:]) for name, pairs in SHAPES.items() for pair in pairs.split()]
    for style in STYLES:
        for letter in "abcdefghijklmnopqrstuvwxyz":
            try:
                out.append((style.lower(), letter, unicodedata.lookup(f"{style} {letter.upper()}")))
            except KeyError:
                continue
    return out


def alike(n: int, seed: int) -> list[tuple[str, str, str]]:
    """Return words in the letters of one alphabet each, as far as it has them: the alphabet, as written, as meant."""
    random, tables = Random(seed), dict[str, dict[str, list[str]]]()
    for name, letter, char in dressed():
        tables.setdefault(name, {}).setdefault(letter, []).append(char)
    out = []
    for _ in range(n):
        name, word = random.choice(list(tables)), random.choice(WORDS)
        written = "".join(random.choice(tables[name][c]) if c in tables[name] else c for c in word)
        if sum(c in tables[name] for c in word) > len(word) / 2:
            out.append((name, written, word))
    return out
