"""How long ads are kept, what stops their erasure, who is told, and that nothing of them is left."""

import inspect
import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pyarrow.parquet as pq
import pytest

from homeward.app.audit.verify import check_log
from homeward.desk import ads, audit, backups, cases, export, judge, leads, records, search, supply
from homeward.house import make_house
from homeward.model.actor import Actor, Purpose, Role
from homeward.model.capture import Supply
from homeward.model.case import Standing
from homeward.model.errors import HomewardError, NotFound, Restricted, UsageError
from homeward.model.judgement import Decision, Judgement, Outcome
from homeward.store.ledger import cases as kept_cases
from homeward.store.ledger import decisions, events, judgements, outcomes
from homeward.store.ledger.tables import metadata

ACTOR = Actor("local:1000", "cli")
CANARIES = 50


class Clock:
    now = datetime(2026, 11, 1, 12, tzinfo=UTC)

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def house(tmp_path, clock):
    with make_house(
        tmp_path / "home", key=bytes(32), clock=clock, workers=1, copies=[tmp_path / "copies"]
    ) as made:
        yield made


def canary(n):
    return f"canarytoken{n:03}x"


def row(n, *, marked):
    name, more = ("marked", f" or write {canary(n)}@mail.example") if marked else ("plain", "")
    return {
        "id": f"{name}-{n:06}", "site": "cityboard.test", "city": "Reno", "region": "NV", "country": "US",
        "title": canary(n) if marked else "Hello",
        "body": f"Companion in Reno, call 775-555-01{n:02}{more}",
    }  # fmt: skip


def take_in(house, folder):
    path = folder / "ads.jsonl"
    rows = [row(n, marked=True) for n in range(CANARIES)] + [row(n, marked=False) for n in range(60, 90)]
    path.write_text("".join(json.dumps(r) + "\n" for r in rows))
    return supply.ingest(ACTOR, house, str(path), Supply("the tests", "invented"))


def ads_like(house, prefix):
    rows = house.lake.read("ads", columns=["ad", "source_id"]).to_pylist()
    return sorted(r["ad"] for r in rows if r["source_id"].startswith(prefix))


def readable(house):
    """Everything that this workspace holds, as somebody with every key and every library reads it."""
    for path in sorted(house.home.rglob("*")):
        if path.is_file():
            yield str(path), path.read_bytes()
        if path.suffix == ".parquet":
            yield str(path), repr(pq.read_table(path, partitioning=None).to_pydict()).encode()
    with house.ledger.read() as tx:
        for table in metadata.sorted_tables:
            yield table.name, repr(tx.execute(table.select()).all()).encode()
        yield "events", repr(list(events.read(tx, limit=100_000))).encode()


def holding(house, words):
    return {where for where, content in readable(house) if any(w.encode() in content for w in words)}


@pytest.mark.trust("PRV-3", "AUD-7")
def test_fifty_canaries_are_erased_from_everything(house, tmp_path):
    """Lake, index, groups, leads, searches, judgement and events lose them, and the log still verifies."""
    take_in(house, tmp_path)
    supply.refresh(ACTOR, house)
    search.search(ACTOR, house, canary(3))
    bare = {"filters": [], "first": None, "last": None, "after": None, "limit": 5}
    asked = {**bare, "text": f"email:{canary(4)}@mail.example"} | dict.fromkeys(
        ("facets", "histogram", "map"), False
    )
    search.search_page(ACTOR, house, asked)
    supply.refresh(ACTOR, house, full=True)
    kept = audit.sign(ACTOR, house)["note"]
    marked = ads_like(house, "marked")
    words = [canary(n) for n in range(CANARIES)]
    assert {"events", "searches"} <= holding(house, words) and len(marked) == CANARIES
    done = records.erase(ACTOR, house, marked, why="the drill")
    found = audit.verify(ACTOR, house, check_log, kept=[kept])

    assert holding(house, words) == set()
    assert done["traces"] == () and done["events"] >= 2
    assert found["wrong"] == [] and found["erased"] == done["events"]
    assert house.index.count() == 30 and search.search(ACTOR, house, "hello")["total"] == 30


