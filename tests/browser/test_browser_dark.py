"""The whole rule set in the dark theme, over every screen and dialog that pictures are made of."""

from contextlib import suppress

import pytest
from browser_kit import MARKS

from bench.screens_people import draw_people
from bench.screens_ways import SCREENS
from bench.serving import settle

pytestmark = [*MARKS, pytest.mark.soak]

# Milliseconds: a search takes 3 s here, and 20 s where the page gets a twelfth of a core; none was lost.
PATIENCE = 60_000


def darkly(page, axe):
    """Return the rules that a page breaks in the dark theme, whatever their kind."""
    page.emulate_media(color_scheme="dark")
    page.wait_for_selector("html[data-theme=dark]")
    return axe(page, whole=True)


@pytest.mark.parametrize("screen", list(SCREENS))
def test_no_rule_is_broken_in_the_dark_theme(open_page, axe, screen):
    page, _ = open_page("/account")
    page.context.set_default_timeout(PATIENCE)
    SCREENS[screen](page)
    settle(page)
    assert darkly(page, axe) == []


def test_nor_where_people_come_in(chromium, axe, seeded, tmp_path):
    """The door, the purpose, and where the work of each role begins."""
    found, contexts = {}, []

    def opened(address):
        contexts.append(chromium.new_context(base_url=address, locale="en-GB", reduced_motion="reduce"))
        return contexts[-1]

    draw_people(
        opened, seeded, tmp_path / "people", lambda page, name: found.update({name: darkly(page, axe)})
    )
    for context in contexts:
        with suppress(Exception):  # most are closed by then
            context.close()
    assert len(found) >= 10 and not [name for name in found if "failed" in name]
    assert {name: broken for name, broken in found.items() if broken} == {}
