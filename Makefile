# Everything sets itself up: a machine needs Python 3.11 to 3.13, make and a package index.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help demo test slow coverage chaos eval install check format lock clean

help:
	@echo "make demo     show what the bot does, then ask it yourself"
	@echo "make test     run all tests but the slow ones"
	@echo "make slow     run those: accuracy on labelled sets, killed processes, benchmarks"
	@echo "make coverage run both and show which lines and branches no test reaches"
	@echo "make chaos    ask thousands of questions under kills, cuts and a lost database; takes half an hour"
	@echo "make eval     measure the matching on 400 labelled questions over the FAQ that ships"
	@echo "make install  set up .venv with all extras and the tools of development"
	@echo "make check    look at format, lint, types, layers, migrations and docs"
	@echo "make format   format the code and fix what can be fixed"
	@echo "make lock     lock the dependencies anew; needs uv"
	@echo "make clean    remove what these commands made"

demo: .venv/.run
	@$(BIN)/faqbot demo

# pytest prepares 500 files for its messages: what it keeps of that, on any machine, it need not do again.
test: .venv/.dev
	@PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -q -n 2 -m "not slow" $(PYTEST_ARGS)

slow: .venv/.dev
	@PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -q -n 2 -m slow $(PYTEST_ARGS)

coverage: .venv/.dev
	@$(BIN)/coverage erase
	@PYTHONDONTWRITEBYTECODE= $(BIN)/coverage run -m pytest -q -n 2 $(PYTEST_ARGS)
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report $(COVERAGE_ARGS)

# Three seeds on both databases; each run prints its own, and all are run before the first failure counts.
chaos: .venv/.dev
	@failed=0; for seed in 11 12 13; do for database in sqlite postgres; do \
		$(BIN)/python -m bench.chaos --database $$database --seed $$seed $(CHAOS_ARGS) || failed=1; \
	done; done; exit $$failed

eval: .venv/.run
	@$(BIN)/faqbot eval faq_data tests/questions/pack.jsonl $(EVAL_ARGS)

install: .venv/.dev

# mkdocs gets no --quiet: that would hide warnings from --strict as well.
check: .venv/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.drift
	$(BIN)/hadolint Dockerfile
	$(BIN)/python -m tests.compose
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

format: .venv/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || \
		{ echo "faqbot needs Python 3.11 to 3.13; name one: make PYTHON=python3.12 …" >&2; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

# What the product needs to run: enough for the demo, and quick.
.venv/.run: requirements.txt pyproject.toml | $(BIN)/python
	@echo "Setting up .venv …"
	@$(PIP) install --require-hashes -r requirements.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

# The same with all extras and the tools of development.
.venv/.dev: requirements-dev.txt .venv/.run
	@echo "Adding the tools of development …"
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@touch $@

# Writes no index address.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header \
		pyproject.toml requirements-build.in -o requirements.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header \
		--all-extras --group dev pyproject.toml requirements-build.in -c requirements.txt -o requirements-dev.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header \
		--extra slack --extra discord pyproject.toml requirements-build.in -c requirements.txt -o requirements-image.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header \
		--group bench -c requirements-dev.txt -o requirements-bench.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header \
		--all-extras --excludes requirements-musl.in pyproject.toml requirements-build.in -c requirements-dev.txt -o requirements-musl.txt

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .coverage* .hypothesis .import_linter_cache .site
