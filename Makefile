# The two commands of the README are `make demo` and `make test`; `make` alone lists the rest.
PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev demo test slow lint bench lock train clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: .venv/.ready ## make .venv with putright in it
setup-dev: .venv/.ready-dev

demo: setup ## a whole tour on a bundled inbox, in a temporary database
	@$(BIN)/putright demo

test: setup-dev ## run every test but the slow ones
	$(BIN)/python -m pytest -m "not slow"

slow: setup-dev ## run the slow tests (kills, browsers, fuzzing)
	$(BIN)/python -m pytest -m slow --timeout 900

lint: setup-dev ## ruff and mypy, strict
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(if $(COMPLAINTS_CSV),setup-dev,.venv/.ready-bench) ## measure speed and memory against named baselines
	@$(BIN)/python -m benchmarks $(if $(COMPLAINTS_CSV),tweets --csv "$(COMPLAINTS_CSV)")

train: setup ## train the bundled model anew from models/corpus
	$(BIN)/putright train --bundled

lock: ## make the lock files anew from pyproject.toml (wants uv)
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-annotate --no-header -o requirements.lock pyproject.toml
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-annotate --no-header --extra dev -o requirements-dev.lock pyproject.toml
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-annotate --no-header --group bench -c requirements.lock -o requirements-bench.lock

clean: ## remove what the targets above made
	rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

# pip says a great deal when all is well; what it said is shown when it failed.
quietly = $(1) >.venv/setup.log 2>&1 || { cat .venv/setup.log; echo "The set-up failed: see above, then run make again."; exit 1; }

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "putright needs Python 3.11 or newer: say which with  make PYTHON=python3.12 …"; exit 1; }
	@echo "Setting up .venv (once; a minute or two)"
	@$(PYTHON) -m venv .venv

.venv/.ready: requirements.lock pyproject.toml | .venv/bin/python
	@$(call quietly,$(BIN)/python -m pip install --disable-pip-version-check --require-hashes -r requirements.lock)
	@$(call quietly,$(BIN)/python -m pip install --disable-pip-version-check --no-deps --no-build-isolation -e .)
	@touch $@

.venv/.ready-dev: requirements-dev.lock .venv/.ready
	@$(call quietly,$(BIN)/python -m pip install --disable-pip-version-check --require-hashes -r requirements-dev.lock)
	@touch $@

# Built from source, which a machine may not be able to: the rest is measured all the same.
.venv/.ready-bench: requirements-bench.lock .venv/.ready-dev
	@echo "Building fastText to compare with (once; a minute or two)"
	@$(BIN)/python -m pip install --disable-pip-version-check --require-hashes -r requirements-bench.lock \
		>.venv/setup.log 2>&1 && touch $@ || \
		echo "It could not be built (.venv/setup.log says why; it wants a C++ compiler): the rest is measured without it."
