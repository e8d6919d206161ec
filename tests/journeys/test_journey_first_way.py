"""The first whole way, as a new user goes it: a world, a workspace, ads in, leads out, and a look around."""

import csv
import json
import os
import shutil
import sys

import pyarrow.parquet as pq
import pytest

from homeward.app.cli.main import run
from surroundings import environment

pytestmark = pytest.mark.xdist_group("journey")  # one way, gone once
CANARY = "Zq Canary Lantern 7731"


@pytest.fixture(scope="module")
def person(tmp_path_factory):
    """One person with one folder, for the whole journey."""
    folder = tmp_path_factory.mktemp("journey")
    kept = dict(os.environ)
    for name in [n for n in os.environ if n.startswith("HOMEWARD_")]:
        del os.environ[name]
    os.environ.update(environment(folder))
    os.environ["HOMEWARD_HOME"] = str(folder / "workspace")
    yield folder
    os.environ.clear()
    os.environ.update(kept)


class Ran:
    """What a command said."""

    def __init__(self, capture, *arguments, code=0):
        capture.readouterr()
        self.code = run([str(a) for a in arguments])
        self.out, self.err = capture.readouterr()
        assert self.code == code, (arguments, self.err)

    @property
    def json(self):
        return json.loads(self.out)


@pytest.fixture(scope="module")
def way(person):
    """World → init → ingest → refresh; what each said, as JSON."""
    said = {}
    for name, arguments in {
        "world": ["world", "400", "--seed", "5", "-o", person / "world"],
        "init": ["init", "--demo"],
        "ingest": [
            "ingest",
            person / "world" / "ads.jsonl",
            "--supplier",
            "the world",
            "--basis",
            "invented",
        ],
        "refresh": ["refresh"],
    }.items():
        target = person / f"{name}.json"
        with target.open("w") as file:
            kept, sys.stdout = sys.stdout, file
            try:
                assert run([*map(str, arguments), "--json"]) == 0
            finally:
                sys.stdout = kept
        said[name] = json.loads(target.read_text())
    return said


def test_what_was_read_adds_up(way):
    """read = stored + changed + repeated + set aside, and nothing of a world is set aside."""
    [file] = way["ingest"]["files"]

    assert file["read"] == file["stored"] + file["changed"] + file["repeated"] + file["set_aside"] == 400
    assert file["set_aside"] == 0 and way["refresh"]["leads"] > 0


def test_the_same_file_again_brings_nothing(way, person, capfd):
    """Taken in again, every record is a repeat."""
    [file] = Ran(capfd, "ingest", person / "world" / "ads.jsonl", "--json").json["files"]

    assert file["stored"] == file["changed"] == 0 and file["repeated"] == 400


def test_leads_are_printed_with_reasons_for_and_against(way, capfd):
    """Each lead stands with what speaks for it and against it, and is called a lead, not a finding."""
    said = Ran(capfd, "leads", "-n", "5").out
    page = Ran(capfd, "leads", "-n", "5", "--json").json

    assert said.count("lead, not finding") >= len(page["leads"]) > 0
    assert "   for: " in said and "   against: " in said
    assert all(lead["reasons"] for lead in page["leads"])


def test_one_leads_to_the_next(way, capfd):
    """A lead shows its identity, the identity its ads, a search finds them, and a wording its pattern."""
    lead = Ran(capfd, "leads", "--json").json["leads"][0]
    page = Ran(capfd, "show", "lead", lead["id"], "--json").json
    assert page["lead"]["identity"] == lead["identity"]
    dossier = Ran(capfd, "show", "identity", lead["identity"], "--json").json
    phone = next(g for g in dossier["identifiers"] if g["kind"] == "phone")["values"][0]
    found = Ran(capfd, "search", f"phone:{phone['value']}", "--json").json
    assert found["total"] >= phone["ads"]
    ad = Ran(capfd, "show", "ad", found["hits"][0]["id"], "--json").json
    assert any(m["value"] == phone["value"] for m in ad["mentions"])
    assert ad["facts"]["supplier"] == "the world" and ad["facts"]["statement"].endswith("not witnessed")
    for what, key in (("lead", lead["id"]), ("identity", lead["identity"]), ("ad", found["hits"][0]["id"])):
        assert key in Ran(capfd, "show", what, key).out
    template = Ran(capfd, "export", "templates").out.splitlines()[0]
    assert json.loads(template)["id"] in Ran(capfd, "show", "template", json.loads(template)["id"]).out


def test_a_search_that_finds_nothing_says_what_was_searched(way, capfd):
    """Nothing found: how many ads, which sites, from when to when, and no sign of safety."""
    said = Ran(capfd, "search", "thereisnosuchword").out

    assert "None in this workspace: " in said and " ads, " in said and "not a sign of safety" in said


def test_a_search_that_cannot_be_understood_says_where(way, capfd):
    """A broken query is one sentence with the place of the fault."""
    assert "character" in Ran(capfd, "search", '"open', code=1).err


