# The environment is made on first use; a fresh machine needs Python 3.11+ and make.
PYTHON ?= python3
PORT ?= 8000
BROWSER ?= yes
BIN := .venv/bin
PAGES := $(BIN)/python -m lessons.pages
SELECT := $(if $(filter no,$(BROWSER)),-m "not browser",)

.PHONY: serve site pdf test lint new accept mutants numbers bench clean

serve: .venv/installed ## build, serve on this machine, rebuild on change
	$(PAGES) serve --port $(PORT)

site: .venv/installed ## build site/, strict
	$(PAGES) site

pdf: site ## write the whole course as course.pdf, with the system's Chromium
	$(PAGES) pdf

test: lint ## everything that must hold; BROWSER=no leaves the browser out
	$(BIN)/pytest $(SELECT)

lint: .venv/installed
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

new: .venv/installed ## make page, module, tests and entry of a chapter: make new PAGE=...
	$(PAGES) new $(PAGE)

accept: .venv/installed ## rewrite outputs and numbers from a run: make accept PAGE=...
	$(PAGES) accept $(PAGE) $(if $(WATCH),--watch)

mutants: .venv/installed ## say which mutants of the solutions pass: make mutants PAGE=...
	$(PAGES) mutants $(PAGE)

numbers: .venv/installed ## list decimals and links that no run checks: make numbers PAGE=...
	$(PAGES) numbers $(PAGE)

bench: .venv/installed ## measure the table of the README
	$(BIN)/python -m lessons.pages.bench

clean: ## forget everything that was built
	rm -rf .cache site

.venv/installed: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, this is " + sys.version.split()[0])'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable ".[dev]"
	touch $@
