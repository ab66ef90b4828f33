.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SAMPLE := data/sample
AS_OF := 2026-10-30

help:  ## list the targets
	@grep -E '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | sort

install: $(VENV)/.installed  ## make the virtual environment, with everything that the tests need
$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

demo: install  ## reconcile the sample and post it to a model of CALPADS, three times, until nothing is left to send; compare the other files
	@rm -rf out/demo
	@mkdir -p out/demo
	@cp $(SAMPLE)/ods.txt out/demo/ods_1.txt
	@for turn in 1 2 3; do \
	  echo; echo "== run $$turn"; \
	  $(BIN)/senr-duck run --ods out/demo/ods_$$turn.txt --sis $(SAMPLE)/sis.csv \
	    --config $(SAMPLE)/senr.toml --as-of $(AS_OF) --allow-other-year \
	    --out out/demo/run_$$turn --db out/demo/senr.duckdb && \
	  $(BIN)/senr-duck simulate --ods out/demo/ods_$$turn.txt out/demo/run_$$turn/*/*.zip \
	    --as-of $(AS_OF) --write-ods out/demo/ods_$$((turn + 1)).txt || exit; \
	done
	@echo; echo "the zip of the first run:"; ls out/demo/run_1/*/*.zip
	@for file in sela sprg sinf; do \
	  echo; echo "== $$file"; \
	  $(BIN)/senr-duck compare $$file --ods $(SAMPLE)/$${file}_ods.txt --sis $(SAMPLE)/$${file}_sis.csv \
	    --config $(SAMPLE)/senr.toml --as-of $(AS_OF) --allow-other-year \
	    --senr out/demo/senr.duckdb --out out/demo/compare --db out/demo/compare_$$file.duckdb || exit; \
	done
	@echo; echo "all four files in one page:"; $(BIN)/senr-duck report --db out/demo/senr.duckdb --out out/demo/report.html

extracts:
	$(if $(and $(ODS),$(SIS)),,@echo "give both extracts: make $(MAKECMDGOALS) ODS=ods.txt SIS=sis.csv" >&2; exit 2)

QUERY_OPTION = $(if $(QUERY),--query '$(QUERY)')
ifneq ($(filter extract,$(MAKECMDGOALS)),)
SIS ?= sis.parquet
.NOTPARALLEL:
endif
extract: install  ## read the SIS's database over ODBC: make extract run ODS=… [QUERY=…] [EXTRACT_OPTIONS='…'] [OPTIONS='…']
	@$(BIN)/python -c 'import arrow_odbc' 2>/dev/null || \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check 'arrow-odbc>=10.6'
	$(BIN)/senr-duck extract-sis $(QUERY_OPTION) --out '$(SIS)' $(EXTRACT_OPTIONS)

run: extracts install  ## reconcile two extracts: make run ODS=… SIS=… [OPTIONS='…']
	$(BIN)/senr-duck run --ods '$(ODS)' --sis '$(SIS)' $(OPTIONS)

check: extracts install  ## compare, write nothing, and fail if there is a difference: make check ODS=… SIS=… [OPTIONS='…']
	$(BIN)/senr-duck check --ods '$(ODS)' --sis '$(SIS)' $(OPTIONS)

status: install  ## show the last runs, what has posted, and which file is next: make status [OPTIONS='…']
	$(BIN)/senr-duck status $(OPTIONS)

next: install  ## say which file to upload now, and how to record it: make next [OPTIONS='…']
	$(BIN)/senr-duck next $(OPTIONS)

RUN := latest
posted: install  ## record that the files of the last run have posted: make posted [RUN=…] [OPTIONS='--through 002_Exits']
	$(BIN)/senr-duck posted $(RUN) $(OPTIONS)

work-lists: install  ## write an Excel list of what to fix for each LEA: make work-lists [OPTIONS='…']
	$(BIN)/senr-duck work-lists $(OPTIONS)

KEEP := 10
clean-runs: install  ## remove the folders of old runs: make clean-runs KEEP=10 [OPTIONS='…']
	$(BIN)/senr-duck clean-runs --keep $(KEEP) $(OPTIONS)

# sqlfluff reads each file by itself and is slow: it gets those that have changed since the last time.
SQL_FILES := $(wildcard sql/*/*.sql sql/*/*/*.sql sql/*/*/*/*.sql docs/own/*.sql)
CHANGED = $(if $(filter-out %.sql,$?),$(SQL_FILES),$?)
$(VENV)/.sql-linted: $(SQL_FILES) pyproject.toml $(VENV)/.installed
	@echo "$(BIN)/sqlfluff lint ($(words $(CHANGED)) files)"
	@$(BIN)/sqlfluff lint --processes 2 --disable-progress-bar $(CHANGED)
	touch $@

lint: install $(VENV)/.sql-linted  ## check the format of the Python and SQL files, the types, what make lock writes, and the words
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m senr_duck.rulebook.generate --check
	$(BIN)/python -m tools.words

# Two processes; the one that finishes first takes over tests from the other.
PYTEST := $(BIN)/pytest -n 2 --dist worksteal

test: lint  ## lint, check types, and run the tests that are not marked slow: a few minutes
	$(PYTEST) -m 'not slow'

test-all: lint  ## lint, check types, and run all tests; every change must pass this
	$(PYTEST)

lock: install  ## after a change to a view: update the checksums, the lists of columns and checks, and the index of the views
	$(BIN)/python -m senr_duck.rulebook.generate

docs: install  ## after a change to what is printed: update the outputs in the documents; read the difference
	$(BIN)/python -m tools.exceptions_page
	$(BIN)/python -m tools.reasons_page
	$(BIN)/python -m tools.compared_page
	$(BIN)/python -m tools.pages

golden: install  ## write the golden outputs again; read the difference before you commit it
	$(BIN)/python -m tests.golden.test_golden
	$(BIN)/python -m tests.compare.test_golden

test-lowest:  ## run the tests with the lowest versions that pyproject.toml allows
	$(PYTHON) -m venv .venv-lowest
	.venv-lowest/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]' \
	  --constraint tests/lowest.txt
	.venv-lowest/bin/pytest -n 2

test-engines: install  ## compare the results on PostgreSQL and Spark, and read PostgreSQL over ODBC: needs Java 17, and root to install the servers
	@test -n "$$(ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null || command -v initdb)" || \
	  { apt-get update && apt-get install --yes postgresql; }
	@test -n "$$(ls /usr/lib/*/odbc/psqlodbcw.so 2>/dev/null)" || \
	  { apt-get update && apt-get install --yes unixodbc odbc-postgresql; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev,engines,odbc,spark]'
	$(BIN)/pytest tests/engines/external

DISTRICT := Los Angeles Unified
TURNS := 5
bench: install  ## measure time, memory and correctness next to other tools: make bench [DISTRICT='…'] [STUDENTS=…] [TURNS=5]
	$(BIN)/python -m tools.bench --district '$(DISTRICT)' --turns $(TURNS) $(if $(STUDENTS),--students $(STUDENTS))

bench-statewide: install  ## measure one run on the whole state and add it to the page of the last make bench; its files take 4 GB
	$(BIN)/python -m tools.bench.statewide --district '$(DISTRICT)' $(if $(STUDENTS),--students $(STUDENTS))

.PHONY: help install demo extracts extract run check status next posted work-lists clean-runs lint test test-all lock docs golden test-lowest \
  test-engines bench bench-statewide