@pytest.mark.trust("PRV-3")
def test_what_people_wrote_about_erased_ads_goes_with_them(house, tmp_path):
    """A reason about an erased ad, and whatever quotes one, however it is spaced; other words stay."""
    take_in(house, tmp_path)
    supply.refresh(ACTOR, house)
    marked, plain = ads_like(house, "marked"), ads_like(house, "plain")
    judge.judge(ACTOR, house, marked[0], plain[0], Judgement.DIFFERENT, why="the words of one who knows")
    judge.judge(ACTOR, house, plain[0], plain[1], Judgement.DIFFERENT, why=f"see {canary(7)}@mail.example")
    judge.judge(ACTOR, house, plain[1], plain[2], Judgement.DIFFERENT, why="other words")
    key = cases.make(ACTOR, house, "About (775) 555 01.01")["id"]
    with house.ledger.write() as tx:
        note = {"by": ACTOR.name, "at": house.clock()}
        decisions.decide(tx, "l1", Decision.WATCH, note=f"{canary(9).upper()}@Mail.Example", **note)
        outcomes.record(tx, "l1", Outcome.NOT_FOUND, note="nothing", case=None, **note)
    kept = audit.sign(ACTOR, house)["note"]
    done = records.erase(ACTOR, house, marked, why="the drill")

    with house.ledger.read() as tx:
        whys = [one.why for one in judgements.history(tx)]
        assert whys == ["(erased)", "(erased)", "other words"]
        assert kept_cases.find(tx, key).title == "(erased)"
        assert [d.note for d in decisions.history(tx, "l1")] == ["(erased)"]
        assert outcomes.standing(tx)[0].note == "nothing"
    assert done["texts"] == 4
    assert audit.verify(ACTOR, house, check_log, kept=[kept])["wrong"] == []


@pytest.mark.trust("PRV-3")
def test_what_was_erased_is_not_taken_in_again(house, tmp_path):
    """The same file again: its erased ads are set aside, and nothing of them is kept."""
    first = take_in(house, tmp_path)
    marked = ads_like(house, "marked")[:5]
    records.erase(ACTOR, house, marked, why="the drill")
    again = take_in(house, tmp_path)

    assert (first["stored"], again["stored"], again["set_aside"]) == (80, 0, 5)
    assert again["reasons"] == {"record: erased": 5}
    assert again["read"] == again["stored"] + again["changed"] + again["repeated"] + again["set_aside"]
    assert not set(ads_like(house, "marked")) & set(marked)


@pytest.mark.trust("PRV-3")
def test_backups_that_hold_what_was_erased_are_made_anew(house, clock, tmp_path):
    """In the folder where they are kept: by hand, or a day later by itself; other files stay."""
    folder = tmp_path / "backups"
    take_in(house, tmp_path)
    backups.backup(ACTOR, house, folder / "old")
    (folder / "letter.txt").write_text("somebody's own")
    clock.now += timedelta(minutes=1)
    assert backups.renew(ACTOR, house, folder)["destroyed"] == []
    records.erase(ACTOR, house, ads_like(house, "marked"), why="the drill")
    assert [b["stale"] for b in backups.kept(ACTOR, house, folder)["backups"]] == [True]
    assert backups.let_go(house, folder) is None
    clock.now += timedelta(days=2)
    done = backups.let_go(house, folder)

    assert done["destroyed"] == [str(folder / "old")] and not (folder / "old").exists()
    assert [b["stale"] for b in backups.kept(ACTOR, house, folder)["backups"]] == [False]
    assert (folder / "letter.txt").exists() and backups.let_go(house, folder) is None
    assert records.erase(ACTOR, house, ads_like(house, "plain")[:1], why="x")["backups"] == [
        done["made"].rpartition("/")[2]
    ]


@pytest.mark.trust("PRV-3")
def test_a_restored_backup_erases_again_what_was_erased_since(house, tmp_path):
    from homeward.store import archive

    take_in(house, tmp_path)
    backups.backup(ACTOR, house, tmp_path / "b")
    marked = ads_like(house, "marked")[:3]
    assert records.erase(ACTOR, house, marked, why="the drill")["backups"] == ["b"]
    with (tmp_path / "b").open("rb") as source:
        head = archive.head(source, "b")
        archive.read(source, head, tmp_path / "again", key=bytes(32), name="b")
    with make_house(
        tmp_path / "again", key=bytes(32), clock=house.clock, workers=1, copies=[tmp_path / "copies"]
    ) as again:
        assert set(marked) <= set(ads_like(again, "marked"))
        done = backups.restored(ACTOR, again, made="then", name="b")

        assert done["erased_again"] == 3 and not set(marked) & set(ads_like(again, "marked"))


@pytest.mark.trust("PRV-2")
def test_ten_years_by_the_clock(house, tmp_path, clock):
    """After five years an ad is due; a review keeps it for a time, a hold until it is lifted."""
    take_in(house, tmp_path)
    plain = ads_like(house, "plain")
    assert records.due(ACTOR, house)["total"] == 0
    clock.now += timedelta(days=records.KEPT_DAYS - 1)
    records.hold(ACTOR, house, plain[:2], why="order of a court")
    records.review(ACTOR, house, plain[2:5], why="an open case", days=1_000)
    assert records.purge(ACTOR, house)["ads"] == 0
    clock.now += timedelta(days=2)
    done = records.purge(ACTOR, house)
    assert (done["ads"], done["held"]) == (75, 2)
    assert ads_like(house, "") == sorted(plain[:5])
    clock.now += timedelta(days=1_000)
    assert records.purge(ACTOR, house)["ads"] == 3
    records.lift(ACTOR, house, plain[:2], why="the order ended")
    assert records.purge(ACTOR, house)["ads"] == 2
    assert ads_like(house, "") == []


