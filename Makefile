# Gongkai: every command a developer or an office needs. `make help` lists them.
# Python 3.11 and make are all that must be there; the scripts set up the rest.

PYTHON ?= python3
UV ?= uv

.PHONY: help run test test-fast soak bench migration screenshots lock bundle clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

run: ## the demonstration county at http://127.0.0.1:8000/ (PORT= changes it)
	@$(PYTHON) scripts/run.py

test: ## every check and test; PART=name runs one part
	@$(PYTHON) scripts/check.py $(PART)

test-fast: ## lint, types, contracts, core and site tests on SQLite, small budgets
	@$(PYTHON) scripts/check.py --fast $(PART)

soak: ## what is long: stateful walks, kills, fuzzing; ONLY=name runs one
	@$(PYTHON) scripts/check.py --soak $(ONLY)

bench: ## measurements beside a peer, as a table and as JSON lines; ONLY=name runs one
	@$(PYTHON) scripts/house.py test -m bench $(ONLY)

migration: ## an app's one initial migration anew from its models: make migration APP=publishing
	@$(PYTHON) scripts/house.py test scripts/initial_migration.py $(APP)

screenshots: ## docs/screenshots anew from a running demonstration; ADDRESS= says where it runs, ONLY=name takes one
	@$(PYTHON) scripts/house.py test scripts/screenshots.py $(if $(ADDRESS),--address $(ADDRESS)) $(if $(ONLY),--only $(ONLY))

bundle: ## dist/gongkai-<version>-bundle.tar.gz, which installs without a network
	@$(PYTHON) scripts/bundle.py

# The locks carry hashes and no address of an index, so any index or mirror can serve them.
COMPILE = $(UV) pip compile --quiet --generate-hashes --no-emit-index-url --no-annotate --no-header \
	--python-version 3.11

lock: ## write requirements/*.lock anew from pyproject.toml (needs uv)
	$(COMPILE) --extra site --extra postgres --extra dev pyproject.toml -o requirements/dev.lock
	$(COMPILE) --extra site --extra postgres pyproject.toml -c requirements/dev.lock -o requirements/site.lock
	$(COMPILE) requirements/core.in -c requirements/dev.lock -o requirements/core.lock
	$(COMPILE) requirements/build.in -c requirements/dev.lock -o requirements/build.lock

clean: ## remove environments, caches and built archives; never var/, which holds data
	rm -rf .venvs dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
