# Everything sets itself up: a machine needs Python 3.11 to 3.13, make and a package index.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test install check format lock clean

demo: .venv/.run
	@$(BIN)/faqbot demo

test: .venv/.dev
	@$(BIN)/pytest -q -n 2 $(PYTEST_ARGS)

install: .venv/.dev

check: .venv/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.drift

format: .venv/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# What the product needs to run: enough for the demo, and quick.
.venv/.run: requirements.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# The same with all extras and the tools of development.
.venv/.dev: requirements-dev.txt .venv/.run
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

# Needs uv; writes no index address.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header \
		pyproject.toml requirements-build.in -o requirements.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header \
		--all-extras --group dev pyproject.toml requirements-build.in -c requirements.txt -o requirements-dev.txt

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
