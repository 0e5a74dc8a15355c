# `uv run just` checks everything; `uv run just --list` names the rest.

# Format, lint, types, layers, tests.
default: lint test

# Format, lint, types, layers.
lint:
    uv run ruff format --check
    uv run ruff check
    uv run mypy
    uv run lint-imports

# Put right what a tool can put right.
fix:
    uv run ruff check --fix
    uv run ruff format
    uv run python docs/generate.py

# Every test.
test *ARGS:
    uv run pytest -n auto {{ ARGS }}

# One thing each.
test-unit *ARGS:
    uv run pytest tests/unit {{ ARGS }}

# Laws that hold for every input.
test-property *ARGS:
    uv run pytest -n auto tests/property {{ ARGS }}

# Answers from published papers and other software.
test-reference *ARGS:
    uv run pytest tests/reference {{ ARGS }}

# One bad input and its exact message each.
test-errors *ARGS:
    uv run pytest tests/errors {{ ARGS }}

# Commands and what they print; commands in the documentation.
test-functional *ARGS:
    uv run pytest -n auto tests/functional {{ ARGS }}

# Pages as a browser shows them; needs Chromium.
test-browser *ARGS:
    uv run pytest tests/browser {{ ARGS }}

# House rules.
test-repository *ARGS:
    uv run pytest tests/test_repository.py {{ ARGS }}

# Documentation, warnings as errors; opens at docs/_build/html/index.html.
docs:
    uv run python docs/generate.py
    uv run sphinx-build -W --keep-going -q -b html docs docs/_build/html

# Measure speed; ratios are printed.
bench *ARGS:
    uv run python -m benchmarks {{ ARGS }}

# Rebuild every shipped data file from a folder of published files.
catalogue FACTS:
    uv run --group build python -m catalogue_build.prices {{ FACTS }}
    uv run --group build python -m catalogue_build.programmes {{ FACTS }}
    uv run --group build python -m catalogue_build.unit_costs {{ FACTS }}
    uv run --group build python -m catalogue_build.indigo {{ FACTS }}
    uv run --group build python -m catalogue_build.returns {{ FACTS }}
    uv run --group build python -m catalogue_build.england {{ FACTS }}
    uv run --group build python -m catalogue_build.places {{ FACTS }}
    uv run --group build python -m catalogue_build.pathway
    uv run --group build python -m catalogue_build.forecast
    uv run --group build python -m catalogue_build.checks

# Forecast every authority from March 2022 again and write the record, in about a minute.
record:
    uv run python -m catalogue_build.forecast --record

# Pin the resolved version of every package in pyproject.toml.
pin:
    uv run --no-sync python tools/pin.py

# Resolve anew without the pins, and pin the result.
upgrade:
    uv run --no-sync python tools/pin.py --newest
    uv sync
