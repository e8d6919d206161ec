"""Write `lookalikes.tsv`: which ASCII text each other character stands for.

Run as `python -m homeward.extract.knowledge.build_lookalikes > …/lookalikes.tsv`. The rows come from the
Unicode character database that Python carries (decompositions, digit values, names) and, for scripts whose
letters only look Latin, from the shape rows below.

Classes: `A` always replaced; `S` same shape as a Latin letter, replaced unless its script is really
written in the text; `W` merely resembles, replaced only inside a word that also holds Latin letters; `M`
currency signs, replaced only inside words.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator

LONGEST = 6  # longer expansions (Arabic ligatures of whole phrases) are left alone: nothing is gained by them

# Scripts that nobody writes ads in; their letters are always look-alikes.
ALWAYS = {
    # Cherokee, by shape
    "D": "ᎠᗞᗪꓓᎴ", "R": "ᎡᏒᖇꓣᚱ", "T": "ᎢꓔᛏⲦ𐊗𐌕", "O": "ꓳⲞᗝᓍⵔⵙ𐊒𐓂𐔖Ꮎ", "i": "Ꭵᓰ", "Y": "ᎩᎽᖻꓬⲨ", "A": "ᎪᗅᗩꓮᐱᎯ",
    "J": "ᎫᒍᒚꓙᏧᒎᒧ", "E": "ᎬᗴᙓᘿꓰᕮⴹᏋ", "W": "ᎳᏔᗯᘺꓪᏊ", "M": "ᎷᗰᘻꓟⲘᛖ", "H": "ᎻᕼꓧⲎ", "y": "Ꮍ", "G": "ᏀᏳᘜꓖᎶᏩ",
    "h": "ᏂᏲᖺ", "Z": "ᏃꓜᘔⲌ", "4": "ᏎᏮ", "b": "Ꮟᑲᖯ", "V": "ᏙᐯᐻꓦⴸᏉ", "S": "ᏚᏕᔕꓢ", "L": "ᏞᒪꓡⳐᏓ", "C": "ᏟᑕᑢꓚⲤᏣᏨ",
    "P": "ᏢᑭᕵꓑⲢᎵᏛ", "K": "ᏦᛕꓗⲔ", "d": "ᏧᑯᏯ", "6": "ᏮᏭ", "B": "ᏴᗷꓐᙖⲂᛒᗽ", "F": "ᖴꓝᎰᎨ", "N": "ᑎᘉꓠⲚᏁ",
    "U": "ᑌᑘꓴᑗᘮᏌᏬ",
    "X": "᙭ꓫⲬᚷᚸⵝ", "x": "᙮ᕁ", "q": "ᑫᕴᕊ", "I": "ꓲⲒⵏᛁᏆ", "2": "ᒿᘖ", "r": "ᒥᏑᎱ", "t": "ᖶᏐ", "e": "ᏍᏇ",
    "s": "Ꭶ", "8": "Ᏸ",
    "l": "ǀᛙ", "Q": "ᑬ", "a": "Ꮧ", "9": "Ꮽ",
}  # fmt: skip

# One row a decorative or look-alike alphabet; `S` the same shape, `W` merely a resemblance.
SAME = {
    "A": "АΑ", "B": "ВΒ", "C": "СϹ", "E": "ЕΕ", "F": "Ϝ", "G": "Ԍ", "H": "НΗ", "I": "ІΙӀ", "J": "ЈͿ",
    "K": "КΚ", "M": "МΜϺ",
    "N": "Ν", "O": "ОΟՕ", "P": "РΡ", "S": "ЅՏ", "T": "ТΤ", "U": "Ս", "V": "Ѵ", "W": "Ԝ", "X": "ХΧ",
    "Y": "ҮΥ", "Z": "Ζ",
    "L": "Լ", "D": "Ꭰ", "Q": "Ԛ",
    "a": "аα", "c": "сϲ", "d": "ԁժ", "e": "еҽ", "g": "ց", "h": "һհ", "i": "іι", "j": "јϳ", "n": "ո",
    "o": "оοօסס", "p": "рρ",
    "q": "ԛզ", "s": "ѕ", "u": "υս", "v": "ѵν", "w": "ԝա", "x": "хχ", "y": "уγүყ", "l": "ӏ", "f": "ք",
}  # fmt: skip
RESEMBLES = {
    "a": "คԹѦλ", "b": "вҍЬьъ๒ծβճ", "c": "ςçՇ匚ᄃ", "d": "∂๔ժԺ", "e": "єҽЄεєםعԐ", "f": "ƒғҒԲ千", "g": "ցԳ",
    "h": "нђћЂЋҥ卄ん",
    "i": "เﺎ丨Ї", "j": "נןﾌ", "k": "кҟκҜ", "l": "ℓʅㄥᄂן",
    "m": "м๓爪", "n": "иηпภղИПՌ几ռ", "o": "๏σөӨΘΩФфㄖԾ",
    "p": "קρ卩", "q": "գҩ", "r": "ягЯГґՐɾ尺", "s": "รʂ丂ֆ", "t": "тτէㄒŦＴ", "u": "ยцμЦմㄩ", "v": "שѵ",
    "w": "ฬωшщШЩѡ山ա",
    "x": "אж乂Ӽ", "y": "ץуψվՎч¥ㄚЧ", "z": "չՀ乙ՀzՅ",
    "A": "ΛДΔ卂ﾑ", "B": "乃Б", "E": "Σ乇ΞЭ", "N": "Й", "R": "Ԃ",
    "2": "Ϩᒿ", "3": "ЗзȜӠՅՅⳌ", "4": "Ч", "6": "бƃⳒ", "0": "ѲΘ", "l ": "ו|", "9": "գⳊ",
}  # fmt: skip
MONEY = {"E": "€", "L": "£₤₺", "Y": "¥", "B": "₿฿", "c": "¢", "A": "₳", "C": "₵₡", "K": "₭", "N": "₦",
"T": "₮₸", "P": "₱₽₧",
         "G": "₲", "W": "₩", "F": "₣", "m": "₥₼", "d": "₫", "S": "₴", "R": "₹₨", "O": "¤"}  # fmt: skip

# Latin letters whose names do not end in the letter they look like.
LATIN = {
    "Ð": "D", "Đ": "D", "đ": "d", "ð": "d", "þ": "p", "Þ": "P", "ß": "ss", "ẞ": "SS", "æ": "ae",
    "Æ": "AE", "œ": "oe", "Œ": "OE",
    "ı": "i", "ȷ": "j", "ſ": "s", "ɑ": "a", "ɡ": "g", "ɩ": "i", "ʟ": "l", "ɔ": "c", "ǝ": "e", "ɟ": "f",
    "ɥ": "h", "ᴉ": "i",
    "ɯ": "m", "ʌ": "v", "ʍ": "w", "ʎ": "y", "ƃ": "g", "ʞ": "k", "ɹ": "r", "ʇ": "t", "ɐ": "a", "Ɔ": "C",
    "Ǝ": "E", "ə": "e",
    "Ə": "E", "ɛ": "e", "Ɛ": "E", "ɜ": "3", "Ʃ": "E", "ʃ": "s", "Ʒ": "3", "ʒ": "3", "Ȝ": "3", "ȝ": "3",
    "Ȣ": "8", "ȣ": "8", "Ɜ": "3", "Ꝛ": "2", "Ꝯ": "9",
    "Ƨ": "2", "ƨ": "2",
    "ƽ": "5", "Ƽ": "5", "Ƅ": "6", "ƅ": "6", "ŋ": "n", "Ŋ": "N", "ɣ": "y", "ɵ": "o", "Ɵ": "O", "ʊ": "u",
    "Ʊ": "U", "ɪ": "i",
    "ĸ": "k", "ʋ": "v", "Ʋ": "V", "ɸ": "o", "ɿ": "r", "ʅ": "l", "ɤ": "y", "ƿ": "p", "Ɂ": "2", "ʔ": "2",
    "ꝫ": "3", "Ꝫ": "3",
    "ꞛ": "e", "Ꞝ": "3", "Ɯ": "W", "ꟽ": "W", "Ɩ": "l", "ǃ": "!", "Ꙅ": "S", "ʘ": "O", "Ɑ": "A", "ꭓ": "x",
    "ꜱ": "s", "Ꝏ": "oo",
}  # fmt: skip
PUNCTUATION = {
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "ʼ": "'", "ʹ": "'", "′": "'", "´": "'", "՚": "'", "＇": "'",
    "‵": "'",
    "“": '"', "”": '"', "„": '"', "‟": '"', "″": '"', "〞": '"', "«": '"', "»": '"', "−": "-", "⁃": "-",
    "ー": "-", "─": "-",
    "━": "-", "➖": "-", "➕": "+", "⁄": "/", "∕": "/", "⟋": "/", "╱": "/", "。": ".", "｡": ".", "․": ".",
    "‧": ".", "꞉": ":",
    "∶": ":", "ː": ":", "·": "·", "⸱": "·", "∙": "·", "⋅": "·", "、": ",", "،": ",", "‐": "-",
    "\u2028": "\n", "\u2029": "\n",
    "\u0085": "\n", "×": "x", "✕": "x", "✖": "x", "❌": "x", "🔟": "10", "℮": "e", "℈": "3", "⓪": "0",
    "⓿": "0", "⃝": "",
    "🅾": "O", "🅿": "P", "🆎": "AB", "🆑": "CL", "🆔": "ID", "🆗": "OK", "🆕": "NEW", "🆒": "COOL",
    "🆓": "FREE",
    "⨯": "x",
    "⌀": "0", "∅": "0", "⭕": "O", "🔴": "🔴",
}  # fmt: skip
DROPPED = {0x115F, 0x1160, 0x3164, 0xFFA0, 0x180B, 0x180C, 0x180D, 0x180E, 0x2800, 0x034F, 0x17B4, 0x17B5}
MARKS = ((0x300, 0x36F), (0x483, 0x489), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE00,
0xFE0F),
         (0xFE20, 0xFE2F), (0xE0100, 0xE01EF), (0x1F3FB, 0x1F3FF))  # fmt: skip


def always(char: str) -> str | None:
    """Return what `char` always stands for, or None if it stands for itself or depends on its context."""
    point, category = ord(char), unicodedata.category(char)
    if category == "Cf" or point in DROPPED or any(low <= point <= high for low, high in MARKS):
        return ""
    if char in PUNCTUATION or char in LATIN:
        return PUNCTUATION.get(char) or LATIN.get(char, "")
    if category == "Zs":
        return " "
    if category == "Pd":
        return "-"
    if (digit := unicodedata.digit(char, None)) is not None:
        return str(digit)
    flat = unicodedata.normalize("NFKD", char)
    flat = "".join(PUNCTUATION.get(c, c) for c in flat if not unicodedata.combining(c))
    if flat.isascii() and flat:
        return flat.strip("()") if len(flat) > 1 else flat
    if named := by_name(unicodedata.name(char, "")):
        return named
    if (
        category == "No"
        and ((number := unicodedata.numeric(char, -1)) == 0 or 9 < number < 100)
        and "CIRCLED" in unicodedata.name(char)
    ):
        return str(int(number))
    folded = unicodedata.normalize("NFKC", char)
    return folded if folded != char else None


def by_name(name: str) -> str | None:
    """Return the letter a character's Unicode name ends in: LATIN SMALL LETTER L WITH STROKE."""
    words = name.split(" WITH ")[0].split()
    if name.startswith("DIE FACE-"):
        return name[-1]
    if "LETTER" not in words or not ("LATIN" in words or name.startswith("REGIONAL INDICATOR")):
        return None
    last = words[-1]
    if len(last) != 1 or not last.isascii():
        return None
    upper = ("CAPITAL" in words and "SMALL" not in words) or name.startswith("REGIONAL")
    return last if upper else last.lower()