def test_exports_come_in_three_forms_with_the_same_rows(way, person, capfd):
    """JSON Lines, CSV and Parquet have the same rows in the same order."""
    for what in ("ads", "mentions", "templates", "identities", "leads"):
        rows = {}
        for form in ("jsonl", "csv", "parquet"):
            path = person / f"{what}.{form}"
            Ran(capfd, "export", what, "--format", form, "-o", path)
            if form == "jsonl":
                rows[form] = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
            elif form == "csv":
                with path.open(encoding="utf-8", newline="") as file:
                    rows[form] = list(csv.DictReader(file))
            else:
                rows[form] = pq.read_table(path).to_pylist()
        key = "raw" if what == "mentions" else "id"
        names = [str(row[key]).lstrip() for row in rows["jsonl"]]
        assert len(names) > 0
        assert names == [str(row[key]).lstrip() for row in rows["parquet"]]
        assert names == [r[key].removeprefix("'").lstrip() for r in rows["csv"]], what


@pytest.mark.parametrize("what", ["extraction", "templates", "identities", "leads"])
def test_every_score_is_printed(way, person, capfd, what):
    """Each score is a table and a JSON document; identities have both simple joins beside ours."""
    truth = person / "world" / "truth.jsonl"
    scores = Ran(capfd, "evaluate", what, truth, "--json").json
    assert scores["rows"] and scores["labels"] > 0
    if what == "identities":
        assert [row["name"] for row in scores["rows"]] == ["ours", "phone only", "MinHash only"]
    assert "not on victims found" in Ran(capfd, "evaluate", what, truth).out


def test_a_judgement_outranks_the_score(way, capfd):
    """Two ads of one network judged different are in two after the next refresh."""
    lead = Ran(capfd, "leads", "--json").json["leads"][0]
    ads = [json.loads(line) for line in Ran(capfd, "export", "ads").out.splitlines()]
    rows = [json.loads(line) for line in Ran(capfd, "export", "identities").out.splitlines()]
    names = next(row["ads"] for row in rows if row["id"] == lead["identity"])
    a, b = (next(ad["ad"] for ad in ads if ad["id"] == name) for name in (names[0], names[-1]))
    Ran(capfd, "judge", a, b, "different", "--why", "two voices on the phone")
    Ran(capfd, "refresh")
    groups = [set(json.loads(line)["ads"]) for line in Ran(capfd, "export", "identities").out.splitlines()]

    assert not any({names[0], names[-1]} <= group for group in groups)


def test_derived_things_can_be_made_again(way, capfd):
    """The index made again finds the same; everything derived made again reads the same."""
    before = Ran(capfd, "export", "mentions").out
    found = Ran(capfd, "search", "the", "--json").json["total"]
    Ran(capfd, "rebuild", "index")
    assert Ran(capfd, "search", "the", "--json").json["total"] == found
    Ran(capfd, "rebuild", "derived")
    assert Ran(capfd, "export", "mentions").out == before
    checks = Ran(capfd, "doctor", "--json").json["checks"]
    assert not [c for c in checks if c["state"] == "bad"]


def test_a_demo_workspace_takes_world_files_only(way, person, capfd):
    """Ads that are not of a world are refused by a demo workspace, whole."""
    (person / "real.jsonl").write_text('{"id":"1","body":"call 702 555 0134"}\n')

    assert "synthetic world" in Ran(capfd, "ingest", person / "real.jsonl", code=1).err


def test_another_workspace_never_shows_it(way, person, capfd):
    """What one workspace holds is in no export, search or list of another."""
    other = ["--home", person / "other"]
    ads = [
        {"id": f"c{n}", "site": "lantern.test", "title": CANARY, "body": f"{CANARY} call 702-555-0177"}
        for n in range(3)
    ]
    (person / "canary.jsonl").write_text("".join(json.dumps(ad) + "\n" for ad in ads))
    Ran(capfd, "init", *other)
    Ran(capfd, "ingest", person / "canary.jsonl", *other)
    Ran(capfd, "refresh", *other)
    assert CANARY in Ran(capfd, "export", "ads", *other).out

    Ran(capfd, "export", "ads", "-o", person / "gone" / "x", *other, code=1)
    Ran(capfd, "evaluate", "leads", person / "canary.jsonl", *other, code=1)

    said = []
    for what in ("ads", "mentions", "templates", "identities", "leads"):
        said += [Ran(capfd, "export", what, "--format", form).out for form in ("jsonl", "csv")]
        Ran(capfd, "export", what, "--format", "parquet", "-o", person / "mine.parquet")
        said.append(json.dumps(pq.read_table(person / "mine.parquet").to_pylist(), default=str))
    said.append(Ran(capfd, "leads", "-n", "100").out)
    said.append(Ran(capfd, "search", f'"{CANARY}"').out)
    said.append(Ran(capfd, "doctor").out)
    said += [path.read_text("utf-8", "replace") for path in (person / "state").rglob("*") if path.is_file()]
    for text in said:
        assert CANARY not in text and "lantern.test" not in text
    assert Ran(capfd, "search", f'"{CANARY}"', "--json").json["total"] == 0
    for path in (person / "workspace").rglob("*"):
        assert not path.is_file() or CANARY.encode() not in path.read_bytes(), path


