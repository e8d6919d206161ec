"""The tree of the log, ours and that of the verifier that is handed out: two implementations, one truth."""

import base64
import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.app.audit import verify
from homeward.store.ledger import merkle

VECTORS = json.loads((Path(__file__).parent / "rfc6962.json").read_text("utf-8"))
LEAVES = [merkle.leaf_hash(bytes.fromhex(leaf)) for leaf in VECTORS["leaves"]]
ROOTS = [bytes.fromhex(root) for root in VECTORS["roots"]]


def raised(check, *given):
    """What the verifier says by raising, as a truth."""
    try:
        check(*given)
    except verify.NotVerified:
        return False
    return True


INCLUDES = [merkle.includes, lambda *given: raised(verify.check_inclusion, *given)]
EXTENDS = [merkle.extends, lambda *given: raised(verify.check_consistency, *given)]


def nodes(leaves):
    """Every complete node over some leaves, by the definition and not by growing."""
    kept = {(0, place): leaf for place, leaf in enumerate(leaves)}
    for level in range(1, 13):
        for place in range(len(leaves) >> level):
            pair = kept[level - 1, 2 * place], kept[level - 1, 2 * place + 1]
            kept[level, place] = hashlib.sha256(b"\x01" + b"".join(pair)).digest()
    return lambda level, place: kept[level, place]


def raw(texts):
    return [base64.b64decode(text) for text in texts]


@pytest.mark.parametrize("size", range(9))
def test_the_reference_roots(size):
    """The roots of the reference tree, from the empty log on, three ways."""
    assert merkle.root(size, nodes(LEAVES[:size])) == ROOTS[size]
    assert merkle.root_of(LEAVES[:size]) == ROOTS[size]
    assert verify.roots_at(LEAVES[:size], [size]) == ({0: ROOTS[0], size: ROOTS[size]}, ROOTS[size], size)


@pytest.mark.trust("AUD-3")
@pytest.mark.parametrize("case", VECTORS["inclusion"])
def test_the_reference_inclusion_proofs(case):
    """Proofs of the reference tree are made and accepted as published."""
    index, size, proof = case["index"], case["size"], raw(case["proof"])

    assert merkle.inclusion(index, size, nodes(LEAVES)) == proof
    for includes in INCLUDES:
        assert includes(index, size, LEAVES[index], proof, ROOTS[size])


@pytest.mark.trust("AUD-3")
@pytest.mark.parametrize("case", VECTORS["consistency"])
def test_the_reference_consistency_proofs(case):
    """Proofs that the reference tree grew are made and accepted as published."""
    old, size, proof = case["old"], case["size"], raw(case["proof"])

    assert merkle.consistency(old, size, nodes(LEAVES)) == proof
    for extends in EXTENDS:
        assert extends(old, ROOTS[old], size, ROOTS[size], proof)


@pytest.mark.parametrize("case", VECTORS["refused"], ids=lambda case: case["why"])
def test_the_edge_cases_are_refused(case):
    """An empty log proves nothing but itself, and a log never shrinks."""
    if case["kind"] == "inclusion":
        given, checks = (
            (case["index"], case["size"], b"", raw(case["proof"]), raw([case["root"]])[0]),
            INCLUDES,
        )
    else:
        roots = raw([case["old_root"], case["root"]])
        given, checks = (case["old"], roots[0], case["size"], roots[1], raw(case["proof"])), EXTENDS
    for check in checks:
        assert not check(*given)


def test_the_empty_log_extends_itself_and_is_extended_by_any():
    for extends in EXTENDS:
        assert extends(0, merkle.EMPTY, 0, merkle.EMPTY, [])
        assert extends(0, merkle.EMPTY, 5, ROOTS[5], [])
        assert not extends(0, merkle.EMPTY, 0, merkle.EMPTY, [merkle.EMPTY])


def altered(proof, root, other):
    """A proof with each kind of damage that the published vectors know."""
    for i in range(len(proof)):
        flipped = bytes([proof[i][0] ^ 16]) + proof[i][1:]
        yield [*proof[:i], flipped, *proof[i + 1 :]]
    yield from ([*proof, b""], [b"", *proof], [*proof, root], [root, *proof], [other, *proof])
    if proof:
        yield from (proof[:-1], proof[1:], [])


