# The commands of the project. `make help` lists them; the README says more.

VENV := .venv
BIN := $(VENV)/bin
# Python 3.11 by its own name, else a newer python3.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
UV_VERSION := 0.13.9

.DEFAULT_GOAL := help
.PHONY: help setup run test proof check bench catalogs docs lock debian python

help: ## list the commands
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 18

# ---------------------------------------------------------------------------- the environment

setup: $(VENV)/.packages $(VENV)/.fonts $(VENV)/.catalogs ## make the environment (.venv); the others call it

# What pip cannot bring: installed here when we are root, else named.
debian:
	@missing=""; \
	"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || missing="$$missing python3-venv"; \
	command -v chromium >/dev/null || missing="$$missing chromium"; \
	command -v pdftotext >/dev/null || missing="$$missing poppler-utils"; \
	command -v javac >/dev/null || missing="$$missing default-jdk-headless"; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if [ "$$(id -u)" -ne 0 ]; then \
	  echo "These Debian packages are missing; install them with: sudo apt-get install$$missing" >&2; \
	  exit 1; \
	fi; \
	echo "Installing Debian packages:$$missing"; \
	apt-get -qq update && DEBIAN_FRONTEND=noninteractive \
	  apt-get -qq install --yes --no-install-recommends $$missing >/dev/null

python: debian
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  { echo "Python 3.11 or newer is needed; install it with: sudo apt-get install python3" >&2; exit 1; }

$(BIN)/python: | python
	"$(PYTHON)" -m venv $(VENV)

$(VENV)/.packages: requirements-dev.txt | debian $(BIN)/python
	$(BIN)/python -m pip install --quiet --no-input --disable-pip-version-check \
	  --require-hashes --requirement requirements-dev.txt
	@touch $@

$(VENV)/.fonts: $(VENV)/.packages registration/letters/fonts.py registration/web/fonts.py
	$(BIN)/python -m registration.letters.fonts
	$(BIN)/python -m registration.web.fonts
	@touch $@

$(VENV)/.catalogs: $(VENV)/.packages $(wildcard translations/*/LC_MESSAGES/messages.po)
	$(BIN)/pybabel --quiet compile --directory translations
	@touch $@

# ---------------------------------------------------------------------------------- the site

run: setup ## start the site, its worker and a demonstration post office
	@exec $(BIN)/python -m registration.cli.run

# --------------------------------------------------------------------------------- judging it

# Python keeps the code that it has compiled, whatever the shell says: tests start a hundred programs,
# each of which would compile the whole site once more. Three at a time: some wait for what they started.
test: setup ## every test, with both database engines and a browser (about fourteen minutes on two cores)
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/pytest -n 3

proof: setup ## the long races, kills and floods
	$(BIN)/pytest tests/proofs --hypothesis-profile=proof

bench: setup ## the benchmarks
	$(BIN)/pytest tests/bench --benchmark-enable --benchmark-only

check: setup ## format, lint, types, imports, catalogs
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/pytest --quiet tests/house/test_catalogs.py

# ------------------------------------------------------------------------------- keeping house

catalogs: setup ## collect the texts of code and templates into translations/
	$(BIN)/python -m registration.cli.catalogs
	$(BIN)/pybabel --quiet compile --directory translations

docs: setup ## redraw docs/moves.md from the table of moves
	$(BIN)/python -m registration.cli.moves

lock: ## turn requirements*.in into requirements*.txt, the newest releases that fit
	"$(PYTHON)" -m venv $(VENV)/lock
	$(VENV)/lock/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	$(VENV)/lock/bin/uv pip compile --quiet --upgrade --no-header --generate-hashes \
	  --python-version 3.11 --output-file requirements-dev.txt requirements-dev.in
	@# With the other lock as constraint: the tests run on the releases that the site runs on.
	for each in requirements requirements-ocr; do \
	  $(VENV)/lock/bin/uv pip compile --quiet --upgrade --no-header --generate-hashes \
	    --python-version 3.11 --constraint requirements-dev.txt \
	    --output-file $$each.txt $$each.in || exit 1; \
	done
