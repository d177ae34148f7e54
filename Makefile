# Each target makes the virtual environment that it needs from a bare Python 3.11 or later.
PYTHON ?= python3
DEMO = .venv-demo
DEV = .venv
TRAIN = .venv-train
TORCH = torch==2.13.0
DB = demo.db

.PHONY: help demo serve test lint docs screenshots benchmark smoke-training clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /\t/' | expand -t 18

demo: $(DEMO)/ready ## read seeds/ into a database and ask who said what
	@rm -f $(DB) $(DB)-wal $(DB)-shm
	@QUOTES_DB=$(DB) PATH="$(CURDIR)/$(DEMO)/bin:$$PATH" sh docs/demo.sh

serve: $(DEMO)/ready ## open the demo's database in Datasette, on this machine alone
	@test -f $(DB) || $(DEMO)/bin/quotes add seeds --db $(DB)
	$(DEMO)/bin/quotes serve --db $(DB)

test: $(DEV)/ready ## run the tests
	$(DEV)/bin/python -m pytest --numprocesses auto --dist worksteal

lint: $(DEV)/ready ## style, types and the order of imports
	$(DEV)/bin/ruff check
	$(DEV)/bin/ruff format --check
	$(DEV)/bin/mypy
	$(DEV)/bin/lint-imports

docs: $(DEV)/ready ## run the examples in README.md and docs/ again and write down what they print
	@# one process each: every document has a database of its own
	for document in README.md docs/*.md; do PATH="$(CURDIR)/$(DEV)/bin:$$PATH" $(DEV)/bin/cog -P -r -I docs $$document || exit; done

screenshots: $(DEV)/ready ## take the pictures of the pages in docs/screenshots again; needs chromium
	@rm -f screenshots.db
	$(DEV)/bin/quotes add seeds --db screenshots.db
	$(DEV)/bin/python docs/screenshots.py screenshots.db
	@rm -f screenshots.db

benchmark: $(DEV)/ready ## measure speed, memory, sizes and pages, and draw them in docs/; writes 2 GB, takes an hour
	$(DEV)/bin/python benchmarks/report.py

smoke-training: $(TRAIN)/ready ## train, export and run a model on a made-up sample, on the CPU
	$(TRAIN)/bin/python -m training.smoke

clean: ## remove what the targets made
	rm -rf $(DEMO) $(DEV) $(TRAIN) build dist $(DB) $(DB)-wal $(DB)-shm

$(DEMO)/ready: pyproject.toml $(shell find src -name '*.py' -o -path '*/data/*' -o -path '*/templates/*' -o -path '*/static/*')
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "quotes needs Python 3.11 or later, and $(PYTHON) is older: make $(MAKECMDGOALS) PYTHON=python3.12")'
	$(PYTHON) -m venv $(DEMO)
	$(DEMO)/bin/python -m pip install --quiet --disable-pip-version-check .
	@touch $@

$(DEV)/ready: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "quotes needs Python 3.11 or later, and $(PYTHON) is older: make $(MAKECMDGOALS) PYTHON=python3.12")'
	$(PYTHON) -m venv $(DEV)
	$(DEV)/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

$(TRAIN)/ready: pyproject.toml
	$(PYTHON) -m venv $(TRAIN)
	$(TRAIN)/bin/python -m pip install --quiet --disable-pip-version-check $(TORCH) --editable '.[train]'
	@touch $@
