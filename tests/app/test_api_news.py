"""Waiting for news: told soon of a mark from anywhere, bounded, over with the session; a word and no more."""

import asyncio
import time
from contextlib import asynccontextmanager

import httpx
import pytest

from homeward.app.api.news import News
from homeward.desk import doors, people, records, runs, urgent
from homeward.model.actor import Actor, Purpose, Role
from people_kit import BASE, COOKIE, LOCAL, OURS, Clock, account, over, session

ANN = Actor("ann", "api", Role.ANALYST, Purpose.IDENTIFY, fresh=True)
DORA = Actor("dora", "api", Role.SUPERVISOR, Purpose.IDENTIFY, fresh=True)
RITA = Actor("rita", "api", Role.RECORDS, Purpose.DISCLOSURE, fresh=True)


class Ben:
    """Somebody with a session, who waits for news."""

    def __init__(self, house, news, client, token):
        self.house, self.news, self.client, self.token = house, news, client, token

    async def word(self):
        return (await self.client.get("/api/session")).json()["news"]

    async def waits(self, after, seconds=15):
        began = time.monotonic()
        answer = await self.client.get(f"/api/session/news?after={after}&seconds={seconds}")
        return answer, time.monotonic() - began

    async def meanwhile(self, act, **waiting):
        """Do something while he waits; return his answer and the seconds from the act to it."""
        task = asyncio.ensure_future(self.waits(await self.word(), **waiting))
        while not self.news.waiting:
            await asyncio.sleep(0.01)
        began = time.monotonic()
        await asyncio.to_thread(act)
        answer, _ = await task
        return answer, time.monotonic() - began


def with_ben(house, do, **bounds):
    """Run what Ben does; nobody watches afterwards."""
    for name, role in (("ann", Role.ANALYST), ("ben", Role.ANALYST), ("dora", Role.SUPERVISOR)):
        account(house, name, role)
    token = session(house, "ben", Role.ANALYST, purpose=Purpose.IDENTIFY)

    @asynccontextmanager
    async def there():
        news = News(**bounds)
        door = httpx.ASGITransport(over(house, news=news), raise_app_exceptions=False)
        async with httpx.AsyncClient(
            transport=door, base_url=BASE, headers=OURS, cookies={COOKIE: token}, timeout=None
        ) as client:
            yield Ben(house, news, client, token)

    async def run():
        async with there() as ben:
            assert not ben.news.watched
            await do(ben)
            for _ in range(500):
                if not ben.news.watched:
                    return
                await asyncio.sleep(0.01)
            raise AssertionError("it goes on watching for nobody")

    asyncio.run(run())


@pytest.mark.trust("SAF-6")
def test_whoever_waits_is_told_of_a_mark_and_of_its_end(own_house):
    """Within a second, also where another process sets it (its own connection); and of nothing but that."""
    lead = runs.current(own_house).leads[0]["id"]

    async def do(ben):
        first = await ben.word()
        answer, took = await ben.meanwhile(lambda: urgent.flag(ANN, own_house, lead, "possible-child"))
        assert answer.json().keys() == {"news"} and answer.json()["news"] != first
        assert await ben.word() == answer.json()["news"]
        [mark] = urgent.listing(DORA, own_house)["marks"]
        lifted, later = await ben.meanwhile(lambda: urgent.lift(DORA, own_house, mark["id"], why="a slip"))
        assert lifted.json()["news"] not in (first, answer.json()["news"])
        print(f"told {took:.2f} s after the mark, {later:.2f} s after its end")
        assert max(took, later) < 5  # a busy machine; the word is looked for every quarter of a second

    with_ben(own_house, do)


def test_whoever_waits_is_told_of_what_was_asked_to_be_restricted(own_house):
    """As of a mark; a request that waits for its answer is no news."""
    lead = runs.current(own_house).leads[0]
    ads = runs.current(own_house).identity(lead["identity"])["ads"][:1]

    async def do(ben):
        first = await ben.word()
        key = records.ask(RITA, own_house, ads, kind="restrict", grounds="wrong")["reference"]
        assert await ben.word() == first
        answer, _ = await ben.meanwhile(lambda: records.restrict(RITA, own_house, key, why="asked"))
        assert answer.json()["news"] != first

    with_ben(own_house, do)


def test_without_news_it_ends_in_time(empty_house):
    """With the same word; at once where one asks for no waiting, or says another word than now's."""

    async def do(ben):
        word = await ben.word()
        for after, seconds in ((word, 0), ("other", 15), ("", 15)):
            answer, took = await ben.waits(after, seconds)
            assert answer.json() == {"news": word} and not ben.news.watched
        answer, took = await ben.waits(word, 1)
        assert (answer.status_code, answer.json()) == (200, {"news": word}) and took >= 0.9
        assert (await ben.waits(word, 16))[0].status_code == 422
        del ben.client.cookies[COOKIE]
        assert (await ben.waits(word))[0].status_code == 401

    with_ben(empty_house, do)


def test_it_ends_with_the_session(empty_house):
    """Signing out and cutting off end it at once, by 401; others who sign out do not; idle, it is over."""
    ben_himself = Actor("ben", "api", Role.ANALYST, Purpose.IDENTIFY, fresh=True)

    async def do(ben):
        other = session(empty_house, "ann", Role.ANALYST)
        answer, took = await ben.meanwhile(lambda: doors.sign_out(ANN, empty_house, other), seconds=2)
        assert answer.status_code == 200 and took > 1
        answer, took = await ben.meanwhile(lambda: doors.sign_out(ben_himself, empty_house, ben.token))
        assert answer.status_code == 401 and took < 5
        ben.client.cookies.set(COOKIE, session(empty_house, "ben", Role.ANALYST))
        answer, took = await ben.meanwhile(lambda: people.disable(LOCAL, empty_house, "ben"))
        assert answer.status_code == 401 and took < 5

    with_ben(empty_house, do)


def test_waiting_prolongs_no_session(empty_house):
    """Whoever only waits is idle; the session ends as if they did not."""
    clock = Clock(empty_house)

    async def do(ben):
        word = await ben.word()
        for _ in range(3):
            clock.goes(minutes=6)
            answer, _ = await ben.waits(word, 0)
        assert answer.status_code == 401

    with_ben(empty_house, do)


def test_only_so_many_wait(empty_house):
    """One window too many of a person, or one person too many, comes again later; then there is room."""

    async def do(ben):
        word = await ben.word()
        first = asyncio.ensure_future(ben.waits(word, 2))
        while not ben.news.waiting:
            await asyncio.sleep(0.01)
        answer, _ = await ben.waits(word, 2)
        assert (answer.status_code, answer.headers["retry-after"]) == (429, "30")
        assert (await first)[0].status_code == 200
        assert (await ben.waits(word, 1))[0].status_code == 200

    with_ben(empty_house, do, most_of_one=1)


def test_nobody_waits_for_a_server_that_stops(empty_house):
    """Its end ends all waiting, with the same word, and lets nobody begin."""

    async def do(ben):
        word = await ben.word()
        answer, took = await ben.meanwhile(ben.news.close)
        assert answer.json() == {"news": word} and took < 5
        assert (await ben.waits(word))[1] < 5

    with_ben(empty_house, do)