@pytest.mark.trust("PRV-2")
def test_a_held_ad_stops_its_erasure(house, tmp_path):
    take_in(house, tmp_path)
    marked = ads_like(house, "marked")
    records.hold(ACTOR, house, marked[:1], why="order of a court")
    with pytest.raises(UsageError, match="held"):
        records.erase(ACTOR, house, marked, why="asked for")

    assert ads_like(house, "marked") == marked


@pytest.mark.trust("PRV-4")
def test_an_erasure_names_exactly_those_who_got_the_ads(house, tmp_path):
    take_in(house, tmp_path)
    a, b, c, *_ = ads_like(house, "marked")
    records.disclose(ACTOR, house, [a, b], recipient="the court", what="the ads", basis="order 1")
    records.disclose(ACTOR, house, [b], recipient="an agency", what="the ad", basis="treaty")
    records.disclose(ACTOR, house, [c], recipient="the press", what="nothing of this", basis="none")

    told = [(r["ad"], r["recipient"]) for r in records.recipients(ACTOR, house, [a, b])]
    done = records.erase(ACTOR, house, [a, b], why="asked for")
    assert sorted(told) == sorted([(a, "the court"), (b, "the court"), (b, "an agency")])
    assert sorted((r["ad"], r["recipient"]) for r in done["recipients"]) == sorted(told)


@pytest.mark.trust("PRV-5")
def test_a_person_asks_without_a_name(house, tmp_path):
    """A request has no place for a name or a contact, is found by its reference, and is answered once."""
    take_in(house, tmp_path)
    ad = ads_like(house, "marked")[0]
    reference = records.ask(ACTOR, house, [ad], kind="remove", grounds="shows-me")["reference"]
    with house.ledger.read() as tx:
        columns = {column.name for column in metadata.tables["asked"].columns}
        detail = next(events.read(tx, newest_first=True, limit=1)).event.detail

    assert set(inspect.signature(records.ask).parameters) == {"actor", "house", "ads", "kind", "grounds"}
    assert columns == {
        "reference",
        "kind",
        "grounds",
        "ads",
        "at",
        "by",
        "answer",
        "answered_by",
        "answered_at",
    }
    assert set(detail) == {"what", "reference", "kind"}
    assert [r["reference"] for r in records.requests(ACTOR, house)] == [reference]
    records.erase(ACTOR, house, [ad], why="asked for", reference=reference)
    assert records.requests(ACTOR, house) == []
    for kind, grounds in (("remove", "I am Jane"), ("publish", "wrong")):
        with pytest.raises(UsageError):
            records.ask(ACTOR, house, ads_like(house, "plain")[:1], kind=kind, grounds=grounds)


def test_an_unknown_ad_is_not_there_and_an_interrupted_erasure_is_repeated(house, tmp_path):
    take_in(house, tmp_path)
    ad = ads_like(house, "marked")[0]
    with pytest.raises(NotFound):
        records.erase(ACTOR, house, ["a" * 17], why="asked for")
    for _ in range(2):
        records.erase(ACTOR, house, [ad], why="asked for")


@pytest.mark.trust("ACL-7")
def test_nobody_erases_alone(house, tmp_path):
    """A records officer needs a fresh proof and a second person; an analyst may not at all."""
    take_in(house, tmp_path)
    ads = ads_like(house, "marked")[:1]
    for actor in (
        Actor("rita", "api", role=Role.RECORDS),
        Actor("rita", "api", role=Role.RECORDS, fresh=True),
        Actor("ann", "api", role=Role.ANALYST, fresh=True),
    ):
        with pytest.raises(HomewardError):
            records.erase(actor, house, ads, why="asked for")
    assert set(ads) <= set(ads_like(house, "marked"))


def test_judgements_and_leads_go_on_without_the_erased(own_house):
    """On a workspace with a run: the groups are made anew, and no page of them names the ad."""
    lead = leads.queue(ACTOR, own_house)["leads"][0]
    from homeward.desk import groups, runs

    run = runs.current(own_house)
    a, b, *_ = list(groups.of(run, run.identity(lead["identity"])).members)
    judge.judge(ACTOR, own_house, a, b, Judgement.SAME, why="one voice")
    done = records.erase(ACTOR, own_house, [a], why="asked for")

    assert done["traces"] == ()
    assert leads.queue(ACTOR, own_house)["total"] > 0


