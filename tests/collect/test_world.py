"""The synthetic world: promises about its lines, its truth, and what never stands in it."""

import json
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import date
from itertools import islice, pairwise

import pytest

from homeward.collect.world import PRESETS, World, generate, write
from homeward.collect.world.banks import LANGUAGES, bank, parse, split_slots
from homeward.model.ad import normalise_url
from homeward.model.errors import UsageError

LABELS = {"network", "independent", "spam", "scam", "massage", "agency", "friends", "generic"}
SLOTS = {"name", "age", "city", "height", "weight", "hair", "eyes", "rates", "venue", "phone", "rest",
         "name2", "handle", "email", "url", "hub", "rival"}  # fmt: skip


@pytest.fixture(scope="module")
def worlds():
    return {name: list(generate(1500, seed=11, preset=name)) for name in PRESETS}


def words_of(ad):
    return f"{ad['title']}\n{ad['body']}\n{ad['url']}\n{' '.join(ad['phones'])}\n{' '.join(ad['emails'])}"


def test_a_seed_names_one_world_and_another_seed_another():
    assert list(generate(300, seed=3)) == list(generate(300, seed=3))
    assert list(generate(300, seed=3)) != list(generate(300, seed=4))


def test_another_process_writes_the_same_bytes(tmp_path):
    code = "import sys; from homeward.collect.world import write; write(400, 5, 'hard', sys.argv[1])"
    for name, hash_seed in (("a", "1"), ("b", "2")):
        subprocess.run(
            [sys.executable, "-c", code, str(tmp_path / name)], check=True, env={"PYTHONHASHSEED": hash_seed}
        )
    for name in ("ads.jsonl", "truth.jsonl"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_presets_are_different_worlds(worlds):
    assert len({json.dumps(rows[:50]).replace(name, "") for name, rows in worlds.items()}) == len(PRESETS)


def test_an_unknown_preset_is_named_with_the_known_ones():
    with pytest.raises(UsageError, match="easy, standard, hard"):
        next(generate(1, seed=1, preset="gentle"))


@pytest.mark.parametrize("n", [0, 1, 2, 7, 250])
def test_exactly_the_asked_number_of_lines_comes(n):
    assert len(list(generate(n, seed=1, preset="decoys"))) == n


def test_files_hold_every_line_and_one_truth_row_an_id(tmp_path):
    told = []
    done = write(1200, 2, "standard", tmp_path, progress=lambda k, n: told.append((k, n)))
    ads = [json.loads(line) for line in (tmp_path / "ads.jsonl").read_bytes().splitlines()]
    truth = [json.loads(line) for line in (tmp_path / "truth.jsonl").read_bytes().splitlines()]
    assert (done.ads, done.truth) == (len(ads), len(truth)) == (1200, len({t["id"] for t in truth}))
    assert {ad["id"] for ad in ads} == {t["id"] for t in truth}
    assert told[-1] == (1200, 1200)


def test_every_line_says_which_world_it_is_from(worlds):
    for name, rows in worlds.items():
        assert {ad["world"] for ad, _ in rows} == {f"{name}/11"}


def test_lines_come_in_the_order_in_which_they_are_seen_before_the_start_day():
    rows = [ad for ad, _ in generate(800, seed=1, start=date(2026, 3, 1))]
    seen = [ad["seen_at"] for ad in rows]
    assert seen == sorted(seen) and seen[-1] < "2026-03-01T" and seen[0] > "2025-09-01"
    assert all(ad["posted_at"] < ad["seen_at"] for ad in rows)


def test_the_first_line_does_not_wait_for_the_last():
    world = World(20_000, seed=1)
    assert len(list(islice(world.lines(), 10))) == 10
    assert sum(world._stage.numbers._used.values()) < 1_000  # few advertisers were cast by then


def test_ads_are_repeated_changed_and_left_alone(worlds):
    lines = defaultdict(list)
    for ad, _ in worlds["standard"]:
        lines[ad["site"], ad["id"]].append({k: v for k, v in ad.items() if k not in ("seen_at", "posted_at")})
    again = [versions for versions in lines.values() if len(versions) > 1]
    repeated = [v for v in again if any(a == b for a, b in pairwise(v))]
    changed = [v for v in again if any(a["body"] != b["body"] for a, b in pairwise(v))]
    assert repeated and changed and len(again) < 0.1 * len(lines)


def test_every_label_is_met_and_networks_are_a_tenth(worlds):
    for rows in worlds.values():
        assert {truth["label"] for _, truth in rows} == LABELS
    share = Counter(truth["label"] for _, truth in worlds["standard"])["network"] / 1500
    assert 0.10 <= share <= 0.18


def test_some_networks_are_one_person_and_others_several(worlds):
    for rows in worlds.values():
        people = defaultdict(set)
        for _, truth in rows:
            if truth["label"] == "network":
                people[truth["network"]].add(truth["persona"])
        sizes = {len(p) for p in people.values()}
        assert 1 in sizes and max(sizes) >= 2 and max(sizes) <= 8


def phones(truth):
    return set(truth["values"].get("phone", ()))


def test_look_alikes_are_there_friends_with_one_number_and_agencies_with_many_people(worlds):
    of = defaultdict(list)
    for _, truth in worlds["decoys"]:
        of[truth["label"], truth["network"]].append(truth)
    groups = {key: ({t["persona"] for t in rows}, rows) for key, rows in of.items() if len(rows) > 3}
    friends = [
        rows for (label, _), (people, rows) in groups.items() if label == "friends" and len(people) == 2
    ]
    assert any(
        phones(a) & phones(b) for rows in friends for a in rows for b in rows if a["persona"] != b["persona"]
    )
    assert any(label == "agency" and len(people) >= 3 for (label, _), (people, _) in groups.items())


def test_unrelated_people_share_a_wording_a_number_and_a_picture(worlds):
    for kind in ("template", "phone", "photo"):
        owners = defaultdict(set)
        for ad, truth in worlds["decoys"]:
            keys = {
                "template": [truth["template"]] if truth["label"] == "independent" else [],
                "phone": [p for p in phones(truth) if p.startswith("+1877")],
                "photo": [p["sha256"] for p in ad["photos"]],
            }[kind]
            for key in keys:
                owners[key].add(truth["network"])
        assert max(len(o) for o in owners.values()) >= 5, kind


def last_lines(rows):
    return {ad["id"]: (ad, truth) for ad, truth in rows}.values()


def test_plain_values_of_the_truth_stand_in_the_ad(worlds):
    for rows in worlds.values():
        for ad, truth in last_lines(rows):
            text = words_of(ad)
            low = text.lower()
            values = truth["values"]
            assert all(name.lower() in low for name in values.get("name", ()))
            assert all(age in text for age in values.get("age", ()))
            assert all(h.split(":")[1] in low for h in values.get("handle", ()))
            assert all(place.split(",")[0].lower() in low for place in values.get("place", ()))
            assert all(v in low.replace("-", "") for v in values.get("venue", ()))
            assert all(normalise_url(u) == u and u in text for u in values.get("url", ()))
            assert all(said.split(" ")[0] in text for said in values.get("price", ()))
            assert all(v for said in values.values() for v in said) and all(values.values())


def test_an_unobscured_number_can_be_read_by_its_digits_and_an_obscured_one_cannot(worlds):
    read = hidden = 0
    for ad, truth in last_lines(worlds["standard"]):
        digits = "".join(c for c in words_of(ad) if c.isascii() and c.isdecimal())
        for number in phones(truth):
            read += number[2:] in digits
            hidden += number[2:] not in digits
    assert read > 4 * hidden > 40


def test_a_number_that_stands_plainly_in_an_ad_is_in_its_truth(worlds):
    for ad, truth in last_lines(worlds["hard"]):
        digits = "".join(c for c in words_of(ad) if c.isascii() and c.isdecimal())
        at = digits.find("555")
        while at >= 3:
            number = "+1" + digits[at - 3 : at + 7]
            if len(number) == 12 and number[8:10] == "01" and ad["body"].count(number[2:5] + "-555-"):
                assert number in phones(truth), (number, words_of(ad))
            at = digits.find("555", at + 7)


def test_small_worlds_use_only_numbers_set_aside_for_fiction(worlds):
    for rows in worlds.values():
        for _, truth in rows:
            assert all(p[5:10] == "55501" and len(p) == 12 for p in phones(truth))


def test_only_invented_hosts_stand_in_a_world(worlds):
    for rows in worlds.values():
        for ad, truth in rows:
            hosts = [ad["site"], ad["url"].split("/")[2]]
            hosts += [mail.split("@")[1] for mail in truth["values"].get("email", ())]
            hosts += [url.split("/")[2] for url in truth["values"].get("url", ())]
            hosts += [part.split("/")[0] for part in ad["body"].split("://")[1:]]
            assert all(host.endswith((".test", ".example")) for host in hosts)


def test_everybody_is_an_adult(worlds):
    for rows in worlds.values():
        assert all(21 <= int(age) <= 60 for _, t in rows for age in t["values"].get("age", ()))


def test_multilingual_speaks_every_language_and_every_bank_knows_its_slots(worlds):
    assert {ad["language"] for ad, _ in worlds["multilingual"]} == set(LANGUAGES)
    for language in LANGUAGES:
        for section, patterns in bank(language).items():
            for pattern in patterns:
                for option in ("".join(o[0] for o in pattern), "".join(o[-1] for o in pattern)):
                    assert set(split_slots(option)[1::2]) <= SLOTS, (language, section, option)
        assert {"contact", "title", "greeting", "rates"} <= set(bank(language))


def test_a_pattern_keeps_its_choices_and_its_slots_apart():
    assert parse("{a|b} c <name>") == (("a", "b"), (" c <name>",))
    assert split_slots("call <phone> now") == ("call ", "phone", " now")


def test_pictures_are_files_whose_hashes_the_ads_give(tmp_path):
    import hashlib

    done = write(60, 3, "standard", tmp_path, photos=True)
    shown = {}
    for line in (tmp_path / "ads.jsonl").read_bytes().splitlines():
        for photo in json.loads(line)["photos"]:
            shown[photo["path"]] = photo["sha256"]
            assert "pdq" not in photo
    assert len(shown) == done.photos > 5
    for path, digest in shown.items():
        raw = (tmp_path / path).read_bytes()
        assert raw.startswith(b"\x89PNG") and hashlib.sha256(raw).hexdigest() == digest


def test_every_ad_of_a_network_can_be_met_again(worlds):
    for name in ("standard", "hard"):
        count = Counter()
        rows = [(ad, truth) for ad, truth in last_lines(worlds[name]) if truth["label"] == "network"]
        for ad, truth in rows:
            values = truth["values"]
            count.update({*phones(truth), *values.get("handle", ()), *values.get("email", ())})
            count.update(photo["pdq"] for photo in ad["photos"])
        # A picture, a handle or a number: a network's ad shows at least one, and most are seen twice.
        for ad, truth in rows:
            assert phones(truth) or ad["photos"] or {"handle", "email"} & set(truth["values"])
        lone = sum(
            all(count[p["pdq"]] == 1 for p in ad["photos"])
            and not any(
                count[v] > 1 for k in ("phone", "handle", "email") for v in truth["values"].get(k, ())
            )
            for ad, truth in rows
        )
        assert lone < 0.1 * len(rows)
