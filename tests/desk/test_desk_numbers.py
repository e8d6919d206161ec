"""No number of judgement stands alone: each answer and each file says what it is, its range and its error."""

import csv
import io
import json

import pyarrow.parquet as pq
import pytest

from homeward.desk import export, leads
from homeward.desk.export import HOW, NUMBERS, WRITERS
from homeward.model.actor import Actor, Role
from homeward.model.lead import CAUTION
from homeward.model.scales import SCALES
from people_kit import COOKIE, account, api, client_of, described, session

LOCAL = Actor("local:1000", "cli")
# What is counted or measured, and says nothing of how likely or how grave anything is.
MEASURED = {
    "lat", "lon", "lowest", "middle", "highest", "days", "rounds", "before", "after", "constant",
    "amount",
}  # fmt: skip
BOUNDS = {one.name: (one.least, one.most) for one in SCALES.values()}


def judged(schema, found=None, seen=None):
    """The names of the numbers of judgement that an answer of this shape can hold.

    A page inside an answer that explains its own (`lead` within a list) is looked at where it is an answer.
    """
    inside = found is not None
    found, seen = found if inside else set(), set() if seen is None else seen
    if (name := schema.get("$ref", "").rpartition("/")[2]) and name not in seen:
        seen.add(name)
        shape = described()["components"]["schemas"][name]
        if not inside or "numbers" not in shape.get("required", ()):
            judged(shape, found, seen)
    for name, part in schema.get("properties", {}).items():
        kinds = [part, *part.get("anyOf", ()), part.get("additionalProperties") or {}]
        if any(kind.get("type") == "number" for kind in kinds if isinstance(kind, dict)):
            found.add(name)
        judged(part, found, seen)
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            judged(schema[key], found, seen)
    for part in schema.get("anyOf", ()):
        judged(part, found, seen)
    return found - MEASURED


def answers():
    """Every operation that answers with JSON: its id, its shape, and the numbers of judgement in it."""
    for ops in described()["paths"].values():
        for one in ops.values():
            body = one["responses"].get("200", {}).get("content", {}).get("application/json")
            if body and (names := judged(body["schema"])):
                shape = described()["components"]["schemas"][body["schema"]["$ref"].rpartition("/")[2]]
                yield one["operationId"], shape, names


def test_every_answer_with_a_number_of_judgement_says_what_it_is():
    """Of all operations: what can hold such a number has, always, the place that explains it."""
    found = {name: numbers for name, shape, numbers in answers() if "numbers" in shape["required"]}

    assert found == {name: numbers for name, _, numbers in answers()}
    assert {"get_lead", "lead_chains", "identity_movement", "list_surges", "get_training"} <= set(found)


def held(value):
    """The names and values of the numbers of judgement in an answer or a row."""
    if isinstance(value, dict):
        for name, part in value.items():
            if isinstance(part, float) and name not in MEASURED:
                yield name, part
            yield from held(part)
    elif isinstance(value, list):
        for part in value:
            yield from held(part)


def complete(said, numbers):
    """Whether all numbers are explained, lie in their ranges, and come with error rate and caution."""
    for name, value in numbers:
        least, most = BOUNDS[name]
        assert name in said["are"] and (least is None or value >= least) and (most is None or value <= most)
    assert said["error_rate"] and CAUTION in said["caution"]
    assert "proof of trafficking" in said["caution"]


