"""People who advertise for themselves, alone or as friends, and one who does not decide for herself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from homeward.collect.world.banks import bank
from homeward.collect.world.draft import Draft, Photo, Stage, Task
from homeward.collect.world.obscure import STYLES
from homeward.collect.world.people import Persona, draw_persona
from homeward.collect.world.places import SITES, cities, cities_of
from homeward.collect.world.voice import (
    Wording,
    draw_sentence,
    draw_style,
    draw_wording,
    person_sections,
    template_of,
)  # fmt: skip


def days_of(task: Task, rng: Random) -> list[float]:
    """Return the days on which an advertiser places her ads, in order."""
    return sorted(task.start + rng.random() * task.length for _ in range(task.ads))


def some_photos(task: Task, rng: Random, low: int, high: int) -> tuple[int, ...]:
    """Return the pictures that one person owns; no two advertisers own the same."""
    return tuple(task.no * 64 + rng.randrange(4) * 8 + k for k in range(rng.randint(low, high)))


def shown(pictures: tuple[int, ...], rng: Random) -> tuple[Photo, ...]:
    """Return the pictures that one ad shows, some of them re-encoded."""
    if not pictures:
        return ()
    k = min(len(pictures), 1 + int(rng.random() * 3))
    return tuple(
        (p, 0 if rng.random() < 0.75 else 1 + int(rng.random() * 3)) for p in rng.sample(pictures, k)
    )


def maybe_shared_things(draft: Draft, stage: Stage, rng: Random) -> Draft:
    """Add what strangers share: a stock photo, a desk's number, a rival's number, a number in the address."""
    preset = stage.preset
    if rng.random() < preset.stock:
        draft.photos = (*draft.photos, (-1 - int(rng.random() * stage.stock), 0))
    if stage.hubs and rng.random() < preset.hub:
        draft.hub = stage.hubs[int(rng.random() * len(stage.hubs))]
    if stage.numbers.recent and rng.random() < preset.rival:
        rival = stage.numbers.recent[int(rng.random() * len(stage.numbers.recent))]
        draft.rival = rival if rival not in (draft.phone, draft.second_phone) else ""
    if draft.phone and rng.random() < preset.url_phone:
        draft.in_url = True
    elif draft.phone and rng.random() < preset.split_phone:
        draft.split = True
    return draft


def own_wording(task: Task, stage: Stage, rng: Random, extra: tuple[str, ...] = ()) -> Wording:
    """Return a person's own wording, or the one she bought from an ad-writing service."""
    if stage.services and task.language == "en" and not extra and rng.random() < stage.preset.service:
        return stage.services[int(rng.random() * len(stage.services))]
    return draw_wording(f"t-{task.no}", task.language, person_sections(rng, extra), rng)


