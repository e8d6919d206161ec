#!/bin/sh
# Install from the folder of wheels alone, in a network namespace with no route, in a copy of the tree; then
# run it. Without one of the wheels the installation has to fail.
set -e
python=$1
there=$(mktemp -d)
trap 'rm -rf "$there"' EXIT
git ls-files -z | xargs -0 cp --parents -t "$there"
cp -R wheels "$there/wheels"
unset XDG_CONFIG_HOME XDG_STATE_HOME HOMEWARD_HOME PIP_FIND_LINKS PIP_INDEX_URL PIP_EXTRA_INDEX_URL
export HOME="$there" PIP_CONFIG_FILE=/dev/null PIP_NO_CACHE_DIR=1
cd "$there"
"$python" tools/isolated.py make -s -j1 .venv/core.stamp WHEELS=wheels "PYTHON=$python"
"$python" tools/isolated.py .venv/bin/homeward init --demo --home made
rm wheels/duckdb-*.whl .venv -rf
if "$python" tools/isolated.py make -s -j1 .venv/core.stamp WHEELS=wheels "PYTHON=$python" 2>/dev/null; then
    echo "it was installed without one of the wheels: something else was asked" >&2
    exit 1
fi
echo "installed from $(ls wheels | wc -l) wheels and one that was then taken away, with no network; without that one refused"
