#!/bin/sh
# The main job, once through: a synthetic world, taken in, joined, ranked, printed, served.
set -e
homeward=$1
home=${DEMO_HOME:-demo}
ads=${DEMO_ADS:-20000}
say() { printf '\n· %s\n' "$*"; }
say "making a synthetic world of $ads ads: invented people, bland texts (demo/world)"
"$homeward" world "$ads" --seed "${DEMO_SEED:-1}" -o "$home/world"
say "making the workspace ($home/workspace)"
"$homeward" init --demo --home "$home/workspace"
say "taking the ads in: storing, reading, indexing"
"$homeward" ingest "$home/world/ads.jsonl" --home "$home/workspace" --supplier "the synthetic world" --basis "invented data"
say "refreshing: wordings, links, personas, networks, leads"
"$homeward" refresh --home "$home/workspace"
say "the first ten leads"
"$homeward" leads -n 10 --home "$home/workspace"
if [ "${DEMO_SERVE:-1}" = 0 ]; then exit 0; fi
say "serving; press Ctrl-C to stop"
exec "$homeward" serve --home "$home/workspace" ${DEMO_PORT:+--port "$DEMO_PORT"}
