"""Below the desk's own filters: with all of them off, restricted ads are still in no row and no count."""

from dataclasses import replace

import pytest

from homeward.desk import (
    ads,
    chains,
    export,
    history,
    identity,
    judge,
    leads,
    links,
    movement,
    networks,
    photos,
    records,
    review,
    roads,
    runs,
    search,
    urgent,
    veil,
)
from homeward.model.actor import Actor, Purpose, Role
from homeward.model.errors import NotFound, Restricted
from homeward.model.judgement import Judgement
from homeward.store.ledger import judgements

ANN = Actor("ann", "api", Role.ANALYST, Purpose.IDENTIFY)
BEN = Actor("ben", "api", Role.ANALYST, Purpose.IDENTIFY)
LOCAL = Actor("local:1000", "cli")
NOTHING = "nothing is told"
CANARY = "zqcanary: one voice in both"


def looked(house, lead, ad):
    """What Ben is told by every look at a lead, an ad of it, and everything that lists or counts."""
    run = runs.current(house)
    group, two = run.lead(lead)["identity"], run.identity(run.lead(lead)["identity"])["ads"][:2]
    asks = {
        "queue": lambda: [leads.queue(BEN, house, tab=tab, limit=200) for tab in leads.TABS],
        "told": lambda: leads.told(BEN, house, limit=50), "lead": lambda: leads.page(BEN, house, lead),
        "why": lambda: chains.of_lead(BEN, house, lead), "ad": lambda: ads.page(BEN, house, ad),
        "dossier": lambda: identity.dossier(BEN, house, group),
        "ads": lambda: identity.ads_of(BEN, house, group),
        "wordings": lambda: identity.wordings(BEN, house, group),
        "links": lambda: links.page(BEN, house, group), "movement": lambda: movement.page(BEN, house, group),
        "photos": lambda: photos.photos(BEN, house, group),
        "pair": lambda: chains.page(BEN, house, group, *two),
        "alike": lambda: roads.alike(BEN, house, group), "surges": lambda: roads.surges(BEN, house),
        "search": lambda: {**search.search(BEN, house, "", limit=200, histogram=True, map=True), "s": ""},
        "list": lambda: search.list_search(BEN, house, ["city:reno", "incall"]),
        "network": lambda: networks.ask(BEN, house, "city:reno"),
        "history": lambda: history.page(BEN, house, group), "judged": lambda: review.judged(BEN, house),
    }  # fmt: skip
    told = {}
    for name, ask in asks.items():
        try:
            told[name] = ask()
        except (NotFound, Restricted):
            told[name] = NOTHING
    for what in export.COLUMNS:
        seen = veil.over(BEN, house)
        told[f"export {what}"] = list(export._rows(seen, what, level="network", all_captures=True))
    return told


@pytest.fixture(params=["a whole lead", "one ad of a lead"])
def kept(request, own_house):
    """A workspace with something restricted for Ben; the lead, and the ads that nobody may tell him of."""
    run = runs.current(own_house)
    if request.param == "a whole lead":
        lead = run.leads[0]
        first, second = run.identity(lead["identity"])["ads"][:2]
        judge.judge(LOCAL, own_house, first, second, Judgement.SAME, why=CANARY)
        urgent.flag(ANN, own_house, lead["id"], "possible-child")
        return own_house, lead["id"], set(run.identity(lead["identity"])["ads"])
    lead = next(one for one in run.leads if one["ads"] > 3)
    other, ad = run.identity(lead["identity"])["ads"][:2]
    judge.judge(LOCAL, own_house, other, ad, Judgement.SAME, why=CANARY)
    asked = records.ask(LOCAL, own_house, [ad], kind="restrict", grounds="shows-me")
    records.restrict(LOCAL, own_house, asked["reference"], why="it shows whoever asked")
    return own_house, lead["id"], {ad}


@pytest.mark.trust("ACL-4")
def test_with_every_filter_of_the_desk_off_nothing_more_is_told(kept, monkeypatch):
    """Rows, counts, groups, reasons and exports are the very same, and name none of the ads."""
    house, lead, hidden = kept
    ad = sorted(hidden)[0]
    captures = {row["capture"] for row in runs.current(house).members_of(sorted(hidden)).values()}
    with_filters = looked(house, lead, ad)
    over = veil.over
    monkeypatch.setattr(veil, "over", lambda actor, house: replace(over(actor, house), hidden={}))
    without = looked(house, lead, ad)

    assert {name: repr(told) for name, told in without.items()} == {
        name: repr(told) for name, told in with_filters.items()
    }
    assert without["ad"] == NOTHING != without["queue"]
    for name, told in without.items():
        assert not [one for one in {*hidden, *captures, CANARY} if one in repr(told)], name
    with house.ledger.read() as tx:
        assert CANARY in repr(judgements.history(tx))
