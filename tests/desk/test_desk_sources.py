"""Nothing is taken in without a registered source: its legal basis and its impact assessment come first."""

from dataclasses import replace

import pytest

from homeward.desk import ads, entry, sources, supply
from homeward.model.actor import Actor, Role
from homeward.model.capture import Supply
from homeward.model.errors import NotAllowed, NotFound, SourceMissing, UsageError
from homeward.store.ledger import events
from homeward.store.ledger import sources as kept

ACTOR = Actor("local:1", "cli")
BASIS = {"kind": "site", "basis": "order 12", "dpia": "DPIA 4"}
AD = b'{"id":"1","site":"board.test","body":"Amber here, call 702 555 0134"}\n'


def ingest(house, folder, source=None):
    path = folder / "ads.jsonl"
    path.write_bytes(AD)
    return supply.ingest(ACTOR, house, str(path), Supply("a partner", source=source))


@pytest.mark.trust("PRV-5")
def test_without_a_registered_source_nothing_is_taken_in(empty_house, tmp_path):
    """One that nobody registered, or that has ended, is refused before the file is read, with a remedy."""
    sources.end(ACTOR, empty_house, sources.OWN, why="real work begins")
    sources.register(ACTOR, empty_house, "board.test", **BASIS)
    sources.end(ACTOR, empty_house, "board.test", why="over")
    for name in (None, "board.test", "another.test"):
        with pytest.raises(SourceMissing, match="homeward source add"):
            ingest(empty_house, tmp_path, name)
    with pytest.raises(SourceMissing):
        entry.add(ACTOR, empty_house, {"body": "Amber here"})
    assert empty_house.lake.version("ads") < 0
    sources.register(ACTOR, empty_house, "board.test", **BASIS)
    assert ingest(empty_house, tmp_path, "board.test")["stored"] == 1


@pytest.mark.trust("PRV-5")
def test_a_load_says_on_which_basis_it_stands(empty_house, tmp_path):
    """As it stood then: in the list of loads, on the ad's page, and in the log."""
    sources.register(ACTOR, empty_house, "board.test", **BASIS)
    ingest(empty_house, tmp_path, "board.test")
    sources.end(ACTOR, empty_house, "board.test", why="over")
    sources.register(ACTOR, empty_house, "board.test", **{**BASIS, "dpia": "DPIA 5"})
    [load] = sources.listing(ACTOR, empty_house)["loads"]
    assert (load["source"], load["basis"], load["dpia"]) == ("board.test", "order 12", "DPIA 4")
    [ad] = empty_house.lake.read("ads", columns=["ad"])["ad"].to_pylist()
    facts = ads.page(ACTOR, empty_house, ad)["facts"]
    assert (facts["source"], facts["basis"], facts["dpia"]) == ("board.test", "order 12", "DPIA 4")
    with empty_house.ledger.read() as tx:
        told = [e.event.detail for e in events.read(tx) if e.event.act == "ingest"]
    assert {(one["source"], one["dpia"]) for one in told} == {("board.test", "DPIA 4")} and len(told) == 2


@pytest.mark.parametrize("said", ["x" * 1_001, "an\x1b[31m office", "two\nlines"])
def test_who_supplied_and_on_which_basis_are_a_line_each(empty_house, tmp_path, said):
    """What is too long or would write to a terminal is refused, and nothing is taken in."""
    for given in (Supply(said, "consent"), Supply("an office", said)):
        with pytest.raises(UsageError, match="is one line of up to 1,000 characters"):
            supply.ingest(ACTOR, empty_house, str(tmp_path / "none.jsonl"), given)


def test_a_workspace_for_invented_data_has_a_source_of_its_own(empty_house, tmp_path):
    """A newcomer takes ads in without registering one; a workspace of another kind has none."""
    assert ingest(empty_house, tmp_path)["source"] == sources.OWN
    [own] = sources.listing(ACTOR, empty_house)["sources"]
    assert own["basis"] == sources.OWN_BASIS and own["ended_at"] is None
    with pytest.raises(SourceMissing):
        sources.fitting(replace(empty_house, kind="real"), None)
    with pytest.raises(SourceMissing):
        sources.fitting(replace(empty_house, kind="real"), sources.OWN)


@pytest.mark.parametrize(
    ("name", "said"),
    [("board.test", {"basis": " "}), ("board.test", {"dpia": ""}), ("board.test", {"kind": "rumour"}),
     ("Board Test", {}), ("board.test", {"basis": "x" * 1_001}), (sources.OWN, {})],
)  # fmt: skip
def test_a_source_without_basis_or_assessment_is_refused(empty_house, name, said):
    """And one whose name is taken; with both it stands."""
    with pytest.raises(UsageError):
        sources.register(ACTOR, empty_house, name, **{**BASIS, **said})
    assert sources.register(ACTOR, empty_house, "board.test", **BASIS)["basis"] == "order 12"


def test_what_is_not_there_is_not_ended(empty_house):
    """And an end needs a reason."""
    with pytest.raises(NotFound):
        sources.end(ACTOR, empty_house, "board.test", why="over")
    with pytest.raises(UsageError):
        sources.end(ACTOR, empty_house, sources.OWN, why=" ")


@pytest.mark.parametrize(
    ("role", "may"), [(Role.RECORDS, True), (Role.ANALYST, False), (Role.ADMINISTRATOR, False)]
)
def test_the_records_officer_registers(empty_house, role, may):
    """Nobody else of a team does."""
    somebody = Actor("somebody", "api", role)
    if may:
        assert sources.register(somebody, empty_house, "board.test", **BASIS)["by"] == "somebody"
    else:
        with pytest.raises(NotAllowed):
            sources.register(somebody, empty_house, "board.test", **BASIS)


def test_what_came_before_sources_did_says_so(empty_house, tmp_path):
    """A capture of a file that no load names has no source."""
    ingest(empty_house, tmp_path)
    with empty_house.ledger.read() as tx:
        assert kept.of_file(tx, "0" * 64, at=empty_house.clock()) is None
