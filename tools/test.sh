#!/bin/sh
# The whole suite, in a network namespace with no route: nothing may try to leave the machine.
set -e
bin=$1
if [ -f web/package.json ]; then
    echo "· the interface's own tests"
    (cd web && npm run --silent check && npm test --silent)
fi
echo "· the suite, with no network"
exec "$bin/python" tools/isolated.py "$bin/python" -m pytest -n 2 --dist loadfile -m "not soak" ${PYTEST_ARGS:-}
