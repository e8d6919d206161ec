#!/bin/sh
# Look up known vulnerabilities of exactly the locked packages; whatever cannot be looked up fails as well.
python=$1
unknown() {
    echo "audit: $1. Nothing was looked up: this says nothing about vulnerabilities. It takes a network." >&2
    exit 2
}
[ -d .venv-audit ] || "$python" -m venv .venv-audit || exit 1
.venv-audit/bin/python -m pip install -q --disable-pip-version-check --require-hashes --only-binary :all: -r requirements/audit.txt ||
    unknown "the package index gave no answer"
failed=0
echo "· the Python packages that run"
.venv-audit/bin/pip-audit --strict --disable-pip --require-hashes -r requirements/core.txt || failed=1
echo "· the interface's packages"
(cd web && npm audit --omit=dev --audit-level=moderate) || failed=1
exit $failed
