# Needs Python 3.11 or newer and nothing else; everything that is installed goes into .venv.

VENV := .venv
BIN := $(VENV)/bin
BENCH := .venv-bench
ARGS :=
# How many processes test, each with a server of its own; one where all would share the server of the environment.
WORKERS := $(if $(GRAPHKB_TEST_NEO4J_URI),0,2)
PYTHON := $(shell for python in python3.13 python3.12 python3.11 python3 python; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$python && break; done)

.PHONY: help demo test test-long check lint types layers neo4j bench bench-large bench-questions bench-growth bench-startup clean
.DEFAULT_GOAL := help

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "make %-15s %s\n", $$1, $$2 }' Makefile

demo: $(VENV)/.installed ## load the shipped example and answer the first question
	@$(BIN)/graphkb demo

test: $(VENV)/.installed-dev ## run the tests; make test ARGS="-k gaps" runs some of them
	$(BIN)/python -m pytest tests --numprocesses=$(WORKERS) --dist=loadfile --no-loadscope-reorder $(ARGS)

test-long: $(VENV)/.installed-dev ## what takes long: faults at every moment, laws on many more graphs and loads
	GRAPHKB_TEST_LONG=1 $(BIN)/python -m pytest tests/faults tests/sync tests/diff tests/checks/test_laws.py \
		tests/queries/test_oracle.py --numprocesses=$(WORKERS) --dist=loadfile --no-loadscope-reorder $(ARGS)

check: lint types layers ## lint, types and layers

lint: $(VENV)/.installed-dev ## style and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-dev ## static types
	$(BIN)/mypy --strict

layers: $(VENV)/.installed-dev ## which part may import which
	$(BIN)/lint-imports

neo4j: $(VENV)/.installed-dev ## run a Neo4j with its Browser on this machine, data in .neo4j, until Ctrl-C
	@$(BIN)/python -m tests.support.server

bench: $(BENCH)/.installed ## how long loads take on both stores, beside others; make bench ARGS="--json loading.json"
	$(BENCH)/bin/python benchmarks/loading.py $(ARGS)

bench-large: $(BENCH)/.installed ## the same with 100,000 elements and 500,000 edges
	$(BENCH)/bin/python benchmarks/loading.py 100000 $(ARGS)

bench-questions: $(BENCH)/.installed ## how fast questions are, at 100,000 elements; make bench-questions ARGS="10000 --only gaps"
	$(BENCH)/bin/python benchmarks/questions.py $(ARGS)

bench-growth: $(BENCH)/.installed ## the same at three sizes, drawn into benchmarks/growth.png
	$(BENCH)/bin/python benchmarks/questions.py --growth benchmarks/growth.png $(ARGS)

bench-startup: $(VENV)/.installed-dev ## how long commands take to start
	$(BIN)/python benchmarks/startup.py $(ARGS)

clean: ## remove .venv, caches and builds; data stay
	rm -rf $(VENV) $(BENCH) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "graphkb needs Python 3.11 or newer, and there is none on the path." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) cannot make a virtual environment. On Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	@echo "Making $(VENV) with $(PYTHON)."
	@$(PYTHON) -m venv $(VENV)

# A stamp is as new as its last installation, so that nothing is installed twice until pyproject.toml changes.
$(VENV)/.installed: pyproject.toml | $(BIN)/python
	@echo "Installing graphkb."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(BIN)/python
	@echo "Installing graphkb and the tools of its tests."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(VENV)/.installed $@

# Of their own, since some of what graphkb is compared with wants an older driver.
$(BENCH)/.installed: pyproject.toml | $(BIN)/python
	@echo "Making $(BENCH) with graphkb and the tools of its benchmarks."
	@$(PYTHON) -m venv $(BENCH)
	@$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[bench]'
	@touch $@
