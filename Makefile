# make run · make test: the two commands a newcomer needs. `make help` lists the rest.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
PYTHON ?= python3
PORT ?= 8000
DATA_DIR ?= data
DEMO ?= 1
export PORT DATA_DIR
BIN := .venv/bin
PY := $(BIN)/python
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: help run setup setup-dev test check bench bench-large fmt messages docs pictures audit lock wheel clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /|/' | awk -F'|' '{printf "make %-12s %s\n", $$1, $$2}'

run: setup  ## everything a school needs: environment, database, demo school, server (PORT=8000 DATA_DIR=data DEMO=1)
	@exec $(PY) tools/run.py --demo=$(DEMO)

setup: .venv/.runtime $(BIN)/houqin node_modules/.done made  ## environment in .venv with .venv/bin/houqin; starts nothing

setup-dev: .venv/.dev setup

# ---- environment: stamps make a second start quick -------------------------------------------------------------
$(PY):
	@$(PYTHON) tools/make_venv.py .venv

.venv/.runtime: requirements.txt | $(PY)
	@echo "Installing Python packages (about a minute the first time) …"
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/.dev: requirements-dev.txt | .venv/.runtime
	@echo "Installing the packages for development …"
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

$(BIN)/houqin: pyproject.toml | .venv/.runtime
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

node_modules/.done: package-lock.json package.json .npmrc | .venv/.runtime
	@$(PY) tools/npm_ci.py
	@touch $@

.PHONY: made
made: | .venv/.runtime node_modules/.done
	@$(PY) tools/icon_sprite.py
	@$(BIN)/houqin messages compile

# ---- proof -----------------------------------------------------------------------------------------------------
check: export DATA_DIR := .venv/check
check: export DATABASE_URL :=
check: setup-dev  ## style, types, contracts, migrations, catalogue, budgets
	ruff format --check .
	ruff check .
	djlint --quiet --lint houqin
	python tools/budgets.py
	lint-imports
	houqin messages check
	houqin check --migrations
	houqin docs --check
	mypy

test: setup-dev  ## everything: PostgreSQL, then SQLite with the browser journeys
	@python tools/chromium.py
	DB=postgres python -m pytest -n 2 -m "not browser"
	DB=sqlite python -m pytest -n 2

bench: setup-dev  ## figures of design goals: table and bench/out/latest.json
	python -m bench

bench-large: setup-dev  ## the same with a million rows (long)
	python -m bench --large

audit: setup-dev  ## known vulnerabilities of the locked packages (asks the registries; not part of check)
	python tools/audit.py

# ---- making ----------------------------------------------------------------------------------------------------
fmt: setup-dev  ## format and sort imports
	ruff check --fix --exit-zero --quiet .
	ruff format .

messages: setup  ## collect new texts into the Chinese catalogue (TAKE=file.tsv adds translations)
	houqin messages extract --take $(TAKE)

docs: setup  ## docs/registers/ from the registers
	houqin docs

pictures: setup-dev  ## the screenshots of the README
	@python tools/chromium.py
	python -m tools.pictures

lock: setup-dev  ## requirements*.txt and package-lock.json anew from pyproject.toml and package.json
	python tools/lock.py

wheel: setup-dev  ## dist/houqin-*.whl, which needs no Node where it is installed
	rm -rf dist
	hatchling build -t wheel

clean:  ## remove the environment and everything made (data stays)
	rm -rf .venv node_modules dist static houqin/kernel/ui/static/build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
