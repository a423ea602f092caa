# make run    sets everything up, runs the example, and says where its reports are
# make test   sets everything up and runs the tests
# make bench  measures the promises about speed, and writes docs/benchmarks.md
# Set-up happens once: again only when the pinned requirements or pyproject.toml change.

PYTHON ?= python3
VENV := .venv
EXAMPLE := examples/malang-2022
AS_OF := 2022-05-15

.PHONY: run test lint bench
run: $(VENV)/.ready
	$(VENV)/bin/kipp run $(EXAMPLE) --as-of $(AS_OF)

test: $(VENV)/.ready-dev
	$(VENV)/bin/python -m pytest -q --numprocesses=auto --dist=loadfile

lint: $(VENV)/.ready-dev
	$(VENV)/bin/ruff format --check --quiet .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

bench: $(VENV)/.ready-dev
	$(VENV)/bin/python -m tests.bench

$(VENV)/.ready: requirements.txt pyproject.toml
	sh .ci/set-up $(PYTHON) $(VENV) requirements.txt
	touch $@

$(VENV)/.ready-dev: requirements-dev.txt pyproject.toml
	sh .ci/set-up $(PYTHON) $(VENV) requirements-dev.txt
	touch $@ $(VENV)/.ready

# For those who maintain it: what docs/ takes from tasks/schema.py.
.PHONY: dictionary
dictionary: $(VENV)/.ready
	$(VENV)/bin/python -m docs.generate

# For those who maintain it: the pins with their hashes, from pyproject.toml (needs uv).
.PHONY: requirements
PIN := uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --extra build
requirements:
	$(PIN) --extra dev -o requirements-dev.txt
	$(PIN) -c requirements-dev.txt -o requirements.txt
