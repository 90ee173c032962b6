# make run · make test · make check · make sample · make templates · make docs
# A virtual environment is made in .venv if there is none; nothing outside the folder is touched.
PYTHON ?= python3
BIN := .venv/bin
PY := $(BIN)/python

.PHONY: run test check layers sample templates docs

run: .venv/.run
	$(PY) generate.py build

test: .venv/.dev
	$(PY) -m pytest -n auto

check: .venv/.dev layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

layers: .venv/.dev
	$(PY) -m pytest tests/test_layers.py

sample: .venv/.dev            # issue the sample's letters anew, through the command line
	$(PY) tests/sample.py

templates: .venv/.dev         # write the product's own templates anew
	$(PY) -m liangqing.house

docs: .venv/.dev              # write docs/模板变量.md anew
	$(PY) -m liangqing.context > docs/模板变量.md

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("需要 Python 3.11 或更新" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv

.venv/.run: .venv/bin/python pyproject.toml
	$(PY) -m pip install --quiet --disable-pip-version-check -e .
	touch $@

.venv/.dev: .venv/bin/python pyproject.toml
	$(PY) -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@ .venv/.run
