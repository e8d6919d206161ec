"""How long things are kept is set within bounds, by two beyond five years; old details are let go of."""

from datetime import timedelta

import pytest

from homeward.app import alarm, doctor
from homeward.app.audit.verify import check_log
from homeward.app.settings import load
from homeward.desk import audit, cases, periods, records, requests
from homeward.model.actor import Actor, Role
from homeward.model.errors import NotAllowed, SecondPersonNeeded, StorageFull, UsageError
from homeward.model.event import Act
from homeward.store import disk
from homeward.store.ledger import events
from people_kit import LOCAL, Clock, account, api
from surroundings import environment

RITA = Actor("rita", "api", Role.RECORDS, fresh=True)
SUE = Actor("sue", "api", Role.SUPERVISOR, fresh=True)
LONGER = 6 * 365


def read(house):
    with house.ledger.read() as tx:
        return list(events.read(tx, limit=1_000))


@pytest.mark.trust("PRV-2")
def test_ads_are_due_after_the_period_that_was_set(own_house):
    """By the clock; before it none is, and after a longer one was set none is again."""
    clock = Clock(own_house)
    periods.set_ads(LOCAL, own_house, 100, why="our policy")  # with no accounts one is alone
    assert records.due(LOCAL, own_house)["total"] == 0
    clock.goes(days=101)
    due = records.due(LOCAL, own_house)
    everything = own_house.lake.read("ads", columns=["ad"])["ad"].unique()
    assert due["total"] == len(everything) and due["kept_days"] == 100
    periods.set_ads(RITA, own_house, 200, why="our new policy")
    assert records.due(LOCAL, own_house)["total"] == 0


@pytest.mark.trust("PRV-2", "ACL-7")
def test_more_than_five_years_takes_two_and_exactly_these_days(empty_house):
    """Alone and for other days it is refused, also on the command line; agreed it serves once."""
    account(empty_house, "sue", Role.SUPERVISOR)
    for who in (RITA, LOCAL):
        with pytest.raises(SecondPersonNeeded):
            periods.set_ads(who, empty_house, LONGER, why="an old case")
        asked = requests.ask_for(who, empty_house, periods.OVERRIDE, {"days": str(LONGER)}, "an old case")
        requests.answer(SUE, empty_house, asked["id"], True)
        with pytest.raises(SecondPersonNeeded):
            periods.set_ads(who, empty_house, LONGER + 1, why="an old case")
        assert periods.set_ads(who, empty_house, LONGER, why="an old case")["ads_days"] == LONGER
        with pytest.raises(SecondPersonNeeded):
            periods.set_ads(who, empty_house, LONGER, why="once more")
    assert periods.page(RITA, empty_house)["ads_days"] == LONGER


@pytest.mark.parametrize(
    "refused",
    [lambda h: periods.set_ads(RITA, h, 0, why="x"), lambda h: periods.set_ads(RITA, h, 3_651, why="x"),
     lambda h: periods.set_ads(RITA, h, 90, why=" "), lambda h: periods.set_log(RITA, h, 364, why="x")],
)  # fmt: skip
def test_what_is_out_of_bounds_is_refused(empty_house, refused):
    """And what stood before stands."""
    before = periods.page(RITA, empty_house)
    with pytest.raises(UsageError):
        refused(empty_house)
    assert periods.page(RITA, empty_house) == before


def test_nobody_but_the_records_officer_sets_it(empty_house):
    """An administrator and an auditor see it."""
    for role in (Role.ADMINISTRATOR, Role.AUDITOR):
        somebody = Actor("somebody", "api", role, fresh=True)
        assert periods.page(somebody, empty_house)["ads_days"] == periods.ALONE_DAYS
        with pytest.raises(NotAllowed):
            periods.set_ads(somebody, empty_house, 90, why="x")


