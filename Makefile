# Two commands are enough: `make demo` and `make test`. Both set up .venv themselves.
SHELL := /bin/bash
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
# A wheel index for PyTorch, e.g. one with CPU builds only; empty: the default index.
TORCH_INDEX ?=
TORCH := $(shell sed -n 's/^\(torch==.*\)/\1/p' constraints.txt)
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help setup fix check test demo serve eval bench mutants campaign

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile

setup: $(READY) ## make .venv with everything pinned (TORCH_INDEX=URL for a CPU wheel index)

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; set PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check $(if $(TORCH_INDEX),--index-url $(TORCH_INDEX)) $(TORCH)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $(READY)

fix: $(READY) ## format, and mend what can be mended
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

check: $(READY) ## format, lint, types, import contracts, the sample company's rules, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/assist check-policies kb_corpus --strict
	$(BIN)/pytest -n 2 --dist loadfile --cov --cov-report=term:skip-covered

test: $(READY) ## all tests
	$(BIN)/pytest -n 2 --dist loadfile

demo: $(READY) ## ingest the sample company, suggest for three tickets
	$(BIN)/assist ingest kb_corpus --home .assist/demo
	$(BIN)/assist suggest --home .assist/demo --at 2026-11-20T15:00:00Z \
		kb_corpus/tickets/answerable.json kb_corpus/tickets/escalate.json kb_corpus/tickets/abstain.json

serve: $(READY) ## the service and its page on http://127.0.0.1:8000
	$(BIN)/assist ingest kb_corpus
	$(BIN)/assist serve

eval: $(READY) ## the curated cases
	$(BIN)/assist-evals run core

bench: $(READY) ## speed and memory, printed
	$(BIN)/python -m evals.bench

mutants: $(READY) ## change the policies' code in thousands of ways: which change does no test notice?
	$(BIN)/mutmut run --max-children 2
	$(BIN)/mutmut results

campaign: $(READY) ## long runs: crash, load, fuzz at full size
	$(BIN)/python -m evals.bench --campaign