@pytest.mark.trust("AUD-3")
@pytest.mark.parametrize("size", range(1, 9))
def test_altered_proofs_are_refused(size):
    """Every proof over the reference tree, with every damage that the published vectors name, by both."""
    get, tried = nodes(LEAVES), 0
    for index in range(size):
        proof = merkle.inclusion(index, size, get)
        for wrong in altered(proof, ROOTS[size], LEAVES[index]):
            tried += 1
            assert not any(i(index, size, LEAVES[index], wrong, ROOTS[size]) for i in INCLUDES)
        for place in {index - 1, index + 1, index ^ 2, index - size} - {index}:
            assert not any(i(place, size, LEAVES[index], proof, ROOTS[size]) for i in INCLUDES)
        for count, leaf, root in (
            (size * 2, LEAVES[index], ROOTS[size]), (size // 2, LEAVES[index], ROOTS[size]),
            (size, b"WrongLeaf", ROOTS[size]), (size, LEAVES[index], b""), (size, LEAVES[index], bytes(32)),
        ):  # fmt: skip
            tried += 1
            assert not any(i(index, count, leaf, proof, root) for i in INCLUDES)
        assert not any(i(index, size, LEAVES[index - 1], proof, ROOTS[size]) for i in INCLUDES if size > 1)
    for old in range(1, size):
        proof = merkle.consistency(old, size, get)
        for wrong in altered(proof, ROOTS[size], ROOTS[old]):
            tried += 1
            assert not any(e(old, ROOTS[old], size, ROOTS[size], wrong) for e in EXTENDS)
        for said in (
            (old + 1, ROOTS[old], size, ROOTS[size]), (old - 1, ROOTS[old], size, ROOTS[size]),
            (old ^ 2, ROOTS[old], size, ROOTS[size]), (old, ROOTS[old], size * 2, ROOTS[size]),
            (old, ROOTS[old], size // 2, ROOTS[size]), (old, b"WrongRoot", size, ROOTS[size]),
            (old, ROOTS[old], size, b"WrongRoot"), (old, ROOTS[size], size, ROOTS[old]),
        ):  # fmt: skip
            tried += 1
            assert not any(e(*said, proof) for e in EXTENDS), said
    assert tried


@pytest.mark.trust("AUD-3")
@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_log_extends_any_earlier_one(data):
    """For m ≤ n ≤ 2,000 proofs hold, nodes grown are those of the definition, a changed leaf shows."""
    size = data.draw(st.integers(1, 2000))
    old, index = data.draw(st.integers(0, size)), data.draw(st.integers(0, size - 1))
    leaves = [merkle.leaf_hash(bytes([i & 255, i >> 8])) for i in range(size)]
    get = nodes(leaves)
    root, old_root = merkle.root_of(leaves), merkle.root_of(leaves[:old])
    grown = {(0, i): leaf for i, leaf in enumerate(leaves)}
    for i, leaf in enumerate(leaves):
        grown.update({(level, place): h for level, place, h in merkle.grown(i, leaf, lambda *at: grown[at])})
    other = [*leaves[:index], merkle.leaf_hash(b"other"), *leaves[index + 1 :]]

    assert all(get(*at) == found for at, found in grown.items())
    assert merkle.root(size, get) == root
    for extends, includes in zip(EXTENDS, INCLUDES, strict=True):
        assert extends(old, old_root, size, root, merkle.consistency(old, size, get))
        assert includes(index, size, leaves[index], merkle.inclusion(index, size, get), root)
        if index < old < size:
            changed = merkle.consistency(old, size, nodes(other))
            assert not extends(old, old_root, size, merkle.root_of(other), changed)


@pytest.mark.soak
@pytest.mark.trust("AUD-3")
@pytest.mark.timeout(3600)
def test_every_log_of_up_to_two_thousand_extends_every_earlier_one():
    """For all m ≤ n ≤ 2,000, and each place in a tree of each size: every proof holds, by both."""
    leaves = [merkle.leaf_hash(bytes([i & 255, i >> 8])) for i in range(2000)]
    get = nodes(leaves)
    roots = [merkle.root(size, get) for size in range(2001)]
    for size in range(1, 2001):
        for old in range(size + 1):
            proof = merkle.consistency(old, size, get)
            assert merkle.extends(old, roots[old], size, roots[size], proof), (old, size)
            verify.check_consistency(old, roots[old], size, roots[size], proof)
            if 0 < old < size:
                assert not merkle.extends(old, roots[old - 1], size, roots[size], proof), (old, size)
        for index in {0, size - 1, size // 2, *(size & -size, size & (size - 1))}:
            if index < size:
                proof = merkle.inclusion(index, size, get)
                verify.check_inclusion(index, size, leaves[index], proof, roots[size])