def table() -> dict[int, tuple[str, str]]:
    """Return code point → (replacement, class), closed under itself: every replacement is final."""
    rows: dict[int, tuple[str, str]] = {}
    for shapes, kind in ((RESEMBLES, "W"), (SAME, "S"), (MONEY, "M"), (ALWAYS, "A")):
        for letter, chars in shapes.items():
            rows.update({ord(c): (letter.strip(), kind) for c in chars if not c.isascii()})
    for lower in range(0xAB70, 0xABC0):  # small Cherokee letters have the shape of the capital ones
        if (capital := rows.get(lower - 0xAB70 + 0x13A0)) is not None:
            rows[lower] = (capital[0].lower(), "A")
    for point in range(0x80, sys.maxunicode + 1):
        char = chr(point)
        if unicodedata.category(char) in ("Cs", "Co", "Cn") or (point in rows and rows[point][1] != "W"):
            continue
        found = always(char)
        if found is not None and found != char and len(found) <= LONGEST:
            rows[point] = (found, "A")
    return {
        p: (final(text, rows), kind)
        for p, (text, kind) in sorted(rows.items())
        if final(text, rows) != chr(p)
    }


def final(text: str, rows: dict[int, tuple[str, str]]) -> str:
    """Replace until nothing that is always replaced is left."""
    for _ in range(4):
        text = "".join(rows[ord(c)][0] if rows.get(ord(c), ("", ""))[1] == "A" else c for c in text)
    return text


def lines() -> Iterator[str]:
    """Yield the lines of the data file."""
    yield "# What other characters stand for: code point, class (see build_lookalikes.py), replacement.\n"
    version = unicodedata.unidata_version
    yield f"# source: Unicode Character Database {version} through Python's unicodedata; shapes by hand\n"
    yield "# licence: Unicode-3.0 for the data; shapes Apache-2.0\n"
    for point, (text, kind) in table().items():
        yield f"{point:X}\t{kind}\t{' '.join(f'{ord(c):X}' for c in text)}\n"


if __name__ == "__main__":
    sys.stdout.writelines(lines())
