# Everything lives in .venv; nothing else on the machine is touched.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: install demo test lint bench lock clean

install: .venv/installed

.venv/installed: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Ratecard needs Python 3.11 or newer, this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

demo: install  ## serve the sample clinics, crawl them, build, print figures
	$(BIN)/ratecard demo

test: install lint  ## everything that must hold
	$(BIN)/python -m pytest -n 2

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: install  ## speeds, as ratios to a named peer in the same run; how far figures hold, on invented provinces
	$(BIN)/python -m tests.benchmarks.reading
	$(BIN)/python -m tests.benchmarks.warehouse
	$(BIN)/python -m tests.benchmarks.guides
	$(BIN)/python -m tests.benchmarks.figures
	$(BIN)/python -m tests.benchmarks.price_index
	$(BIN)/python -m tests.benchmarks.figures_speed

lock:  ## renew the pinned, hashed dependencies
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 --extra dev --generate-hashes --no-emit-index-url \
		--custom-compile-command "make lock" pyproject.toml -o requirements.lock

clean:
	rm -rf .venv data build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
