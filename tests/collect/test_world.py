"""The synthetic world: promises about its lines and its truth."""

from homeward.collect.world import generate


def test_a_seed_names_one_world():
    assert list(generate(200, seed=3)) == list(generate(200, seed=3))
    assert list(generate(200, seed=3)) != list(generate(200, seed=4))
