"""Build: from ads and what they say to templates, links, identities, findings and leads.

One pure function of its inputs: the same tables in any order give the same output, bit for bit. It reads
like the plan: facts, templates, posters, links, networks, personas, findings, leads.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from homeward.connect import tables
from homeward.connect.bridges import standing
from homeward.connect.card import SHIPPED, Card
from homeward.connect.elsewhere import Elsewhere
from homeward.connect.evidence import Filtered, Posters, find_posters
from homeward.connect.facts import Facts, read_facts
from homeward.connect.groups import Scene
from homeward.connect.identities import Judged, apply_judgements, cut_personas, join_posters, read_judgements
from homeward.connect.links import compare, propose
from homeward.connect.near import Near
from homeward.connect.patterns import known_patterns, patterns
from homeward.connect.ranking import rank_groups
from homeward.connect.scene import numbers_in, read_hits, set_scene
from homeward.connect.signature import masking
from homeward.connect.templates import Worded, group_ads
from homeward.connect.tools import Ints, MapEngine, places, ranked
from homeward.connect.weights import SOFT_KINDS, Said, say, weigh
from homeward.connect.wholes import Step, join_wholes
from homeward.connect.wordings import told_once
from homeward.model import ids
from homeward.model.identity import Level

Tell = Callable[[str], None]
Objects = npt.NDArray[np.object_]

# Part of every run's id: raised whenever the same inputs would give another result.
VERSION = "connect/22"


@dataclass(frozen=True)
class Built:
    """Everything that one build knows, as arrays over ads; `tables` makes rows of it."""

    run: str
    facts: Facts
    worded: Worded
    posters: Posters
    said: dict[str, Said]
    steps: list[Step]  # single links first, then groups joined as wholes
    network: Ints
    persona: Ints
    scene: Scene
    filtered: Filtered
    elsewhere: Elsewhere

    @property
    def last_day(self) -> float:
        """The last day on which any ad was seen, built now or elsewhere."""
        days = self.facts.last_day, self.elsewhere.days("last_day")
        return float(max(some.max(initial=0) for some in days))

    def names(self, level: Level) -> Objects:
        """Return the id of the identity of this level that each ad is in."""
        return self._personas if level is Level.PERSONA else self._networks

    @cached_property
    def _personas(self) -> Objects:
        return self._named(Level.PERSONA, self.persona)

    @cached_property
    def _networks(self) -> Objects:
        return self._named(Level.NETWORK, self.network)

    def _named(self, level: Level, labels: Ints) -> Objects:
        heads, place = ranked(labels)
        ad = self.facts.ad_ids
        names = [ids.identity_id(level, ad[head]) for head in heads.tolist()]
        return np.array(names, dtype=object)[place]


def build(
    inputs: Mapping[str, pa.Table],
    *,
    engine: MapEngine,
    run: str,
    judgements: pa.Table | None = None,
    previous: Mapping[str, pa.Table] | None = None,
    youth: Sequence[str] = (),
    near: Near | None = None,
    card: Card = SHIPPED,
    bands: Callable[[], pa.Table] | None = None,
    tell: Tell = lambda step: None,
) -> dict[str, pa.Table]:
    """Return the run tables of `inputs`: ads (latest captures), mentions, prints, bands, sightings.

    `inputs` may have `masks`: where wordings were masked (`masking`), if by more than `mentions`.
    `judgements` has columns a, b (ads) and judgement. `previous` are the members and templates of a run that
    the same versions made: what they hold is used again where it stands, and the outcome is the same without.
    `youth` is the agency's own word list. With `near`, the inputs are a neighbourhood, and what it holds of
    the rest is counted. Leads are ranked by `card`. `bands` gives the bands where `inputs` do not: it is
    asked once the mentions are no longer held. `tell` hears each step.
    """
    known = known_patterns(previous, inputs["ads"]["ad"]) if previous else {}
    inputs = dict(inputs)
    masks = inputs.pop("masks") if "masks" in inputs else masking(inputs["mentions"])
    made: list[Future[list[str]]] = []
    # Patterns and findings are for the engine's workers: this process links and makes rows meanwhile.
    with ThreadPoolExecutor(2) as aside:

        def start(facts: Facts, shown: Ints, wording: Ints) -> None:
            made.append(aside.submit(patterns, facts, shown, wording, masks, engine, known))

        built = connect(
            inputs, engine=engine, run=run, judgements=judgements, youth=youth, near=near, bands=bands,
            tell=tell, start=start,
        )  # fmt: skip
        judged = aside.submit(rank_groups, built.scene, card, engine, run, last_day=built.last_day)
        rows = tables.joined(built)
        found = judged.result()
        tell("tables")
        return {**rows, **tables.judged(built, made[0].result(), found)}


def connect(
    inputs: dict[str, pa.Table],
    *,
    engine: MapEngine,
    run: str,
    judgements: pa.Table | None = None,
    youth: Sequence[str] = (),
    near: Near | None = None,
    bands: Callable[[], pa.Table] | None = None,
    tell: Tell = lambda step: None,
    start: Callable[[Facts, Ints, Ints], object] = lambda facts, shown, wording: None,
) -> Built:
    """Do everything that `build` does but the judging of groups and the writing of rows.

    What is no longer needed is taken out of `inputs`: of a million ads it is most of what memory holds.
    `start` is called as soon as the templates that are shown, and each ad's wording, are known.
    """
    tell("facts")
    facts = read_facts(inputs, engine)
    numbers = numbers_in(facts, inputs["mentions"])
    given = inputs.pop("bands", None)
    inputs.clear()
    pa.default_memory_pool().release_unused()
    signed = [bands_in_order(facts, bands() if bands else given)]
    del given
    tell("templates")
    if near is None:
        worded = group_ads(signed.pop(), np.maximum(facts.site, 0), facts.language, facts.contents)
    else:
        worded = near.worded(facts, signed.pop())
    template, wording = worded.template, worded.wording
    start(facts, worded.shown, wording)
    # Matching words runs outside the interpreter and is done beside the linking; personas are cut by the
    # engine's workers while what is around the groups is counted.
    with ThreadPoolExecutor(1) as aside:
        hits = aside.submit(read_hits, facts, wording, youth)
        tell("links")
        filtered = Filtered()
        elsewhere = near.elsewhere if near else Elsewhere.nothing()
        posters = find_posters(
            facts, template, wording, engine, filtered, elsewhere=elsewhere,
            known=near.generic if near else frozenset(),
        )  # fmt: skip
        said = say(facts, posters, template, elsewhere, worded.names)
        singly, group = _link(facts, posters, said, engine, filtered)
        group, wholes = join_wholes(facts, posters, said, group, engine)
        steps = [singly, *wholes]
        tell("identities")
        decided = read_judgements(judgements, facts)
        network = _networks(group, posters, steps, decided, facts)
        cut = aside.submit(cut_personas, network, posters, template, facts, decided, engine)
        tell("findings")
        scene = set_scene(
            facts, numbers, wording, template, posters, network, cut.result, hits.result(), elsewhere,
            worded.names,
        )  # fmt: skip
    return Built(run, facts, worded, posters, said, steps, network, scene.persona, scene, filtered, elsewhere)


def bands_in_order(facts: Facts, bands: pa.Table) -> pa.Table:
    """Return one row of `bands` an ad, in the ads' order, lists only where a wording comes first."""
    return told_once(bands, places(facts.ads["capture"], bands["capture"]))


def _link(
    facts: Facts, posters: Posters, said: dict[str, Said], engine: MapEngine, filtered: Filtered
) -> tuple[Step, Ints]:
    """Weigh and group posters, then again with rarity counted over the groups found."""
    group = np.arange(posters.count)
    for last in (False, True):
        told = filtered if last else None
        weights = {kind: weigh(said[kind], group, told, contact=posters.contact) for kind in SOFT_KINDS}
        compared = compare(facts, posters, said, weights, propose(posters, said, weights))
        linked = standing(posters, compared, engine)
        group = join_posters(posters, compared, linked, engine)
    return Step(posters, said, compared.only(linked)), group


def _networks(group: Ints, posters: Posters, steps: list[Step], decided: Judged, facts: Facts) -> Ints:
    """Return each ad's network: the number of its earliest ad."""
    _, first, inverse = np.unique(group[posters.of_ad], return_index=True, return_inverse=True)
    return apply_judgements(first[inverse].astype(np.int64), posters, steps, decided, facts)
