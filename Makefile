# `make run` and `make test` need Python 3.11 and nothing else; both set everything up first.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
PY := $(VENV)/bin/python
READY := $(VENV)/.ready

# How often the counted tests repeat; an unset one keeps the default its test names.
KILLS ?=
SEEDS ?=
CASES ?=
RESTORES ?=
export KILLS SEEDS CASES RESTORES

.DEFAULT_GOAL := run
.PHONY: run setup demo migrate doctor today test check bench preview lint format lock clean

run: $(READY)
	$(PY) -m bot run

setup demo migrate doctor today: $(READY)
	$(PY) -m bot $@

test check: $(READY)
	$(PY) -m tests.run $@

lint: $(READY)
	$(PY) -m tests.run lint

format: $(READY)
	$(PY) -m ruff check --fix --quiet .
	$(PY) -m ruff format .

bench: $(READY)
	$(PY) -m bench

preview: $(READY)
	$(PY) -m tests.preview

# The lock names versions and hashes, never a host: whoever installs chooses the index.
lock: $(READY)
	$(VENV)/bin/uv pip compile pyproject.toml --universal --python-version 3.11 --all-extras --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-header --no-annotate --quiet --output-file constraints.txt

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache

# uv comes out of the same lock, by hash; where it cannot be had or cannot reach the index, pip does the whole job.
# The editable install needs no network: its build tools are in the lock.
$(READY): constraints.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed (python3.11 on the PATH)."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or later is needed; name it with PYTHON=..."; exit 1; }
	@test -x $(PY) || $(PYTHON) -m venv $(VENV) \
	  || { echo "The venv module is missing (Debian: apt-get install python3-venv)."; exit 1; }
	@echo "Setting up $(VENV) (once) ..."
	@sed -n '/^uv==/,/[^\\]$$/p' constraints.txt > $(VENV)/uv.txt
	@{ $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r $(VENV)/uv.txt \
	   && $(VENV)/bin/uv pip install --quiet --python $(PY) --require-hashes -r constraints.txt; } \
	  || $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints.txt
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
