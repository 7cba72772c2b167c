# make run     read the sample reports and show what comes out (builds .venv on first use)
# make test    all checks: style, types, import contracts, tests, built data
# make bench   speed, memory and growth; writes a table
# make gate    raise the pinned figures of quality to what is measured now
# make lock    pin the newest allowed versions of all dependencies
# make clean   remove what was built

# The first interpreter that is new enough; make PYTHON=/path/to/python picks another.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3.14 python3 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && command -v "$$p" && break; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: run test check bench gate lock clean

run: .venv/.run
	@$(BIN)/marsad read --demo samples/reports

test: check
	$(BIN)/python -m pytest -n auto
	$(BIN)/python tools/build_gazetteer.py --check

# The checks that need no test run.
check: .venv/.dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/.dev
	$(BIN)/python bench/reading.py
	$(BIN)/python bench/copies.py
	$(BIN)/python bench/register.py
	$(BIN)/python bench/search.py

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

lock: .venv/bin/python
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip --disable-pip-version-check --quiet install pip-tools
	tools/lock build/lock/bin/pip-compile

clean:
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache src/*.egg-info
	find src tests tools bench -name __pycache__ -type d -prune -exec rm -rf {} +
