# Everything a developer types. `make install` needs python 3.11 or later and make, nothing else.

PYTHON ?= python3
PY := .venv/bin/python
EXEC := $(PY) -m config.embedded exec --
# Containers often forbid bytecode; then each process, the tests' hundreds too, compiles all anew.
unexport PYTHONDONTWRITEBYTECODE
CODE := $(wildcard agencies tasks consultations reports config tests bench manage.py)

.PHONY: run test lint shell messages bench install lock bench-reader

run: install
	@exec $(PY) -m config.embedded run

test: install lint
	$(PY) -m pytest -n 3 --dist worksteal

lint: install
	.venv/bin/ruff check $(CODE)
	.venv/bin/ruff format --check $(CODE)
	.venv/bin/lint-imports --no-cache
	.venv/bin/djlint templates --lint --quiet

shell: install
	@$(EXEC) $(PY) manage.py shell

messages: install
	$(PY) manage.py makemessages -l vi --no-location --no-wrap \
	  -i '.venv/*' -i 'var/*' -i 'tests/*' -i 'bench/*'
	$(PY) manage.py compilemessages -i .venv -i var

# ARGS="consultations" for one; ARGS=--small for a quick look. See docs/performance.md.
bench: install
	@exec $(EXEC) $(PY) -m bench.run $(ARGS)

install: .venv/installed

.venv/installed: requirements-dev.txt Makefile
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or later is needed: make install PYTHON=/path/to/python3.12"; exit 1; }
	@if command -v uv >/dev/null; then \
	  { [ -x $(PY) ] || uv venv -q --python "$$(command -v $(PYTHON))" .venv; } \
	  && uv pip install -q --python $(PY) --require-hashes -r requirements-dev.txt; \
	elif $(PYTHON) -c 'import ensurepip' 2>/dev/null; then \
	  { $(PY) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv; } \
	  && $(PY) -m pip install -q --require-hashes -r requirements-dev.txt; \
	elif $(PYTHON) -m pip --version >/dev/null 2>&1; then \
	  echo "python3-venv is missing: using uv from the package index."; \
	  $(PYTHON) -m pip install -q --target var/uv uv \
	  && { [ -x $(PY) ] || var/uv/bin/uv venv -q --python "$$(command -v $(PYTHON))" .venv; } \
	  && var/uv/bin/uv pip install -q --python $(PY) --require-hashes -r requirements-dev.txt; \
	else \
	  echo "python3-venv is missing: apt-get install python3-venv, or install uv."; exit 1; \
	fi || { echo "Not installed: the reason stands above (no wheel for this platform, no network, a full disk)."; exit 1; }
	@touch $@

# After a change of dependencies in pyproject.toml. UPGRADE=--upgrade takes newer versions too.
lock:
	uv pip compile pyproject.toml $(LOCK) -o requirements.txt
	uv pip compile pyproject.toml --group dev $(LOCK) -c requirements.txt -o requirements-dev.txt

LOCK = --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
  --custom-compile-command "make lock" $(UPGRADE) -q

# How right, fast and large the reader is; keeps the table of docs/reader.md. ARGS=--show lists the misses.
bench-reader: .venv/installed
	@$(PY) bench/read_directives.py $(ARGS)
