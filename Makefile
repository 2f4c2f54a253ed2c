# Two commands for a fresh machine: `make demo` and `make test`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test browser lint check fidelity lock clean

demo: $(VENV)/.demo  ## Set up and run the whole service on built-in publishers; prints where to look.
	$(BIN)/headrace demo

test: $(VENV)/.test browser lint check  ## Set up and run every test, lint, types and import contracts.
	$(BIN)/python -m pytest -n 2 --dist loadfile

browser:  ## The browser that the tests of pages look with, and the letters they measure: put in where missing, if that can be.
	@if [ "$$HEADRACE_BROWSER" = none ] || command -v $${HEADRACE_BROWSER:-chromium} chromium-browser google-chrome google-chrome-stable >/dev/null; then :; \
	elif command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-liberation; \
	else echo "No browser: install Chromium, or leave its tests out with HEADRACE_BROWSER=none."; fi

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

check: $(VENV)/.test
	$(BIN)/mypy
	$(BIN)/lint-imports

fidelity: $(VENV)/.demo  ## How far the results agree with the existing platform's; needs the real data.
	$(BIN)/python benchmarks/fidelity.py $${HEADRACE_SHARED:-../shared}/data

lock:  ## Resolve the dependencies again; the locks hold no address and no path.
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv --system-certs pip compile $(LOCK_OPTIONS) --group build pyproject.toml --output-file requirements/demo.lock
	$(BIN)/uv --system-certs pip compile $(LOCK_OPTIONS) --group test pyproject.toml --output-file requirements/test.lock

LOCK_OPTIONS := --quiet --upgrade --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --no-annotate

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; assert sys.version_info >= (3, 11), "Headrace needs Python 3.11 or later"'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.demo: requirements/demo.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/demo.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.test: requirements/test.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@ $(VENV)/.demo

clean:
	rm -rf $(VENV) demo .mypy_cache .ruff_cache .pytest_cache .hypothesis
