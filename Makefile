# `make` prints this help.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PORT ?= 8000
WORKERS ?= 2

.DEFAULT_GOAL := help
.PHONY: help serve install install-dev test test-servers bench lint format css demo statutes fonts demo-editions clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

$(VENV)/.installed: requirements.txt
	@test -d $(VENV) || $(PYTHON) -m venv $(VENV)
	@echo "正在安装依赖……"
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt requirements.txt
	@test -d $(VENV) || $(PYTHON) -m venv $(VENV)
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ $(VENV)/.installed

install: $(VENV)/.installed ## make the virtual environment
install-dev: $(VENV)/.installed-dev ## the same with what tests and lint need

serve: install ## install, migrate, load the demo when empty, serve on http://localhost:8000
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py set_up_roles --verbosity 0
	@$(PY) manage.py load_demo --if-empty
	@$(PY) manage.py import_statutes --if-missing
	@$(PY) manage.py rebuild_search --if-stale
	@echo "站点已就绪：http://localhost:$(PORT)"
	@$(PY) manage.py runserver --noreload --insecure 0.0.0.0:$(PORT)

test: install-dev ## what a laptop can run
	@$(PY) -m pytest -q -n $(WORKERS)

test-servers: install-dev ## what may differ on a real PostgreSQL and Elasticsearch, started and stopped here (EVERY_TEST=1: all)
	@$(PY) scripts/test_servers.py -n $(WORKERS)

bench: install-dev ## search engines side by side, the tables of docs/search.md
	@$(PY) scripts/bench_engines.py

lint: install-dev ## format, lint, types, migrations, deployment check
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/mypy .
	@$(PY) manage.py makemigrations --check --dry-run
	@$(PY) manage.py build_css --check
	@SECRET_KEY=$$($(PY) -c "import secrets; print(secrets.token_urlsafe(60))") ALLOWED_HOSTS=baodian.example \
		DJANGO_SETTINGS_MODULE=config.settings.production $(PY) manage.py check --deploy --fail-level WARNING

format: install-dev ## put the code in order
	@$(VENV)/bin/ruff format .
	@$(VENV)/bin/ruff check --fix .

css: install ## join the style sheets into site.css
	@$(PY) manage.py build_css

statutes: install ## fetch the public statute package and import it
	@$(PY) manage.py import_statutes

fonts: install ## fetch the Chinese fonts of printed editions, once a machine
	@$(PY) manage.py fetch_fonts

EDITIONS ?= var/editions
demo-editions: fonts ## the demo's editions as PDF, Word and EPUB into var/editions
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py set_up_roles --verbosity 0
	@$(PY) manage.py load_demo --if-empty
	@$(PY) manage.py import_statutes --if-missing
	@$(PY) manage.py export_issue --all --to $(EDITIONS)

clean: ## remove the site's data and the virtual environment
	@rm -rf var $(VENV)
