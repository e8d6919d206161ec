"""How each screen and each dialog is reached, as a person reaches it; `bench.screens` draws them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bench.serving import settle

TEXT = (
    "Hello, I am Amber, in Reno until Friday. Massage and company. Call 702 five55 zero1 four4. 150 an hour."
)
Go = Callable[[Any], None]


def _triage(page: Any) -> None:
    page.goto("/triage?view=all")
    page.wait_for_selector(".lead-panel .reason")
    page.wait_for_selector(".lead-panel canvas, .lead-panel .meta")


def _day(page: Any) -> None:
    page.goto("/triage")
    page.wait_for_selector(".lead-panel .reason, .empty")


def _press(key: str, ready: str, *, before: Go = _triage) -> Go:
    def go(page: Any) -> None:
        before(page)
        page.keyboard.press(key)
        page.wait_for_selector(ready)

    return go


def _dossier(page: Any) -> None:
    _triage(page)
    page.click(".lead-head a")
    page.wait_for_selector(".centre .ad")


def _tab(key: str, ready: str) -> Go:
    return _press(key, ready, before=_dossier)


def _cut(page: Any) -> None:
    _tab("b", ".chain")(page)
    page.locator("dialog .row .button").press("Enter")
    page.wait_for_selector(".judge table")
    page.locator(".judge table").first.scroll_into_view_if_needed()


def _node(page: Any) -> None:
    _tab("3", ".graph[data-laid=true]")(page)
    page.locator(".link-list button.chip").first.press("Enter")
    page.wait_for_selector(".links-node")


def _notes(page: Any) -> None:
    _tab("7", ".note-form")(page)
    for text in ("Two people share one flat, says the landlord.", "Ask the desk in Reno."):
        page.fill(".note-form textarea", text)
        page.get_by_role("button", name="Keep the note").press("Enter")
        page.locator(".note-text", has_text=text).first.wait_for()


def _join(page: Any) -> None:
    """The first lead of the queue that another group stands beside."""
    _triage(page)
    other = page.locator(".link-list button.chip", has_text="Other group").first
    for lead in range(12):
        page.locator(".queue-row").nth(lead).click()
        settle(page)
        page.click(".lead-head a")
        page.wait_for_selector(".centre .ad")
        page.keyboard.press("3")
        page.wait_for_selector(".graph[data-laid=true]")
        page.focus(".links-controls input[type=range]")
        page.keyboard.press("Home")
        if other.count():
            break
        _triage(page)
    other.press("Enter")
    page.get_by_role("button", name="Join with it").press("Enter")
    page.wait_for_selector("dialog .judge table")


def _search(page: Any, text: str = "") -> None:
    page.goto("/search")
    page.wait_for_selector(".hits .ad")
    if text:
        page.fill("#query", text)
        page.keyboard.press("Enter")
        page.wait_for_selector(".query-chip, #refused, .empty")


def _found(text: str) -> Go:
    return lambda page: _search(page, text)


def _network(page: Any) -> None:
    _search(page, "has:phone city:Reno")
    page.click(".found-line .plain >> nth=0")
    page.wait_for_selector(".network-answer")


def _list(page: Any) -> None:
    page.goto("/list")
    page.wait_for_selector("textarea")
    page.fill("textarea", 'phone:702*\nnosuchword\n"quiet flat"\ncity:Reno\n"open\nAmber')
    page.click(".form .main")
    page.wait_for_selector(".hit-table .wrong")


def _add(page: Any) -> None:
    page.goto("/add")
    page.wait_for_selector("textarea")


def _added(page: Any) -> None:
    _add(page)
    page.fill("textarea", TEXT)
    page.click(".form .main")
    page.wait_for_selector(".ad-text.whole .mark")


def _ad(page: Any) -> None:
    _search(page)
    page.click(".hits .ad-id >> nth=0")
    page.wait_for_selector(".ad-columns .facts-list")


def _grouped(page: Any) -> None:
    _search(page, "has:phone city:Reno")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="By group").press("Enter")
    page.wait_for_selector(".hit-group .ad")


def _watches(page: Any) -> None:
    _search(page, "has:phone city:Reno")
    page.get_by_role("button", name="Save this search").press("Enter")
    page.wait_for_selector("dialog[open]")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog", state="detached")
    page.goto("/watches")
    page.get_by_role("button", name="Look").first.press("Enter")
    page.get_by_text("until now").wait_for()


def _audit(page: Any) -> None:
    page.goto("/audit")
    page.wait_for_selector(".people tbody tr")


def _missing(page: Any) -> None:
    page.goto("/identity/nosuchgroup")
    page.wait_for_selector(".note.danger")


def _account(page: Any) -> None:
    page.goto("/account")
    page.get_by_role("heading", name="Account").wait_for()


def _looks(page: Any) -> None:
    _dossier(page)
    page.get_by_role("button", name="Who looked at this").press("Enter")
    page.wait_for_selector("dialog tbody tr")


def _watch(page: Any) -> None:
    _search(page, "has:phone city:Reno")
    page.get_by_role("button", name="Save this search").press("Enter")
    page.wait_for_selector("dialog[open] .main")


def _reason(page: Any) -> None:
    _triage(page)
    page.locator(".reason button").first.press("Enter")
    page.wait_for_selector("dialog .ad")


def _area(page: Any) -> None:
    _day(page)
    page.locator(".day-bar .plain").first.press("Enter")
    page.wait_for_selector("dialog textarea")


def _full(page: Any) -> None:
    _tab("2", ".wording-table tbody tr")(page)
    page.get_by_role("button", name="Full text").press("Enter")
    page.wait_for_selector(".full-texts .ad")


def _records(page: Any) -> None:
    """What persons asked for, held ads, a correction, and what was handed out."""
    _ad(page)
    ad = page.url.rpartition("/")[2].partition("?")[0]
    for act in ("ask", "hold", "disclose", "correct"):
        _look_first(page, ad, act)
        if act == "disclose":
            page.get_by_label("To whom").fill("the desk in Reno")
            page.get_by_label("What was handed over").fill("two pages")
        page.get_by_label("Why").fill("asked at the desk")
        page.get_by_role("button", name="Do this").click()  # once its values are there
        page.wait_for_selector("dialog", state="detached")
    page.get_by_text("Corrections that stand").wait_for()


def _look_first(page: Any, ad: str, act: str) -> None:
    page.goto("/records")
    page.get_by_label("Ids of ads").fill(ad)
    page.get_by_role("combobox", name="Act").select_option(act)
    page.get_by_role("button", name="Look first").press("Enter")
    page.get_by_text("1 ad;").wait_for()


def _records_act(page: Any) -> None:
    _ad(page)
    _look_first(page, page.url.rpartition("/")[2].partition("?")[0], "ask")


def _cases(page: Any) -> None:
    page.goto("/cases")
    page.wait_for_selector(".people")


def _case(page: Any) -> None:
    """A case made for the picture; the demo's one person leads it alone."""
    _cases(page)
    page.get_by_label("Title").fill("Harbour street")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Seal the case").wait_for()