def independent(task: Task, stage: Stage, rng: Random) -> Iterator[Draft]:
    """An independent adult with habits of her own; she may tour, hide her number, or change it once."""
    preset, owner = stage.preset, f"p-{task.no}"
    who = draw_persona(owner, rng, some_photos(task, rng, 0, 4))
    wording = own_wording(task, stage, rng)
    again = wording if rng.random() < 0.8 else draw_wording(
        f"t-{task.no}b", task.language, person_sections(rng), rng, style=wording.style
    )  # fmt: skip
    homes = cities_of(task.language)
    home = rng.choice(homes)
    towns = [home] if rng.random() < 0.8 else [home, *rng.sample(homes, 2)]
    sites = rng.sample(range(len(SITES)), rng.randint(1, 2))
    phone = stage.numbers.take(cities()[home].area_codes, task.start)
    later = stage.numbers.take(cities()[home].area_codes, task.start) if rng.random() < 0.06 else phone
    hides = rng.choice(STYLES) if rng.random() < preset.obscured else ""
    handle = who.handle if rng.random() < 0.25 else None
    email = who.email if rng.random() < 0.12 else ""
    url = who.url if rng.random() < 0.08 else ""
    edit = rng.choice((0.0, 0.03, 0.06, 0.15))
    days = days_of(task, rng)
    for k, day in enumerate(days):
        text = again if rng.random() < 0.3 else wording
        number = phone if 2 * k < len(days) else later
        if rng.random() < preset.own_phone_missing and (handle or email or url):
            number = ""
        yield maybe_shared_things(
            Draft(
                day, "independent", f"n-{task.no}", owner, text.template, text, who,
                towns[k * len(towns) // len(days)], rng.choice(sites), number, hides, handle=handle,
                email=email, url=url, photos=shown(who.photos, rng) if rng.random() < 0.7 else (), edit=edit,
            ), stage, rng,
        )  # fmt: skip
    stage.numbers.free(later, task.start + task.length)


def single(task: Task, stage: Stage, rng: Random) -> Iterator[Draft]:
    """One controlled person with few ads: somebody else writes, answers and hides the number."""
    owner = f"p-{task.no}"
    who = draw_persona(owner, rng, some_photos(task, rng, 1, 3))
    wording = draw_wording(
        f"t-{task.no}", task.language, person_sections(rng, ("thirdparty", "thirdparty")), rng
    )
    towns = rng.sample(cities_of(task.language), 2)
    hides = rng.choice(STYLES)
    first = stage.numbers.take(cities()[towns[0]].area_codes, task.start)
    second = stage.numbers.take(cities()[towns[0]].area_codes, task.start) if rng.random() < 0.4 else first
    days = days_of(task, rng)
    for k, day in enumerate(days):
        yield Draft(
            day, "network", f"n-{task.no}", owner, wording.template, wording, who,
            towns[2 * k // len(days)], rng.randrange(len(SITES)), first if 2 * k < len(days) else second,
            hides, photos=shown(who.photos, rng), edit=0.05,
        )  # fmt: skip
    stage.numbers.free(second, task.start + task.length)


def friends(task: Task, stage: Stage, rng: Random) -> Iterator[Draft]:
    """Two friends who share a telephone and a flat, each writing for herself and setting her own prices."""
    yield from _pair(task, stage, rng, one_phone=True)


def touring(task: Task, stage: Stage, rng: Random) -> Iterator[Draft]:
    """Two who travel together by choice: own numbers and wordings, the same cities on the same days."""
    yield from _pair(task, stage, rng, one_phone=False)


def _pair(task: Task, stage: Stage, rng: Random, *, one_phone: bool) -> Iterator[Draft]:
    extra = ("friend",) if one_phone else ("friend", "tour")
    people: list[tuple[Persona, Wording]] = []
    for mark in "ab":
        first = task.no * 64 + (mark == "b") * 32
        pictures = tuple(first + k for k in range(rng.randint(0, 3)))
        who = draw_persona(f"p-{task.no}{mark}", rng, pictures)
        wording = draw_wording(f"t-{task.no}{mark}", task.language, person_sections(rng, extra), rng)
        people.append((who, wording))
    homes = cities_of(task.language)
    towns = [rng.choice(homes)] if one_phone else rng.sample(homes, rng.randint(2, 4))
    phone = stage.numbers.take(cities()[towns[0]].area_codes, task.start)
    other = phone if one_phone else stage.numbers.take(cities()[towns[0]].area_codes, task.start)
    hides = rng.choice(STYLES) if rng.random() < stage.preset.obscured else ""
    sites = rng.sample(range(len(SITES)), 2)
    days = days_of(task, rng)
    for k, day in enumerate(days):
        j, both = k % 2, not one_phone and rng.random() < 0.3
        (who, wording), (friend, _) = people[j], people[1 - j]
        yield maybe_shared_things(
            Draft(
                day, "friends", f"n-{task.no}", who.id, wording.template, wording, who,
                towns[k * len(towns) // len(days)], rng.choice(sites), (phone, other)[j], hides,
                second=friend.name, second_phone=(other, phone)[j] if both else "",
                photos=shown(who.photos, rng), edit=0.05,
            ), stage, rng,
        )  # fmt: skip
    stage.numbers.free(phone, task.start + task.length)


def generic(task: Task, stage: Stage, rng: Random) -> Iterator[Draft]:
    """A short text of the kind many unrelated people write: a name, a number, call me."""
    owner = f"p-{task.no}"
    who = draw_persona(owner, rng, some_photos(task, rng, 0, 1))
    language = task.language if "generic" in bank(task.language) else "en"
    style = draw_style(rng, language)
    # Short texts carry few habits: without emoji and short forms they look alike, as real ones do.
    style = replace(style, emoji=(), habits=(), end="", case=rng.choice((0, 0, 2)))
    wording = draw_wording("", language, ["generic"], rng, title="title_generic", style=style)
    wording = replace(wording, template=template_of(wording))
    homes = cities_of(language)
    home = rng.choice(homes)
    phone = stage.numbers.take(cities()[home].area_codes, task.start)
    hides = rng.choice(STYLES) if rng.random() < stage.preset.obscured / 2 else ""
    for day in days_of(task, rng):
        yield maybe_shared_things(
            Draft(
                day, "generic", f"n-{task.no}", owner, wording.template, wording, who, home,
                rng.randrange(len(SITES)), phone, hides, photos=shown(who.photos, rng),
            ), stage, rng,
        )  # fmt: skip
    stage.numbers.free(phone, task.start + task.length)


def service_wordings(count: int, rng: Random) -> list[Wording]:
    """Return the texts that ad-writing services sell to whoever pays: unrelated buyers share them."""
    out = []
    for k in range(count):
        sections = [s for s in person_sections(rng) if s not in ("handle", "email", "url")]
        out.append(draw_wording(f"t-service{k}", "en", [*sections, "handle", "email"], rng))
    return out


def sentence_of(section: str, wording: Wording, rng: Random) -> tuple[str, ...]:
    """Return one more sentence in an author's typing, in English where her language has no such section."""
    return draw_sentence(section, wording.language, wording.style, rng) or draw_sentence(
        section, "en", wording.style, rng
    ) or ("",)  # fmt: skip
