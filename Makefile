# make run · make quick · make test · make check · make made · make pictures · make sheets · make reliability · make bench
# make dist · make lock
# make made is all that is generated, in its order: make schema · make templates · make docs · make sample · make golden
# A virtual environment is made in .venv if there is none; nothing outside the folder is touched.
PYTHON ?= python3
BIN := .venv/bin
PY := $(BIN)/python

.PHONY: run quick test check layers made golden sample templates schema docs pictures sheets reliability bench dist lock

run: .venv/.run
	$(PY) generate.py build

test: .venv/.dev
	$(PY) -m pytest -n auto --dist loadgroup

quick: .venv/.dev             # what needs no LibreOffice, browser or second process, nor the whole sample year: under a minute
	$(PY) -m pytest -n auto -m "not (office or browser or process or year or many)"

check: .venv/.dev layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

layers: .venv/.dev
	$(PY) -m pytest tests/project/test_layers.py

made:                         # all that is generated, each after what it is made from; a second run changes nothing
	$(MAKE) schema
	$(MAKE) templates
	$(MAKE) docs
	$(MAKE) sample
	$(MAKE) golden

golden: .venv/.dev            # write the texts of the sample papers (tests/golden) anew
	$(PY) -m pytest -p no:xdist tests/papers/test_golden_papers.py --update-golden

sample: .venv/.dev            # issue the sample's letters anew, through the command line
	$(PY) tests/support/sample.py

templates: .venv/.dev         # write the product's own templates anew, from template_sources
	$(PY) -m template_sources.builder

schema: .venv/.dev            # write schema/ anew, and the line in each file that names its schema
	$(PY) -m liangqing.data
	$(PY) tests/support/schema_lines.py

docs: .venv/.dev              # write 模板变量.md, 命令/, 提示代码.md, 日期先后.md, 模板兼容.md, 格式检查实测.md, the table of 格式检查.md, and the lines that 开发说明.md names, anew
	$(PY) -m liangqing.variables > docs/使用手册/模板变量.md
	$(PY) tests/support/command_pages.py
	$(PY) tests/support/rules_page.py
	$(PY) tests/support/codes_page.py
	$(PY) tests/support/dates_page.py
	$(PY) tests/support/conformance_page.py
	$(PY) tests/support/format_figures_page.py
	$(PY) tests/support/code_places.py

pictures: .venv/.dev          # draw the pictures of docs/使用手册/图 anew, with LibreOffice and Chromium
	$(PY) tests/support/pictures.py

sheets: .venv/.dev            # draw the pages of every kind of paper on contact sheets, into build/sheets or INTO=folder
	$(PY) tests/support/contact_sheets.py $(INTO)

reliability: .venv/.dev       # whatever can go wrong, tried by the thousand; write docs/可靠性.md (SIZES=中断: that stage alone; SIZES="中断=50": and smaller, writes nothing)
	$(PY) tests/support/campaign.py $(SIZES)

bench: .venv/.dev             # measure against other engines, which it installs; write docs/基准.md and docs/整年基准.md anew
	$(PY) -m benchmarks.run
	$(PY) -m benchmarks.whole

dist: .venv/.dev              # the wheel, the starters to double-click, and in wheels/ all that an installation without a network needs
	rm -rf $(DIST)
	$(PIP) wheel --no-deps --no-build-isolation -w $(DIST) .
	$(PIP) download --require-hashes -d $(DIST)/wheels $(OTHER) -r requirements.lock
	cp -p $(DIST)/liangqing-*.whl $(DIST)/wheels/
	cp -p starters/* $(DIST)/
	$(PY) tests/support/dist_inventory.py $(DIST)

lock: .venv/.dev              # the newest versions of what is installed with the program, with their hashes, for every kind of machine
	$(PIP) install uv
	$(PY) -m uv pip compile --quiet --upgrade --universal --generate-hashes --no-annotate --no-header \
	  --python-version 3.11 --extra desk -o requirements.lock pyproject.toml

# For another kind of machine: make dist PLATFORM=win_amd64 PYTHON_VERSION=3.12, or PLATFORM=manylinux2014_aarch64.
DIST := dist
PIP := $(PY) -m pip --quiet --disable-pip-version-check
OTHER = $(if $(PLATFORM)$(PYTHON_VERSION),--only-binary :all:) $(if $(PLATFORM),--platform $(PLATFORM)) \
  $(if $(PYTHON_VERSION),--python-version $(PYTHON_VERSION))

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit("需要 Python 3.11 或更新" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv

.venv/.run: .venv/bin/python pyproject.toml
	$(PY) -m pip install --quiet --disable-pip-version-check -e '.[desk]'
	touch $@

.venv/.dev: .venv/bin/python pyproject.toml
	$(PY) -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@ .venv/.run
