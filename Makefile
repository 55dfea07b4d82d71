# The two commands are `make site` and `make test`. They need Python 3.11 or newer, make and git.
# Each sets up what it needs in .venv, from the lock files in requirements/.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
JOBS ?= auto
# If a test ends its process, the run ends, red: with another process in its place, xdist waits for ever.
PARALLEL := -n $(JOBS) --dist loadgroup --max-worker-restart 0
# Some pages publish a model: beside the code of each page runs a Hub of its own.
HUB := practice_hub.beside_code:hub_beside_code
# Of all that is installed, the tests import a third. Python compiles that part when it is first imported, and keeps
# it: without that, each of the many processes would compile all its imports anew.
INSTALL := $(BIN)/pip install --quiet --disable-pip-version-check --no-compile
unexport PYTHONDONTWRITEBYTECODE
PAGES ?=
ORDER ?=
UPGRADE ?=
AUDIT ?=
MUTANTS ?=
COMMANDS ?= "make site" "make test"

.PHONY: help site serve test links snippets promote notebooks bench coverage mutants fuzz faults audit licenses sbom wheel pythons canary traced reproducible screenshots workbench lock clean browser

help: ## Show what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 13

site: $(VENV)/site ## Build the lesson's site into site/docs
	@$(BIN)/spokeshave build

serve: $(VENV)/site ## Show the lesson in the browser while it is written
	@$(BIN)/spokeshave serve

test: $(VENV)/test $(VENV)/torch tests/node/installed browser ## Check style and types, run all tests (ORDER=--random-order)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/spokeshave check
	$(BIN)/pytest $(PARALLEL) --spokeshave . --spokeshave-counts tests/lesson/snippets.yaml \
		--spokeshave-notebooks --spokeshave-service $(HUB) $(ORDER)

links: $(VENV)/site ## Ask the web whether the pages that the lesson links to still exist
	@$(BIN)/spokeshave check --external

snippets: $(VENV)/torch ## Run the code of the pages; the next site says on each page what ran
	@$(BIN)/spokeshave snippets --counts tests/lesson/snippets.yaml --service $(HUB) --record

promote: $(VENV)/torch ## Write what the code of the pages prints and draws into the pages (PAGES=episodes/…)
	@$(BIN)/spokeshave snippets . $(PAGES) --service $(HUB) --promote

notebooks: $(VENV)/torch ## Write the episodes' notebooks, with what their code printed
	@$(BIN)/spokeshave notebooks --service $(HUB)

bench: $(VENV)/test tests/node/lighthouse browser ## Time builds against pandoc, the preview, what running code costs, the Hub; Lighthouse
	$(BIN)/python -m tests.bench.build
	$(BIN)/python -m tests.bench.snippets
	$(BIN)/python -m tests.bench.hub
	$(BIN)/python -m tests.bench.lighthouse
	$(BIN)/python -m tests.bench.serve

coverage: $(VENV)/trust $(VENV)/torch browser ## Run the tests of the tools and list the lines and branches that they miss (at most 5 %)
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest $(PARALLEL) tests/spokeshave tests/practice_hub tests/lesson tests/workflows \
		tests/workbench
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

mutants: $(VENV)/trust ## Put small faults into a copy of the sources, one at a time: tests must notice (MUTANTS='spokeshave.checks.*')
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m tests.mutants $(MUTANTS)

faults: $(VENV)/test ## Kill a thousand builds, fill disks, build the same site several times at once
	$(BIN)/pytest -n $(JOBS) tests/spokeshave/faults --kills 1000

audit: $(VENV)/trust ## Ask the web for known weaknesses of all that is locked (AUDIT=--must-run: fail without the web)
	@$(BIN)/python -m tests.supply.audit $(AUDIT)

licenses: $(VENV)/trust $(VENV)/torch ## List the licenses of all that is locked, and why each goes together with ours
	@$(BIN)/python -m tests.supply.licenses

sbom: $(VENV)/trust ## Write the list of what the wheel's users get (CycloneDX) into site/sbom.json
	@$(BIN)/python -m tests.supply.parts site/sbom.json

wheel: $(VENV)/site ## Build the wheel twice, compare both, and put it into dist/
	@$(BIN)/python -m tests.supply.wheel dist

pythons: $(VENV)/site ## Ask whether newer Pythons can install all that is locked for the site and the tests
	@for version in 3.12 3.13 3.14; do for lock in site test; do $(BIN)/pip install --dry-run --quiet \
		--disable-pip-version-check --python-version $$version --only-binary=:all: --no-deps --target site/pythons \
		--require-hashes -r requirements/$$lock.txt && echo "$$version: all of requirements/$$lock.txt" || exit 1; done; done

canary: $(VENV)/test ## Run commands with a token that must turn up nowhere (COMMANDS='"make site"')
	@$(BIN)/python -m tests.secrets.canary $(COMMANDS)

traced: $(VENV)/test ## Trace the tools' files by strace: none is the user's own of the Hugging Face client
	@$(BIN)/python -m tests.secrets.traced

