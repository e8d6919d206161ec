import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.desk.cells import FORMULA, cell

PAYLOADS = [
    "=1+1", "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "  +cmd", "=",
    "＝1+1", "＋1", "－1+2", "＠SUM(1)", "+1 (702) 555-0134", "-1-800", "+1702555+1", "=HYPERLINK(\"x\")",
    "%0a=1", "|calc", "+", "-", "--1", "+-1", "-1e5", "+0x1F", "\x00=1", "=1\n=2", '"=1"=1'[1:],
]  # fmt: skip


@pytest.mark.parametrize("text", PAYLOADS)
def test_a_formula_does_not_run(text):
    """What a spreadsheet could take for a formula begins with an apostrophe."""
    shown = cell(text)

    assert shown.startswith("'") or shown.lstrip()[0] not in FORMULA


@pytest.mark.parametrize("text", ["+17025550134", "+441632960123", "-5", "-3.25", "120", "hello", ""])
def test_numbers_and_plain_text_survive(text):
    """A phone's normal form, a plain number and plain text are written as they are."""
    assert cell(text) == text


@given(st.text(max_size=40))
@settings(max_examples=50)
def test_no_text_begins_like_a_formula(text):
    """Whatever an ad wrote, the cell is a plain number or begins with nothing that runs."""
    shown = cell(text)

    bare = shown.lstrip()[:1]
    assert not bare or bare not in FORMULA or shown[1:].replace(".", "", 1).isdigit()


@given(st.lists(st.text(st.characters(exclude_characters="\r"), max_size=20), min_size=1, max_size=4))
@settings(max_examples=50)
def test_a_row_reads_back(values):
    """A row written as CSV reads back as the same cells."""
    sink = io.StringIO(newline="")
    csv.writer(sink).writerow([cell(v) for v in values])

    assert next(csv.reader(io.StringIO(sink.getvalue(), newline=""))) == [cell(v) for v in values]


def test_other_values_have_one_form():
    """Nothing is an empty cell, a list is JSON, a flag is a word."""
    assert [cell(None), cell([1, "é"]), cell(True), cell(1.5)] == ["", '[1, "é"]', "true", "1.5"]
