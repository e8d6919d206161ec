"""Several people under one operator: controlled networks, legal agencies, massage businesses, and bulk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import TypeVar

from homeward.collect.world.draft import Draft, Stage, Task
from homeward.collect.world.individuals import days_of, maybe_shared_things, shown
from homeward.collect.world.obscure import STYLES
from homeward.collect.world.people import NAMES, Persona, draw_handle, draw_persona
from homeward.collect.world.places import SITES, cities, cities_of
from homeward.collect.world.voice import RETIRE_AT, Wording, draw_wording, drifted, person_sections

Timeline = list[tuple[float, Wording]]
T = TypeVar("T")


def _cast(task: Task, rng: Random, count: int) -> list[Persona]:
    out = []
    for j in range(count):
        pictures = tuple(task.no * 64 + j * 8 + k for k in range(rng.randint(2, 5)))
        out.append(draw_persona(f"p-{task.no}.{j}", rng, pictures))
    return out


def _at(timeline: list[tuple[float, T]], day: float) -> T:
    found = timeline[0][1]
    for start, value in timeline:
        if start > day:
            break
        found = value
    return found


def _wordings(task: Task, stage: Stage, rng: Random) -> list[Timeline]:
    """Return each wording of a network as it drifts over its days, given up once it lost its shape."""
    nets = stage.preset.networks
    out: list[Timeline] = []
    for w in range(rng.randint(*nets.wordings)):
        if stage.services and task.language == "en" and rng.random() < nets.service:
            out.append([(task.start, rng.choice(stage.services))])
            continue
        born = 0
        extra = ("thirdparty",) if rng.random() < 0.5 else ("tour",) if rng.random() < 0.5 else ()
        wording = draw_wording(f"t-{task.no}.{w}.{born}", task.language, person_sections(rng, extra), rng)
        line: Timeline = [(task.start, wording)]
        day, lost = task.start, 0
        while (day := day + rng.uniform(*nets.drift_days)) < task.start + task.length:
            wording, touched = drifted(wording, nets.drift, rng)
            lost += touched
            if lost > RETIRE_AT * len(wording.sentences):
                born, lost = born + 1, 0
                wording = draw_wording(
                    f"t-{task.no}.{w}.{born}", task.language, person_sections(rng, extra), rng,
                    style=wording.style,
                )  # fmt: skip
            line.append((day, wording))
        out.append(line)
    return out


@dataclass(slots=True)
class _Operator:
    """How one network works: who shares which number when, where they are, what they show."""

    people: list[Persona]
    phones: list[list[tuple[float, str]]]  # for each person, the number from which day on
    circuit: list[int]
    stay: float
    apart: list[int]  # how many stops each person is ahead of the first
    sites: list[int]
    hides: list[str]
    handle: tuple[str, str]
    email: str


def _operator(task: Task, stage: Stage, rng: Random) -> _Operator:
    nets = stage.preset.networks
    count = max(2, min(rng.randint(*nets.personas), max(2, task.ads // 2)))
    people = _cast(task, rng, count)
    homes = cities_of(task.language)
    circuit = rng.sample(homes, rng.randint(2, 5))
    phones: list[list[tuple[float, str]]] = []
    for j in range(count):
        if j and rng.random() < nets.shared_phone:
            phones.append(phones[-1])
            continue
        line, day = [], task.start
        while day <= task.start + task.length:
            line.append((day, stage.numbers.take(cities()[circuit[0]].area_codes, day)))
            if len(line) > 1:
                stage.numbers.free(line[-2][1], day)
            day += rng.uniform(*nets.phone_days)
        phones.append(line)
    return _Operator(
        people, phones, circuit, rng.uniform(4, 12), [0 if rng.random() < 0.7 else 1 for _ in people],
        rng.sample(range(len(SITES)), rng.randint(2, 4)), rng.sample(STYLES, rng.randint(1, 3)),
        draw_handle(people[0].name, rng), people[0].email,
    )  # fmt: skip


def network(task: Task, stage: Stage, rng: Random) -> Iterator[Draft]:
    """A controlled network: several persons, rotating numbers, shared drifting wordings, a circuit."""
    nets = stage.preset.networks
    op, lines = _operator(task, stage, rng), _wordings(task, stage, rng)
    for k, day in enumerate(days_of(task, rng)):
        j = k if k < len(op.people) else int(rng.random() * len(op.people))
        who = op.people[j]
        wording = _at(lines[j % len(lines) if rng.random() < 0.75 else int(rng.random() * len(lines))], day)
        stop = (int((day - task.start) / op.stay) + op.apart[j]) % len(op.circuit)
        draft = Draft(
            day, "network", f"n-{task.no}", who.id, wording.template, wording, who, op.circuit[stop],
            rng.choice(op.sites), edit=nets.edit,
        )  # fmt: skip
        if rng.random() < 0.15:
            draft.who = who.as_alias(rng.choice(NAMES), max(21, who.age + rng.randint(-4, 4)))
        _network_contacts(draft, op, j, stage, rng)
        yield maybe_shared_things(draft, stage, rng)


def _network_contacts(draft: Draft, op: _Operator, j: int, stage: Stage, rng: Random) -> None:
    """Give a network's ad its number, handle, e-mail and photos; at least one of them can be met again."""
    nets = stage.preset.networks
    lasting = False
    if rng.random() >= nets.phone_missing:
        if rng.random() < nets.per_ad_phone:
            draft.phone = stage.numbers.take(cities()[draft.city].area_codes, draft.day)
        else:
            draft.phone, lasting = _at(op.phones[j], draft.day), True
        if rng.random() < nets.phone_obscured:
            draft.phone_style = rng.choice(op.hides)
    if rng.random() < nets.handle:
        lasting = True
        if rng.random() < 0.6:
            draft.handle = op.handle
        else:
            draft.email = op.email
    if rng.random() < nets.photos or not lasting:
        source = op.people[j]
        if rng.random() < nets.photo_reuse:
            source = op.people[int(rng.random() * len(op.people))]
        draft.photos = shown(source.photos, rng)


