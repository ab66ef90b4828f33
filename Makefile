.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SAMPLE := data/sample
AS_OF := 2026-10-30

help:  ## list the targets
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | sort

install: $(VENV)/.installed  ## make the virtual environment with all that the tests need
$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

demo: install  ## reconcile the committed sample, then post the files to a model of CALPADS
	$(BIN)/senr-duck run --ods $(SAMPLE)/ods.txt --sis $(SAMPLE)/sis.csv --config $(SAMPLE)/senr.toml \
	  --as-of $(AS_OF) --allow-other-year --out out/demo --db out/demo/senr.duckdb

run: install  ## reconcile two extracts: make run ODS=… SIS=… [OPTIONS='…']
	$(BIN)/senr-duck run --ods '$(ODS)' --sis '$(SIS)' $(OPTIONS)

lint: install  ## form of the Python and the SQL files, and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/sqlfluff lint --processes 2 --disable-progress-bar sql

test: lint  ## lint, types and all tests
	$(BIN)/pytest -n 2

lock: install  ## after a change of a view: what sqlglot reads from each, kept for a fast start
	$(BIN)/python -m senr_duck.views

bench: install  ## time and memory of a run against a bare DuckDB script: make bench [STUDENTS=…]
	$(BIN)/python tests/bench.py $(STUDENTS)

.PHONY: help install demo run lint test lock bench
