# make demo   build the graph and the plots of seeds/ into outputs/
# make test   run every test
# make help   list the rest

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV ?= .venv
BIN := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --disable-pip-version-check --quiet --no-compile

# The first interpreter that is new enough; PYTHON=... names another.
PYTHON ?= $(shell for candidate in python3 python3.13 python3.12 python3.11; do \
  "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$candidate" && break; done)

TESTFLAGS ?=

.PHONY: help demo docs pictures test coverage lint format typecheck check clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' Makefile | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 20

$(BIN)/python:
	@if [ -z "$(PYTHON)" ]; then \
	  echo "kg needs Python 3.11 or later; found: $$(python3 --version 2>&1 || true)." \
	       "Install one, or name it: make PYTHON=/path/to/python3.11" >&2; exit 1; fi
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "kg needs Python 3.11 or later; $(PYTHON) is $$("$(PYTHON)" --version 2>&1)" >&2; exit 1; }
	"$(PYTHON)" -m venv $(VENV)
	$(INSTALL) --upgrade pip  # the one that Python 3.11 brings takes a minute to choose what later ones choose in seconds

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	$(INSTALL) --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(BIN)/python
	$(INSTALL) --editable '.[dev]'
	@$(BIN)/python -W ignore -m compileall -qq -j 0 -x '/(tests?|setuptools|mypyc?|pip)/' $(VENV)/lib kg \
	  || true  # some packages carry files that do not compile
	@touch $@ $(VENV)/.installed

$(VENV)/.installed-docs: pyproject.toml | $(BIN)/python
	$(INSTALL) --editable '.[docs]'
	@touch $@ $(VENV)/.installed

demo: $(VENV)/.installed ## build the graph and the plots of seeds/ into outputs/
	$(BIN)/kg build seeds/ -o outputs/seed.ttl --plot outputs/seed-network.png
	$(BIN)/kg plot outputs/seed.ttl --kind timeline -o outputs/seed-timeline.png
	@printf '\nAsk the graph, for example:\n  %s\n  %s\n' \
	  '$(BIN)/kg query outputs/seed.ttl --name who-met-whom' \
	  '$(BIN)/kg query outputs/seed.ttl --name disputed-events'

test: $(VENV)/.installed-dev ## install with the development tools and run every test
	$(BIN)/python -m pytest $(TESTFLAGS)

coverage: $(VENV)/.installed-dev ## run every test and show what they do not reach
	$(BIN)/python -m pytest --cov --cov-report=term $(TESTFLAGS)

pictures: $(VENV)/.installed-dev ## make the pictures of docs/pictures anew, with the system's browser
	KG_PICTURES=docs/pictures $(BIN)/python -m pytest -q tests/explore/browser/test_pictures.py

docs: $(VENV)/.installed-docs ## build the documentation site into site/, with warnings as errors
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --quiet --strict

lint: $(VENV)/.installed-dev ## check style and formatting
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(VENV)/.installed-dev ## put every file into shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

typecheck: $(VENV)/.installed-dev ## check types, strictly
	$(BIN)/mypy

check: lint typecheck test ## everything a change must pass

clean: ## remove the environment, caches and builds
	rm -rf $(VENV) build dist site .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage .coverage.* htmlcov
	find kg tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