def test_an_ad_that_came_in_after_the_last_refresh_is_erased_and_so_again(house, tmp_path):
    """No group holds it: neither then nor when the erasure is repeated does that stop it."""
    take_in(house, tmp_path)
    supply.refresh(ACTOR, house)
    path = tmp_path / "late.jsonl"
    path.write_text(json.dumps({**row(95, marked=False), "id": "late"}))
    supply.ingest(ACTOR, house, str(path), Supply("the tests", "invented"))
    [late] = ads_like(house, "late")
    assert records.erase(ACTOR, house, [late], why="asked for")["traces"] == ()
    assert ads_like(house, "late") == []
    assert records.erase(ACTOR, house, [late], why="asked for")["rows"] == 0


def first_of(house):
    """Any ad, and a search that finds it alone."""
    found = search.search(ACTOR, house, canary(1))
    return found["hits"][0]["id"], canary(1)


@pytest.mark.trust("PRV-5")
def test_a_request_to_restrict_is_acted_on(house, tmp_path):
    """From then on nobody but the records officer sees the ads, until it is lifted; both are said why."""
    take_in(house, tmp_path)
    ad, words = first_of(house)
    reference = records.ask(ACTOR, house, [ad], kind="restrict", grounds="not-my-will")["reference"]
    assert search.search(ACTOR, house, words)["total"] == 1
    records.restrict(ACTOR, house, reference, why="asked by the person")
    ann, ren = Actor("ann", "api", Role.ANALYST, Purpose.IDENTIFY), Actor("ren", "api", Role.RECORDS)
    for other in (ACTOR, ann):
        assert search.search(other, house, words)["total"] == 0
        with pytest.raises(Restricted):
            ads.page(other, house, ad)
    sink = io.BytesIO()
    export.export(ACTOR, house, "ads", sink)
    assert words.encode() not in sink.getvalue() and canary(2).encode() in sink.getvalue()
    assert ads.page(replace(ren, purpose=Purpose.DISCLOSURE, case=case_of(house, "ren")), house, ad)
    assert not records.requests(ACTOR, house)
    with pytest.raises(UsageError):  # it is answered
        records.restrict(ACTOR, house, reference, why="again")
    records.unrestrict(ACTOR, house, reference, why="the person took it back")
    assert search.search(ann, house, words)["total"] == 1
    for wrong in (lambda: records.unrestrict(ACTOR, house, reference, why="again"),
                  lambda: records.restrict(ACTOR, house, reference, why=" "),
                  lambda: records.restrict(ACTOR, house, "none", why="x")):  # fmt: skip
        with pytest.raises((UsageError, NotFound)):
            wrong()


def case_of(house, name):
    key = cases.make(ACTOR, house, "Disclosure")["id"]
    with house.ledger.write() as tx:
        kept_cases.join(tx, key, name, Standing.MEMBER, by="local:0", at=house.clock())
    return key


@pytest.mark.trust("PRV-4")
@pytest.mark.parametrize("what", ["ads", "mentions", "templates", "identities", "leads"])
def test_an_export_writes_itself_into_the_list(own_house, what):
    """Exactly the ads that its rows name, with who got them and on which basis."""
    sink = io.BytesIO()
    export.export(ACTOR, own_house, what, sink, to="the court", basis="order 12")
    rows = [json.loads(line) for line in sink.getvalue().splitlines()]
    known = {row["source_id"]: row["ad"] for row in names_of(own_house)}
    named = {
        "ads": lambda row: [row["id"]], "mentions": lambda row: [row["source_id"]],
        "templates": lambda row: row["ads"], "identities": lambda row: row["ads"],
        "leads": lambda row: [ad for f in row["for"] + row["against"] + row["shown"] for ad in f["ads"]],
    }[what]  # fmt: skip
    handed = {known[name] for row in rows for name in named(row)}
    listed = records.recipients(ACTOR, own_house, list(known.values()))
    assert handed and {row["ad"] for row in listed} == handed and len(listed) == len(handed)
    assert {(row["recipient"], row["what"], row["basis"]) for row in listed} == {
        ("the court", f"export of {what}", "order 12")
    }


def names_of(house):
    return house.lake.read("ads", columns=["ad", "source_id"]).to_pylist()


class Torn(io.RawIOBase):
    """A place that takes some bytes, then no more."""

    left = 200_000

    def writable(self):
        return True

    def write(self, data):
        self.left -= len(data)
        if self.left < 0:
            raise OSError(28, "no space")
        return len(data)


@pytest.mark.trust("PRV-4")
def test_an_export_that_fails_half_way_is_in_the_list(own_house):
    """What may have left stands there, and that no recipient was named."""
    everything = [row["ad"] for row in names_of(own_house)]
    assert records.recipients(ACTOR, own_house, everything) == []
    with pytest.raises(OSError):
        export.export(ACTOR, own_house, "mentions", Torn())
    listed = records.recipients(ACTOR, own_house, everything)
    assert listed and {row["recipient"] for row in listed} == {f"not said by {ACTOR.name}"}