@pytest.fixture(scope="module")
def pages(module_house):
    """Answers of every operation that has numbers of judgement, over invented ads, by operation."""
    client = api(module_house)
    lead = client.get("/api/leads?limit=1").json()["leads"][0]
    dossier = f"/api/identities/{lead['identity']}"
    found = client.get(dossier).json()
    value = found["identifiers"][0]["values"][0]
    ads = client.post(f"{dossier}/ads", json={}).json()["ads"]
    pair = {"a": ads[0]["id"], "b": ads[-1]["id"]}
    named = {"kind": value["kind"], "value": value["value"]}
    account(module_house, "sue", Role.SUPERVISOR)
    supervisor = api_of(module_house, session(module_house, "sue", Role.SUPERVISOR))
    return {
        "get_lead": client.get(f"/api/leads/{lead['id']}"),
        "lead_chains": client.get(f"/api/leads/{lead['id']}/chains"),
        "identity_chains": client.post(f"{dossier}/chains", json=pair),
        "identity_links": client.post(f"{dossier}/links", json={}),
        "why_belongs": client.post(f"{dossier}/why", json=named),
        "identity_movement": client.get(f"{dossier}/movement"),
        "identity_alike": client.get(f"{dossier}/alike"),
        "list_surges": client.get("/api/surges"), "get_training": supervisor.get("/api/training"),
    }  # fmt: skip


def test_a_lead_that_comes_with_the_queue_explains_its_own(module_house, pages):
    """It is the page that one gets by itself, numbers and all; without being asked for there is none."""
    queue = api(module_house).get("/api/leads?limit=1")
    lead = queue.json()["leads"][0]["id"]
    both = api(module_house).get(f"/api/leads?limit=1&open={lead}").json()
    assert both["opened"]["numbers"] == pages["get_lead"].json()["numbers"]
    assert complete(both["opened"]["numbers"], [*held(both)]) is None and [*held(both)]
    assert queue.json()["opened"] is None and not [*held(queue.json())]


def api_of(house, token):
    client = client_of(house)
    client.cookies.set(COOKIE, token)
    return client


def test_answers_explain_the_numbers_that_they_hold(pages):
    """Each number of each answer: its scale, a value within it, what is known of its error, no proof."""
    assert set(pages) == {name for name, _, _ in answers()}
    for name, _, numbers in answers():
        assert pages[name].status_code == 200, name
        page = pages[name].json()
        assert set(page["numbers"]["are"]) == numbers, name
        complete(page["numbers"], held({**page, "numbers": {}}))


def test_the_command_line_says_the_same(module_house):
    """What `homeward leads` prints as JSON holds the lengths of reasons, and what they are."""
    page = leads.told(LOCAL, module_house, limit=5)
    numbers = list(held({**page, "numbers": {}}))

    assert numbers and set(page["numbers"]["are"]) == {name for name, _ in numbers}
    complete(page["numbers"], numbers)


def told(house, what, fmt):
    """An export: its rows and how it says that they are read."""
    sink = io.BytesIO()
    export.export(LOCAL, house, what, sink, fmt=fmt)
    if fmt == "parquet":
        table = pq.read_table(io.BytesIO(sink.getvalue()))
        return table.to_pylist(), (table.schema.metadata or {}).get(HOW.encode(), b"").decode()
    if fmt == "csv":
        rows = list(csv.DictReader(io.StringIO(sink.getvalue().decode())))
    else:
        rows = [json.loads(line) for line in sink.getvalue().splitlines()]
    hows = [row.pop(HOW, "") for row in rows]
    assert not any(hows[1:])  # once a file, not once a row
    return rows, hows[0]


@pytest.mark.parametrize("fmt", WRITERS)
@pytest.mark.parametrize("what", export.COLUMNS)
def test_exported_numbers_are_explained_in_the_file(own_house, what, fmt):
    """Every file with such numbers says what each is, its error rate and that it proves nothing; once."""
    rows, how = told(own_house, what, fmt)
    names = {name for row in rows for name, _ in held(row)}
    names |= {SCALES[one].name for one in NUMBERS.get(what, ())}

    assert rows and names <= {SCALES[one].name for one in NUMBERS.get(what, ())}
    assert all(f"{name} = " in how for name in names)
    assert bool(how) == (what in NUMBERS)
    if how:
        assert "Error rate: " in how and CAUTION in how and "no number here is proof of trafficking" in how
