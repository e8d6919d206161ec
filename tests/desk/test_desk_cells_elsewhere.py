"""Exported cells as a spreadsheet program reads them: nothing that an ad wrote runs."""

import csv
import re
import shutil
import subprocess
from itertools import product

import pytest

from homeward.desk.cells import cell

OFFICE = shutil.which("soffice")
CALLS = (
    "1+1", "SUM(1;2)", 'HYPERLINK("http://tip.test/";"x")', 'WEBSERVICE("http://tip.test/")',
    "cmd|' /C calc'!A0", 'DDE("cmd";"/C calc";"x")', "NOW()", 'INDIRECT("A1")', "A1", '"a"&"b"',
)  # fmt: skip
FORMULAS = [start + call for start, call in product(("=", "+", "-", "@", "\t=", " ="), CALLS)]
PLAIN = ["+17025550134", "+441632960123", "-5", "120", "hello", "a=b"]


@pytest.mark.trust("INP-10")
@pytest.mark.timeout(300)
@pytest.mark.skipif(
    OFFICE is None, reason="LibreOffice is not installed (apt-get install libreoffice-calc-nogui)"
)
def test_a_spreadsheet_program_finds_no_formula(tmp_path):
    """Of sixty formulas none is one in the export; as they were written, it would have run some of them."""
    assert len(FORMULAS) >= 50
    assert read(tmp_path, "as-written", FORMULAS)[0] > 5
    formulas, texts = read(tmp_path, "exported", [cell(text) for text in [*FORMULAS, *PLAIN]])
    assert formulas == 0
    assert {"17025550134", "441632960123", "-5", "120", "hello", "a=b"} <= {t.lstrip("+") for t in texts}


def read(folder, name, texts):
    """How many cells LibreOffice takes for formulas, told to look for them; and what the cells show."""
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\r\n").writerows([text] for text in texts)
    # Comma, double quote, UTF-8, from line 1; numbers detected, formulas evaluated: as a person may ask.
    options = "CSV:44,34,76,1,,0,false,true,false,false,false,-1,true"
    subprocess.run(
        [OFFICE, f"-env:UserInstallation=file://{folder}/profile", "--headless", f"--infilter={options}",
         "--convert-to", "fods", "--outdir", folder, folder / f"{name}.csv"],
        check=True, capture_output=True, timeout=250,
    )  # fmt: skip
    page = (folder / f"{name}.fods").read_text("utf-8")
    return page.count("table:formula="), re.findall(r"<text:p>([^<]*)</text:p>", page)
