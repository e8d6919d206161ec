"""Run inside `.venv-peers`: group texts by datasketch. Reads a JSON text a line, writes one object a setting.

Digits are masked; word 3-shingles, 128 permutations; every pair that LSH proposes is verified by the Jaccard
of the shingles themselves, and verified pairs join (there is no other grouping in the library).
"""

import json
import re
import sys
import time

from datasketch import MinHash, MinHashLSH


def shingles(text):
    """Return the word 3-shingles of a text without case, its digits masked."""
    words = re.sub(r"\d+", "0", text.lower()).split()
    return {" ".join(words[i : i + 3]) for i in range(max(1, len(words) - 2))}


def group(sets, threshold):
    """Return each text's group at a Jaccard threshold."""
    lsh = MinHashLSH(threshold=threshold, num_perm=128)
    head = list(range(len(sets)))

    def find(i):
        while head[i] != i:
            head[i] = head[head[i]]
            i = head[i]
        return i

    for i, mine in enumerate(sets):
        sketch = MinHash(num_perm=128)
        sketch.update_batch([s.encode() for s in mine])
        for j in lsh.query(sketch):
            if find(i) != find(j) and len(mine & sets[j]) >= threshold * len(mine | sets[j]):
                head[find(i)] = find(j)
        lsh.insert(i, sketch)
    return [find(i) for i in range(len(sets))]


def main():
    """Print what each setting makes of the texts."""
    sets = [shingles(json.loads(line)) for line in sys.stdin]
    for threshold in (0.4, 0.5, 0.6, 0.7, 0.8):
        began = time.perf_counter()
        groups = group(sets, threshold)
        seconds = time.perf_counter() - began
        print(json.dumps({"name": f"datasketch, Jaccard {threshold}", "groups": groups, "seconds": seconds}))


if __name__ == "__main__":
    main()