reproducible: $(VENV)/test ## Build two clones of the last commit, far apart, and compare every byte
	@$(BIN)/python -m tests.supply.same_site

fuzz: $(VENV)/trust ## Search long for lessons that break the reader, Markdown or settings; how time grows with size
	FUZZ_EXAMPLES=10000 $(BIN)/pytest -q -o faulthandler_timeout=3600 tests/spokeshave/hostile/test_random.py
	@for target in config markdown reader; do $(BIN)/python -m tests.fuzz.$$target || exit 1; done
	$(BIN)/python -m tests.fuzz.growth

screenshots: $(VENV)/test browser ## Take pictures of all kinds of pages, into site/screenshots
	@$(BIN)/python -m tests.browser.screenshots

workbench: $(VENV)/test site ## Build with the Workbench too (R or Docker) and print how its site differs from ours
	@$(BIN)/python -m tests.workbench.both . site/docs

lock: ## Bring the lock files up to date with pyproject.toml (UPGRADE=--upgrade: to the newest versions)
	$(PYTHON) -m venv $(VENV)/lock
	$(VENV)/lock/bin/pip install --quiet uv
	$(call compile,site,pyproject.toml --extra build)
	$(call compile,test,pyproject.toml --extra build --extra lesson --extra test)
	$(call compile,torch,--group torch --constraint requirements/test.txt)
	$(call compile,trust,--group trust --constraint requirements/test.txt)

clean: ## Remove everything that can be made again
	rm -rf $(VENV) dist site/docs site/mutants* site/screenshots site/sbom.json site/snippets.json tests/node/node_modules tests/node/installed tests/node/lighthouse .mypy_cache .pytest_cache .ruff_cache .hypothesis

compile = $(VENV)/lock/bin/uv pip compile $(2) --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-header --no-annotate $(UPGRADE) --output-file requirements/$(1).txt

$(VENV)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; this is " + sys.version.split()[0] + ". Name another one with: make PYTHON=python3.12 …")'
	@echo "Setting up $(VENV) …"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/site: requirements/site.txt pyproject.toml | $(VENV)/python
	@$(INSTALL) --require-hashes -r requirements/site.txt
	@$(INSTALL) --no-build-isolation --no-deps --editable .
	@touch $@

$(VENV)/test: requirements/test.txt $(VENV)/site
	@$(INSTALL) --require-hashes -r requirements/test.txt
	@touch $@

$(VENV)/trust: requirements/trust.txt $(VENV)/test
	@$(INSTALL) --require-hashes -r requirements/trust.txt
	@touch $@

# On PyPI, torch for Linux is a build for graphics cards whose further libraries take three gigabytes. So nothing
# but what the lock names is installed, and before it the wheel of the CPU build if pip finds one: in a folder that
# PIP_FIND_LINKS or pip's settings name.
$(VENV)/torch: requirements/torch-cpu.txt requirements/torch.txt $(VENV)/test
	@$(INSTALL) --no-deps --require-hashes -r requirements/torch-cpu.txt 2>/dev/null || true
	@$(INSTALL) --no-deps --require-hashes -r requirements/torch.txt
	@$(BIN)/python -W ignore -c 'import torch' 2>/dev/null || { echo "error: torch was installed, but cannot be used: \
	it is not its CPU build. Download that wheel (version 2.13.0+cpu) from pytorch.org into a folder, name the folder in \
	PIP_FIND_LINKS, run $(BIN)/pip uninstall --yes torch, and try again." >&2; exit 1; }
	@touch $@

# From npm come the HTML validator, a Java program, and axe-core, which judges accessibility. Without Java the
# tests read the pages with a strict HTML parser in Python instead, and without npm nothing judges accessibility:
# the tests say so. Lighthouse is large, and only `make bench` wants it.
NPM := npm ci --silent --no-audit --no-fund
tests/node/installed: tests/node/package-lock.json
	@command -v java >/dev/null || echo "No Java: HTML is checked by the Python parser alone."
	@if command -v npm >/dev/null; then cd tests/node && $(NPM) --omit=dev; \
	else echo "No npm: HTML is checked by the Python parser alone, and accessibility is not checked."; fi
	@rm -f tests/node/lighthouse
	@touch $@

tests/node/lighthouse: tests/node/installed
	@command -v npm >/dev/null || { echo "error: Lighthouse needs npm and Node 18. Install them, on Debian with: \
	apt-get install npm" >&2; exit 1; }
	@cd tests/node && $(NPM)
	@touch $@

# Built pages are looked at in a real browser: the system's, else Debian's, if we may install it.
browser:
	@for name in chromium chromium-browser google-chrome google-chrome-stable chrome; do \
		command -v $$name >/dev/null && exit 0; done; \
	if [ "$$(id -u)" = 0 ] && grep -qs '^ID=debian' /etc/os-release; then \
		echo "Installing Debian's chromium …"; \
		apt-get update -qq && apt-get install -qq --yes --no-install-recommends chromium >/dev/null; \
	else echo "error: no Chromium or Chrome: the tests look at pages in a browser. Install one, and try again." >&2; \
		exit 1; fi
