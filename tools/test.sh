#!/bin/sh
# The whole suite, in a network namespace with no route: nothing may try to leave the machine.
set -e
bin=$1
# One more worker than cores: tests wait for servers, browsers and killed processes.
workers=$(($(nproc 2>/dev/null || echo 2) + 1))
# What a worker compiles serves the others, and the browser tests after them, whatever the machine prefers.
unset PYTHONDONTWRITEBYTECODE
# Tests flush to the disk many thousand times; in memory that costs nothing, and they need half a gigabyte.
if [ -z "$TMPDIR" ] && [ "$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 {print int($4 / 1000000)}')" -ge 4 ] 2>/dev/null; then
    TMPDIR=$(mktemp -d /dev/shm/homeward-tests.XXXXXX)
    export TMPDIR
    made=$TMPDIR
    trap 'rm -rf "$made"' EXIT
    printf '#!/bin/sh\n' >"$TMPDIR/runs" && chmod 700 "$TMPDIR/runs" && "$TMPDIR/runs" 2>/dev/null || unset TMPDIR
fi
echo "· the suite, with no network"
"$bin/python" tools/isolated.py "$bin/python" -m pytest -n "$workers" -p no:schemathesis --dist loadfile --no-loadscope-reorder -m "not soak and not browser" ${PYTEST_ARGS:-}
# A browser looks for routes of its own accord (IPv6, its maker's hosts), which the count cannot tell from
# ours: the browser tests have no network either, and check themselves that the page asks no other host.
echo "· the browser tests, with no network"
ISOLATED_UNCOUNTED=1 "$bin/python" tools/isolated.py "$bin/python" -m pytest -n "$workers" --dist loadscope -p no:schemathesis -p no:hypothesispytest -m "browser and not soak" tests/browser ${PYTEST_ARGS:-}