AGENCY = ["agency", "agency", "self", "looks", "visit", "agency", "rates", "thirdparty", "time", "contact",
          "email", "url"]  # fmt: skip


def agency(task: Task, stage: Stage, rng: Random) -> Iterator[Draft]:
    """A legal agency: one office number and page, adult companions who choose their hours, one wording."""
    people = _cast(task, rng, rng.randint(3, 7))
    home = rng.choice(cities_of("en"))
    sections = [s for s in AGENCY if s in ("agency", "contact", "url") or rng.random() < 0.8]
    wording = draw_wording(f"t-{task.no}", "en", sections, rng, title="title_agency")
    phone = stage.numbers.take(cities()[home].area_codes, task.start)
    url, email = people[0].url, people[0].email
    sites = rng.sample(range(len(SITES)), 2)
    hour, half = people[0].hour, people[0].half
    for k, day in enumerate(days_of(task, rng)):
        who = people[k % len(people)]
        yield maybe_shared_things(
            Draft(
                day, "agency", f"n-{task.no}", who.id, wording.template, wording,
                replace(who, hour=hour, half=half), home, rng.choice(sites), phone, url=url, email=email,
                photos=shown(who.photos, rng), edit=0.02,
            ), stage, rng,
        )  # fmt: skip


MASSAGE = ["massage", "massage", "massage", "massage", "time", "rates", "address", "contact"]


def massage(task: Task, stage: Stage, rng: Random) -> Iterator[Draft]:
    """A massage business: a shop with an address, one number and opening hours, on several sites."""
    who, other = _cast(task, rng, 2)
    home = rng.choice(cities_of("en"))
    sections = [s for s in MASSAGE if s in ("massage", "contact") or rng.random() < 0.7]
    rng.shuffle(sections)
    wording = draw_wording(f"t-{task.no}", "en", sections, rng, title="title_massage")
    phone = stage.numbers.take(cities()[home].area_codes, task.start)
    sites = rng.sample(range(len(SITES)), 3)
    for day in days_of(task, rng):
        yield maybe_shared_things(
            Draft(
                day, "massage", f"n-{task.no}", f"p-{task.no}", wording.template, wording, who, home,
                rng.choice(sites), phone, second=other.name,
                photos=shown(who.photos, rng) if rng.random() < 0.4 else (),
            ), stage, rng,
        )  # fmt: skip


def spam(task: Task, stage: Stage, rng: Random) -> Iterator[Draft]:
    """Bulk: one text over many cities at once, with many numbers that have nothing else in common."""
    who = draw_persona(f"p-{task.no}", rng, ())
    sections = ["spam", "spam", "spam", "spam"]
    if rng.random() < 0.5:
        sections.append("contact")
    wording = draw_wording(f"t-{task.no}", "en", sections, rng, title="title_spam")
    if "phone" not in {slot for parts in wording.sentences for slot in parts[1::2]}:
        wording = draw_wording(f"t-{task.no}", "en", [*sections, "contact"], rng, title="title_spam")
    homes = cities_of("en")
    numbers = [stage.numbers.take((), task.start) for _ in range(max(1, task.ads * 2 // 3))]
    for k, day in enumerate(days_of(task, rng)):
        j = k if k < len(numbers) else int(rng.random() * len(numbers))
        yield Draft(
            day, "spam", f"n-{task.no}.{j}", f"p-{task.no}.{j}", wording.template, wording,
            replace(who, name=rng.choice(NAMES)), rng.choice(homes), rng.randrange(len(SITES)), numbers[j],
            photos=((-1 - rng.randrange(stage.stock), 0),) if rng.random() < 0.3 else (),
        )  # fmt: skip


def scam(task: Task, stage: Stage, rng: Random) -> Iterator[Draft]:
    """A deposit scam: taken photos, many names and cities, few numbers, money wanted ahead."""
    sections = person_sections(rng, ("scam", "scam"))
    wording = draw_wording(f"t-{task.no}", "en", sections, rng)
    people = [draw_persona(f"p-{task.no}.{j}", rng, ()) for j in range(rng.randint(2, 5))]
    homes = cities_of("en")
    numbers = [stage.numbers.take((), task.start) for _ in range(rng.randint(1, 3))]
    handle = people[0].handle if rng.random() < 0.5 else None
    taken = tuple(rng.randrange(max(1, task.no)) * 64 + rng.randrange(3) for _ in range(4))
    for k, day in enumerate(days_of(task, rng)):
        who = people[k % len(people)]
        yield maybe_shared_things(
            Draft(
                day, "scam", f"n-{task.no}", who.id, wording.template, wording, who, rng.choice(homes),
                rng.randrange(len(SITES)), numbers[k * len(numbers) // task.ads], handle=handle,
                photos=shown(taken, rng), edit=0.05,
            ), stage, rng,
        )  # fmt: skip
