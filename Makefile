# Every target makes its own environment first; nothing but Python 3.11, git and make is needed.

PYTHON_IN = .venv/bin/python
READY = .venv/.ready
RUN_READY = .venv/.run-ready
BENCH_READY = .venv/.bench-ready
WORKERS ?= 2
# Whatever reads or writes the database of itself; `make test-long` runs the browser's stories, the
# walk over every address and the calls drawn at random on PostgreSQL too.
ON_BOTH = $(addprefix tests/server/,test_database.py accounts agreements api desk ledger uptime worker) \
	--ignore=tests/server/api/test_schemathesis.py
CHECKS = check-style check-format check-types check-imports check-catalogues

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: run tour test test-long check bench catalogues styles pictures help clean $(CHECKS)

run: $(if $(wildcard $(READY)),$(READY),$(RUN_READY))  ## a service desk with four providers, at 127.0.0.1:8000
	@.venv/bin/uphold demo

tour: $(READY)  ## judge real incidents, measure real checks, seal a statement
	@$(PYTHON_IN) -m uphold.demo

test: $(READY)  ## every test but the long ones; the server's on both databases
	@$(PYTHON_IN) -m pytest -q -n $(WORKERS)
	@UPHOLD_TEST_DATABASE=postgresql $(PYTHON_IN) -m pytest -q -n $(WORKERS) $(ON_BOTH)

test-long: $(READY)  ## soaks, mutations and large property runs
	@$(PYTHON_IN) -m pytest -q -n $(WORKERS) -m long
	@UPHOLD_TEST_DATABASE=postgresql $(PYTHON_IN) -m pytest -q -n $(WORKERS) -m "long or not long" tests/server

check: $(READY)  ## style, types, import rules, message catalogues
	@$(MAKE) --no-print-directory --keep-going $(CHECKS)

check-style: $(READY)
	@.venv/bin/ruff check --output-format=concise

check-format: $(READY)
	@.venv/bin/ruff format --check

check-types: $(READY)
	@$(PYTHON_IN) -m mypy

check-imports: $(READY)
	@.venv/bin/lint-imports

check-catalogues: $(READY)
	@$(PYTHON_IN) -m uphold.messages.catalogue_check

bench: $(BENCH_READY)  ## measure, with peers beside us in the same run
	@set -e; for file in benchmarks/*.py; do \
		[ -e "$$file" ] || { echo "no benchmarks yet"; break; }; \
		echo "== $$file"; $(PYTHON_IN) "$$file"; \
	done

catalogues: $(READY)  ## compile the message catalogues
	@$(PYTHON_IN) -m uphold.messages.compile

styles:  ## build the server's style sheet anew; needs Node
	@cd tools/styles && npm install --silent --no-save --no-audit --no-fund && npm run --silent build

pictures: $(READY)  ## draw the README's pictures anew
	@$(PYTHON_IN) tools/pictures.py

help:  ## this list
	@awk -F ':.*##' '/^[a-z-]+:.*##/ { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

clean:  ## remove the environment and every cache
	rm -rf .venv .tools .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

$(READY): uv.lock pyproject.toml tools/environment.sh
	@tools/environment.sh
	@touch $@

# What `make run` needs and no more, so that the first page comes quickly.
$(RUN_READY): uv.lock pyproject.toml tools/environment.sh
	@tools/environment.sh --no-dev --extra server
	@touch $@

$(BENCH_READY): $(READY)
	@tools/environment.sh --group bench
	@touch $@
