# The two commands: `make run` serves the portal on this machine, `make test` tries everything.
# make run [PORT=8000] [PRESET=dual-use]     PRESET=proeco-cbrne is the other cluster
.POSIX:
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV = .venv
BIN = $(VENV)/bin
RUN_STAMP = $(VENV)/.run-installed
DEV_STAMP = $(VENV)/.dev-installed
export PORT PRESET

.PHONY: help run test check audit format lock migrations messages pictures guides clean

help:
	@echo 'make run [PORT=8000] [PRESET=dual-use]   serve the portal on this machine'
	@echo 'make test                                run all tests'
	@echo 'make check                               lint, types, import rules, templates, settings'
	@echo 'make audit                               HTML checker, Lighthouse, a second accessibility engine (needs npm, Java)'
	@echo 'make format                              bring code and templates into the house style'
	@echo 'make migrations | messages | lock        after a change of models | of wording | of pyproject.toml'
	@echo 'make pictures                            take the pictures of the README from the demonstration anew'
	@echo 'make guides                              write docs/guide.md, ghid.md and glossary.md anew'
	@echo 'make clean                               remove the environment and all local data (asks)'

run: $(RUN_STAMP)
	@$(BIN)/python manage.py serve

test: $(DEV_STAMP)
	$(BIN)/python -m pytest -n auto --dist loadgroup

check: $(DEV_STAMP)
	@BIN=$(BIN) sh .ci/check

audit: $(DEV_STAMP) .portal/audit/.installed
	$(BIN)/python -m pytest -q -n 0 -p no:randomly tests/audit/audit.py

.portal/audit/.installed: .ci/audit/package.json .ci/audit/package-lock.json
	@mkdir -p .portal/audit
	@cp .ci/audit/package.json .ci/audit/package-lock.json .ci/audit/.npmrc .portal/audit/
	cd .portal/audit && npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

format: $(DEV_STAMP)
	-$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format .
	-find templates -name '*.html' -not -path 'templates/*/emails/*' -exec $(BIN)/djade --target-version 5.2 {} +
	-find templates -name '*.html' -not -path 'templates/*/emails/*' -exec $(BIN)/djhtml --tabwidth 2 {} +

migrations: $(DEV_STAMP)
	$(BIN)/python manage.py makemigrations

messages: $(DEV_STAMP)
	$(BIN)/python manage.py makemessages --all --no-location --no-obsolete --ignore '.venv/*' --ignore 'tests/*'
	$(BIN)/python manage.py compilemessages --ignore '.venv/*'

pictures: $(DEV_STAMP)
	$(BIN)/python -m pytest -q tests/browser/pictures.py

guides: $(DEV_STAMP)
	$(BIN)/python manage.py write_guides

lock:
	sh .ci/lock

clean:
	@printf 'Remove %s and .portal with all local databases, uploads and settings? [y/N] ' $(VENV); \
	read answer; test "$$answer" = y && rm -rf $(VENV) .portal && echo Removed. || echo Kept.

# The environment: created once, filled from the hashed lock, and again only when the lock changes.
$(BIN)/python:
	@echo 'Creating the Python environment in $(VENV)'
	@PYTHON=$(PYTHON) VENV=$(VENV) sh .ci/environment create

$(RUN_STAMP): .lock/run.txt | $(BIN)/python
	@echo 'Installing what the portal needs (once; later starts skip this)'
	@PYTHON=$(PYTHON) VENV=$(VENV) sh .ci/environment install .lock/run.txt
	@touch $@

$(DEV_STAMP): .lock/run.txt .lock/dev.txt | $(BIN)/python
	@echo 'Installing what the tests and checks need'
	@PYTHON=$(PYTHON) VENV=$(VENV) sh .ci/environment install .lock/dev.txt
	@touch $(RUN_STAMP) $@
