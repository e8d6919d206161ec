# Every target sets up what it needs by itself. On a fresh machine: Python 3.11 or later, Node 20 with npm.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# A folder of wheels that `make wheels` filled: with it no package index is asked.
WHEELS ?=
FROM := $(if $(WHEELS),--no-index --find-links "$(WHEELS)")
STATIC := src/homeward/app/static
WEB_SOURCES := $(shell find web -path web/node_modules -prune -o -path web/dist -prune -o -type f -print 2>/dev/null)

# The environment, the interface and the browser are made side by side: none keeps all cores busy.
MAKEFLAGS += --jobs=3

.PHONY: wheels air-gapped bom audit trust help install install-dev web api demo test test-web chromium shell lint types bench gate bench-web tutorial soak lock clean

help:  ## say what each target does
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(VENV)/python.stamp:
	@tools/need.sh "$(PYTHON)"
	@echo "· making the Python environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/core.stamp: $(VENV)/python.stamp requirements/core.txt requirements/build.txt pyproject.toml
	@echo "· installing the locked packages (about a minute)"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-compile --require-hashes --only-binary :all: $(FROM) -r requirements/core.txt -r requirements/build.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# Bytecode is a cache: made beside the next step, and by whoever imports first where it is missing.
$(VENV)/compiled.stamp: $(VENV)/core.stamp
	@$(BIN)/python -m compileall -qq -j 2 $(VENV)/lib src || true
	@touch $@

# What the tests need beyond the core is fetched while the core is installed.
$(VENV)/fetched.stamp: $(VENV)/python.stamp requirements/core.txt requirements/build.txt requirements/dev.txt tools/beyond.py
	@$(BIN)/python tools/beyond.py requirements/dev.txt requirements/core.txt requirements/build.txt >$(VENV)/beyond.txt
	@$(BIN)/python -m pip download -q --disable-pip-version-check --require-hashes --only-binary :all: --no-deps -d $(VENV)/fetched -r $(VENV)/beyond.txt
	@touch $@

$(VENV)/dev.stamp: $(VENV)/core.stamp $(VENV)/fetched.stamp
	@echo "· installing what the tests need"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes --no-index --find-links $(VENV)/fetched --no-deps -r $(VENV)/beyond.txt
	@rm -rf $(VENV)/fetched
	@touch $@

install: $(VENV)/compiled.stamp web  ## make the environment and build the interface

install-dev: $(VENV)/dev.stamp $(VENV)/compiled.stamp

wheels:  ## fetch the locked packages into wheels/, for a machine without a network: make install WHEELS=wheels
	@$(PYTHON) -m pip download -q --disable-pip-version-check --require-hashes --only-binary :all: --no-deps -d wheels -r requirements/core.txt -r requirements/build.txt

$(VENV)/fuzz.stamp: $(VENV)/dev.stamp requirements/fuzz.txt
	@echo "· installing the fuzzer"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes --only-binary :all: -r requirements/fuzz.txt
	@touch $@

web/node_modules/.stamp: web/package.json web/package-lock.json
	@tools/need.sh npm
	@echo "· installing the interface's packages"
	@cd web && npm ci --no-audit --no-fund --loglevel=error >/dev/null
	@touch $@

$(STATIC)/index.html: web/node_modules/.stamp $(WEB_SOURCES)
	@echo "· building the interface"
	@cd web && said=$$(npm run --silent build 2>&1) || { printf '%s\n' "$$said" >&2; exit 1; }
	@rm -rf $(STATIC) && mkdir -p $(STATIC) && cp -R web/dist/. $(STATIC)/
	@touch $@

web: $(STATIC)/index.html  ## build the interface

api: $(VENV)/dev.stamp  ## write the interface's typed client anew from the API
	@$(BIN)/python tools/make_client.py

demo: install  ## make a synthetic world of 20,000 ads, find its leads, and serve them on loopback
	@tools/demo.sh "$(BIN)/homeward"

test: install-dev test-web shell  ## install what the tests need and run them all, without a network
	@tools/test.sh "$(BIN)"

# The build has checked the types already.
test-web: web
	@echo "· the interface's own tests"
	@cd web && npm run --silent lint && npm test --silent

chromium:
	@tools/chromium.sh chromium

shell:
	@tools/chromium.sh chromium-headless-shell chromium

lint: install-dev  ## check style
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

types: install-dev  ## check types
	@$(BIN)/mypy

bench: install-dev  ## print speed, memory and quality on fresh worlds
	@$(BIN)/python -m bench

gate: install-dev  ## may this version go out? leads of locked worlds, and whether some people are worse off
	@$(BIN)/python -m bench.quality.gate

bench-web: install-dev web chromium  ## print what the interface costs in a browser, against its budgets
	@$(BIN)/python -m bench.speed.web

tutorial: install-dev web chromium  ## follow the tutorial in a browser and draw its pictures anew
	@HOMEWARD_PICTURES=write $(BIN)/python -m pytest -q -m "browser and not soak" tests/browser/test_browser_tutorial.py

soak: $(VENV)/fuzz.stamp web  ## run the long tests: hundreds of kills, large worlds, a fuzzer on every reader
	@$(BIN)/python -m pytest -m soak tests --timeout 7200

trust: $(VENV)/dev.stamp  ## write TRUST.md anew from the list of requirements and the tests
	@$(BIN)/python tools/make_trust.py

bom: $(VENV)/core.stamp  ## write bom.json anew: the bill of materials of what runs, from the locked lists
	@$(BIN)/python tools/make_bom.py

air-gapped: wheels  ## show that it installs from wheels/ with no network, in a copy
	@tools/air_gapped.sh "$(PYTHON)"

audit:  ## look up known vulnerabilities of what runs (needs a network: asks the package indexes)
	@tools/audit.sh "$(PYTHON)"

lock:  ## lock the requirements anew (needs uv)
	@for f in requirements/core requirements/dev requirements/build requirements/fuzz requirements/audit bench/requirements/peers bench/requirements/splink bench/requirements/curves; do uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-header --no-annotate $$f.in -o $$f.txt || exit 1; done

clean:  ## remove everything that was made
	@rm -rf $(VENV) .venv-audit web/node_modules web/dist $(STATIC) demo build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -prune -exec rm -rf {} +