def _urgent(page: Any) -> None:
    page.goto("/urgent")
    page.wait_for_selector(".people")


SCREENS: dict[str, Go] = {
    "triage": _triage,
    "triage-day": _day,
    "triage-reason": _reason,
    "triage-area": _area,
    "triage-dismiss": _press("d", "dialog[open] .choices"),
    "triage-snooze": _press("s", "dialog[open]"),
    "triage-urgent": _press("p", "dialog[open] .choices"),
    "help": _press("?", "dialog[open]"),
    "dossier": _dossier,
    "wording": _tab("2", ".wording-table tbody tr"),
    "wording-full": _full,
    "links": _tab("3", ".graph[data-laid=true]"),
    "links-node": _node,
    "movement": _tab("4", ".stays li"),
    "photos": _tab("5", ".photo-cards li"),
    "history": _tab("6", ".history .meta"),
    "notes": _notes,
    "pair": _tab("b", ".chain"),
    "cut": _cut,
    "join": _join,
    "search": _search,
    "search-groups": _grouped,
    "search-query": _found('phone:702* "available" -city:Reno'),
    "search-nothing": _found("has:phone nosuchwordanywhere"),
    "search-refused": _found("near:nowhere"),
    "start": _press("n", "dialog .form", before=_search),
    "network": _network,
    "list": _list,
    "ad": _ad,
    "add": _add,
    "added": _added,
    "outcome": _tab("o", "dialog[open] .choices"),
    "urgent": _urgent,
    "case": _case,
    "cases": _cases,
    "watches": _watches,
    "watch": _watch,
    "audit": _audit,
    "looks": _looks,
    "records": _records,
    "records-act": _records_act,
    "account": _account,
    "missing": _missing,
}
