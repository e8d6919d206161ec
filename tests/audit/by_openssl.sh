#!/bin/bash
# Verify an exported log with openssl alone: its leaves, its tree by the definition of RFC 6962, its signature.
# bash by_openssl.sh FOLDER — prints the root in hexadecimal, or fails.
set -euo pipefail
cd "$1"
bytes() { printf "$(sed 's/../\\x&/g' <<<"$1")"; }
sha256() { openssl dgst -sha256 -r | cut -d' ' -f1; }
leaves=()
while IFS= read -r line; do
    header=$(sed -E 's/.*"header": ?"(([^"\\]|\\.)*)".*/\1/; s/\\(.)/\1/g' <<<"$line")
    payload=$(sed -E 's/.*"payload": ?"([0-9a-f]{64})".*/\1/' <<<"$line")
    salt=$(sed -E 's/.*"salt": ?"([0-9a-f]{32})".*/\1/' <<<"$line")
    leaves+=("$({ printf '\0%s' "$header"; bytes "$payload"; bytes "$salt"; } | sha256)")
done <log.jsonl
root() { # of the $2 leaves from $1 on
    if (($2 == 1)); then
        printf '%s' "${leaves[$1]}"
        return
    fi
    local half=1
    while ((half * 2 < $2)); do half=$((half * 2)); done
    { printf '\1'; bytes "$(root "$1" "$half")"; bytes "$(root $(($1 + half)) $(($2 - half)))"; } | sha256
}
found=$(root 0 ${#leaves[@]})
{ read -r _; read -r size; read -r signed; } <checkpoint.txt
[ "$size" = "${#leaves[@]}" ]
[ "$(bytes "$found" | openssl base64 -A)" = "$signed" ]
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sed '/^$/,$d' checkpoint.txt >"$work/note"
{ bytes 302a300506032b6570032100; sed -E 's/^[^+]*[+][0-9a-f]{8}[+]//' log.vkey | tr -d '\n' | openssl base64 -d -A | tail -c 32; } >"$work/key"
sed -n '/^$/,$p' checkpoint.txt | sed -n 2p | sed 's/.* //' | openssl base64 -d -A | tail -c 64 >"$work/signature"
openssl pkeyutl -verify -pubin -keyform DER -inkey "$work/key" -rawin -in "$work/note" -sigfile "$work/signature" >/dev/null
echo "$found"
