"""Fuzz one reader with atheris: python tests/fuzz/fuzz_reader.py READER [libFuzzer's options].

Texts are made of random characters and of the words and signs that readers look for, so that the fuzzer
reaches their insides. Whatever the text, a reader ends, its offsets lie in the text and cut out what it
says it read, its confidence is a share, and what it returns fits the tables.
"""

import sys

import atheris

with atheris.instrument_imports(include=["homeward.extract"]):
    from homeward.extract import read
    from homeward.extract.knowledge.load import WORD_FILES, lexicon, rows
    from homeward.extract.text.tokens import Page, Place

from homeward.model.mention import Kind

SIGNS = [
    " ", "\n", "-", ".", "/", "@", "$", "#", "€", ":", "&", "(", ")", ",", "'", '"', "7", "02", "555", "0134",
    "2026", "☎", "👋🏽", "\u200b", "\u202e", "７", "Ꮇ", "о", "7️⃣", "ﷺ", "ß", "İ", "五", "www.", ".com", "http://",
    "Amber", "Main", "St", "APT", "am", "USD", "Reno, NV", "5'4",
]  # fmt: skip
WORDS = sorted({w for f in WORD_FILES for row in rows(f) for w in lexicon(row[0])} | set(SIGNS))
PLACES = (Place(), Place("US", "NV", "Reno"), Place("GB", "", "London"), Place("RU"))


def text_of(data: bytes) -> tuple[str, Place]:
    """Make a text of words, signs and characters as the bytes say."""
    provider = atheris.FuzzedDataProvider(data)
    place = provider.PickValueInList(list(PLACES))
    pieces = []
    while provider.remaining_bytes() and len(pieces) < 200:
        if provider.ConsumeBool():
            pieces.append(provider.PickValueInList(WORDS))
            pieces.append(provider.PickValueInList([" ", "", " ", "-", "\n", ". "]))
        else:
            pieces.append(provider.ConsumeUnicode(6))
    return "".join(pieces), place


def check(reader: read.Reader, text: str, place: Place) -> None:
    """Read the text as part of an ad, after the readers that note addresses, and judge the result."""
    page = Page.of(text, part="body", place=place)
    if reader is not read.url.read_urls:
        read.email.read_emails(page)
        read.url.note_urls(page)
    for found in read.capped(reader(page)):
        span = page.normalised.span(found.start, found.end)
        assert 0 <= found.start < found.end <= len(page.text), (found, text)
        assert 0 <= span.start < span.end <= len(text), (found, text)
        assert 0 < found.confidence <= 1, (found, text)
        assert found.value and found.value.encode("utf-8", "strict") and Kind(found.kind), (found, text)


def main() -> None:
    """Fuzz the reader that the first argument names."""
    name = sys.argv.pop(1)
    [reader] = [r for r in read.ALL if r.__name__ == name]
    atheris.Setup(sys.argv, lambda data: check(reader, *text_of(data)))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