@pytest.mark.trust("AUD-8")
def test_details_past_their_period_are_unreadable_and_every_proof_holds(empty_house):
    """By the clock: a year and a day later the old ones are gone, the young stay, and the log verifies."""
    clock = Clock(empty_house)
    for n in range(250):
        cases.make(LOCAL, empty_house, f"The quiet house {n}")
    periods.set_log(RITA, empty_house, 365, why="our policy")
    clock.goes(days=364)
    assert periods.shred(RITA, empty_house)["events"] == 0
    cases.make(LOCAL, empty_house, "The young house")
    clock.goes(days=2)
    assert periods.page(RITA, empty_house)["log_past"] == 251
    assert periods.shred(RITA, empty_house)["events"] == 251
    told = read(empty_house)
    assert all(one.erased for one in told[:251]) and not any(one.erased for one in told[251:])
    assert not any(one.event.detail for one in told[:251]) and told[251].event.detail
    assert audit.verify(LOCAL, empty_house, check_log)["wrong"] == []
    clock.goes(days=365)
    assert periods.let_go(empty_house) > 0 and periods.let_go(empty_house) == 0
    assert audit.verify(LOCAL, empty_house, check_log)["wrong"] == []
    periods.set_log(RITA, empty_house, None, why="kept for ever")
    clock.goes(days=900)
    assert periods.shred(RITA, empty_house)["events"] == 0


@pytest.mark.trust("AUD-6")
def test_a_place_of_checkpoints_that_is_down_is_said_within_the_hour(tmp_path, capsys):
    """One of two is gone: the server's own trying says so, every screen and doctor; then it is back."""
    from homeward.app import compose

    there, gone = tmp_path / "there", tmp_path / "gone"
    env = environment(tmp_path) | {"HOMEWARD_CHECKPOINTS": f"{there}:{gone}"}
    settings = load(env, home=tmp_path / "home")
    compose.make(settings)
    gone.write_text("a file where the folder was")
    with compose.opened(settings) as house:
        clock = Clock(house)
        object.__setattr__(house.watch, "clock", lambda: clock.now)
        heart, client = alarm.Heart(house, settings.state), api(house)
        heart.beat()
        clock.goes(minutes=61)
        heart.beat()
        assert str(gone) in capsys.readouterr().err and there.is_dir()
        assert str(gone) in client.get("/api/session").json()["log_trouble"]
        assert [c["state"] for c in doctor.examine(settings) if str(gone) in c["found"]] == ["bad"]
        gone.unlink()
        heart.beat()
        assert capsys.readouterr().err == "" and client.get("/api/session").json()["log_trouble"] == ""
        [kept, back] = [next(place.glob("*.checkpoint")).read_text() for place in (there, gone)]
        assert kept == back


@pytest.mark.trust("AUD-8")
def test_a_log_that_cannot_be_written_is_said_within_the_hour(tmp_path, monkeypatch, capsys):
    """By the server's own trying, on every screen, and by doctor; it ends once the log is written again."""
    from homeward.app import compose

    settings = load(environment(tmp_path), home=tmp_path / "home")
    compose.make(settings)
    with compose.opened(settings) as house:
        heart, client = alarm.Heart(house, settings.state), api(house)
        assert heart.beat() == "" and client.get("/api/session").status_code == 200

        def full(name):
            if name == "events.record":
                raise StorageFull("The disk is full.")

        monkeypatch.setattr(disk, "on_failpoint", full)
        assert "The disk is full" in heart.beat() and "ALARM" in capsys.readouterr().err
        assert client.get("/api/session").status_code == 507
        monkeypatch.setattr(disk, "on_failpoint", None)
        [said] = [c for c in doctor.examine(settings) if c["check"] == "log alarm"]
        assert said["state"] == "bad" and "The disk is full" in said["found"]
        assert heart.beat() == ""
        assert not [c for c in doctor.examine(settings) if c["check"] == "log alarm"]
        alarms = [one.event for one in read(house) if one.event.act is Act.ALARM]
        assert len(alarms) == 1 and "The disk is full" in alarms[0].detail["trouble"]
    assert timedelta(seconds=alarm.EVERY) <= timedelta(minutes=30)