def test_no_log_quotes_an_ad(way, person, capfd, monkeypatch):
    """A fault of ours while an ad is in hand is logged by its place; neither log nor screen quotes the ad."""
    from homeward.desk import ads

    def fail(*_):
        raise RuntimeError(CANARY)

    ad = json.loads(Ran(capfd, "export", "ads").out.splitlines()[0])["ad"]
    monkeypatch.setattr(ads, "page", fail)
    said = Ran(capfd, "show", "ad", ad, code=1).err
    log = (person / "state" / "homeward" / "errors.log").read_text("utf-8")

    assert CANARY not in said + log and "RuntimeError" in log


def test_an_index_that_lacks_ads_never_says_there_are_none(way, person, capfd):
    """Where ads are not in the index, an empty search says that they were not searched."""
    copy = person / "without"
    shutil.copytree(person / "workspace", copy)
    shutil.rmtree(copy / "index")
    said = Ran(capfd, "search", "the", "--home", copy).out

    assert said.startswith("Only 0 of ") and "not searched" in said and "rebuild index" in said
    assert "not searched" not in Ran(capfd, "search", "thereisnosuchword").out


def test_a_lost_file_of_the_lake_is_damage_in_one_sentence(way, person, capfd):
    """A data file that is gone, or holds noise, is said to be; it is no fault to report."""
    for name, spoil in (("lost", lambda path: path.unlink()), ("torn", lambda path: path.write_bytes(b"x"))):
        copy = person / name
        shutil.copytree(person / "workspace", copy)
        for path in (copy / "lake").glob("*/*=*/*.parquet"):
            spoil(path)
        for command in (["export", "ads"], ["leads"], ["refresh"]):
            said = Ran(capfd, *command, "--home", copy, code=1).err.splitlines()[-1]
            assert "missing or damaged" in said and "unexpected" not in said


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["ingest", "gone.jsonl"], "There is no file gone.jsonl"),
        (["ingest", "."], "folder"),
        (["show", "lead", "lnone"], "There is no lead lnone"),
        (["show", "template", "tnone"], "There is no template tnone"),
        (["export", "ads", "-o", "gone/ads.jsonl"], "no folder"),
        (["evaluate", "leads", "gone.jsonl"], "There is no file gone.jsonl"),
        (["judge", "anone", "amissing", "same", "--why", "x"], "There is no ad anone"),
        (["ingest", "x.jsonl", "--obtained", "yesterday"], "--obtained"),
    ],
)
def test_every_failure_is_one_sentence(way, capfd, arguments, part):
    """What goes wrong is said in one line that names it, and ends with 1."""
    said = Ran(capfd, *arguments, code=1).err

    assert part in said and len(said.strip().splitlines()) == 1 and "Traceback" not in said


def test_a_changed_ad_is_exported_as_it_is_now(way, capfd):
    """Ads and mentions are those of the latest capture; with --all-captures, of every one."""
    latest = [json.loads(line) for line in Ran(capfd, "export", "ads").out.splitlines()]
    every = [json.loads(line) for line in Ran(capfd, "export", "ads", "--all-captures").out.splitlines()]
    [file] = way["ingest"]["files"]

    assert len({ad["ad"] for ad in latest}) == len(latest) == file["stored"]
    assert len(every) == file["stored"] + file["changed"] > len(latest)
    newest = {}
    for ad in every:
        newest[ad["ad"]] = max(newest.get(ad["ad"], 0), ad["revision"])
    assert all(ad["revision"] == newest[ad["ad"]] for ad in latest)


def test_labels_with_their_own_text_are_read_there(way, person, capfd):
    """A truth row with a text is scored on that text; right readings are right, wrong ones wrong."""
    rows = [
        {"id": "x1", "text": "call 702 555 0134", "kind": "phone", "expected": ["+17025550134"]},
        {"id": "x2", "text": "call me soon", "kind": "phone", "expected": ["+17025550199"]},
    ]
    (person / "labels.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    [row] = Ran(capfd, "evaluate", "extraction", person / "labels.jsonl", "--json").json["rows"]

    assert row["name"] == "phone"
    assert (row["scores"]["precision"], row["scores"]["recall"], row["scores"]["exact"]) == (1.0, 0.5, 0.5)


def test_a_broken_truth_file_names_its_line(way, person, capfd):
    """A truth file that is not JSON on its second line is one sentence with that line."""
    (person / "bad.jsonl").write_text('{"id":"x"}\nnonsense\n')

    assert "line 2" in Ran(capfd, "evaluate", "leads", person / "bad.jsonl", code=1).err
