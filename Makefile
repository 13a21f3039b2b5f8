# `make run` and `make test` each do their own set-up; the second time it takes a second and no network.
PYTHON ?= python3
BIN := .venv/bin
RUN := $(BIN)/account-graph
WORKERS ?= 2

# A stamp is named by what it was made from, so that a change of branch is noticed and an unchanged clone is not redone.
sum = $(shell cat $(1) 2>/dev/null | cksum | cut -d' ' -f1)
PACKAGES := .venv/.stamp-$(call sum,requirements.lock pyproject.toml)
MODULES := web/node_modules/.stamp-$(call sum,web/package-lock.json)
PEER := benchmarks/peer/node_modules/.stamp-$(call sum,benchmarks/peer/package-lock.json)
SUPPLY := var/supply/.stamp-$(call sum,scripts/supply/requirements.lock)
PAGES := web/dist/.stamp-$(call sum,$(shell find web/src web/*.json web/*.ts docs/operations -type f 2>/dev/null | LC_ALL=C sort))

.DEFAULT_GOAL := help
.PHONY: help setup run serve test race coverage check browser conformance baseline bench bench-ownership bench-risk bench-hostile bench-overload bench-real bench-restart bench-writes night mutants audit sbom licences migrate load schema policy owners lock clean

help: ## Say what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

setup: $(PACKAGES) $(PAGES) ## Fetch and build whatever is missing
	@$(RUN) jars

run: setup ## Serve the demonstration graph, on a database of its own
	@$(RUN) serve --demo $(ARGS)

serve: setup ## Serve your graph: the one at GRAPH_URI, or the local one
	@$(RUN) serve $(ARGS)

test: setup ## Run every test; a skipped one is a failure
	@echo "Running the tests, $(WORKERS) files at once, each with a Neo4j of its own"
	@NO_SKIP=1 $(BIN)/pytest -rfEs -n $(WORKERS) --dist loadfile $(ARGS)

race: setup ## Let 32 writers race eight times 6,400 times for the same things, and count
	@RACING_ROUNDS=8 RACING_CONNECTIONS=32 RACING_ATTEMPTS=6400 $(BIN)/pytest -q -s tests/commands/test_racing.py $(ARGS)

night: setup ## Take the hours that a test run has not: 20 rounds of kills, 10 power cuts, 200 outages, 5,000 lost answers, 40 kills of backups and restores, 40 of loads, random sequences of 520 writes, what is hidden timed, 20,000 questions about it, 10,000 changes over 50 streams, an hour of readers of the log, 10,000 edits of the audit, a server without a network
	@NO_SKIP=1 KILL_ROUNDS=20 MODEL_STEPS=520 MODEL_RUNS=4 WEBHOOK_KILLS=50 OUTAGE_CYCLES=50 LOST_ANSWERS=5000 BACKUP_KILLS=20 DATABASE_KILLS=20 LOADER_KILLS=20 DIFFERENTIAL_GRAPHS=300 GENERATED=20000 STREAM_CLIENTS=50 STREAM_EVENTS=10000 STREAM_RESTARTS=3 LOG_SECONDS=3600 AUDIT_EDITS=10000 ORPHAN_ROUNDS=10 ORPHAN_LIMIT=2 POWER_CUTS=10 $(BIN)/pytest -q -rfEs -s tests/kills tests/kills/syncs.py tests/kills/power.py tests/model tests/outages tests/backup tests/webhooks/test_killed.py tests/graph/load/test_kill.py tests/graph/test_orphans.py tests/migrations/under_load.py tests/outages/full_disk.py tests/reach/timed.py tests/reach/test_differential.py tests/alike/test_questions.py tests/alike/alone.py tests/feed/test_every_way.py tests/feed/test_tailers.py tests/transport/audit/test_chain.py tests/cli/offline.py $(ARGS)

mutants: setup ## Change the code of policy, change log and migrations in one place after the other; some test must notice
	@$(BIN)/python -m tests.mutants $(ARGS)

coverage: setup ## The same, and what of the code they reach
	@NO_SKIP=1 $(BIN)/pytest -rfEs --cov --cov-report=term-missing:skip-covered $(ARGS)

check: $(PACKAGES) $(SUPPLY) ## Format, lint, types, the shape of the code, and known weaknesses
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/pytest -q tests/test_architecture.py
	@$(BIN)/python scripts/audit.py

audit: $(PACKAGES) $(SUPPLY) ## Look for known weaknesses in all that is installed; AUDIT_REQUIRED=1 fails where nobody answers
	@$(BIN)/python scripts/audit.py

sbom: $(SUPPLY) ## Write the bill of materials (CycloneDX) to var/sbom
	@mkdir -p var/sbom
	@var/supply/bin/cyclonedx-py requirements requirements.lock --pyproject pyproject.toml --of JSON --output-reproducible -o var/sbom/python.json
	@cd web && npm sbom --sbom-format cyclonedx --package-lock-only > ../var/sbom/web.json
	@$(BIN)/python scripts/jar_sbom.py > var/sbom/neo4j.json
	@echo "Wrote var/sbom"

browser: setup ## Try the pages in Chromium, which must be there
	@$(BIN)/pytest -q -o 'norecursedirs=.*' tests/browser $(ARGS)

conformance: setup ## Judge the running endpoint by the clients and audits of the field
	@bash .ci/conformance $(ARGS)

baseline: $(PACKAGES) ## At a release: let clients rely on the schema as it is now
	@$(BIN)/python scripts/baseline.py

bench: setup $(PEER) ## Measure against the peer, side by side; writes benchmarks/results
	@$(BIN)/python -m benchmarks $(ARGS)

bench-ownership: $(PACKAGES) ## Measure ownership beside plain Python, networkx and Cypher
	@$(BIN)/python -m benchmarks.ownership $(ARGS)

bench-risk: $(PACKAGES) ## Measure risk over whole networks; writes benchmarks/results/risk.md
	@$(BIN)/python -m benchmarks.risk $(ARGS)

bench-hostile: setup ## Send a server what takes unprotected ones down; writes benchmarks/results/hostile.md
	@$(BIN)/python -m benchmarks.hostile $(ARGS)

bench-overload: setup ## Ask five times what the server can; writes benchmarks/results/overload.md
	@$(BIN)/python -m benchmarks.overload $(ARGS)

bench-real: setup ## Load real files into a fresh graph and ask about their largest groups; writes benchmarks/results/real.md
	@$(BIN)/python -m benchmarks.real $(ARGS)

bench-restart: setup ## Measure restarts, and a backup with its restore; writes benchmarks/results/restart.md
	@$(BIN)/python -m benchmarks.restarts $(ARGS)

bench-writes: setup ## Measure writes, loads and streams; writes benchmarks/results/writes.md
	@$(BIN)/python -m benchmarks.writes $(ARGS)

licences: setup ## Write docs/licences.md from what is installed; fails for a licence that is not allowed
	@$(BIN)/python -m scripts.licences

migrate: setup ## Bring the graph's constraints and indexes up to date
	@$(RUN) migrate $(ARGS)

load: setup ## Load files: make load ARGS="FOLDER"
	@$(RUN) load $(ARGS)

schema: $(PACKAGES) ## Write docs/schema.graphql from the code
	@$(RUN) export-schema > docs/.schema.new && mv docs/.schema.new docs/schema.graphql
	@echo "Wrote docs/schema.graphql"

policy: $(PACKAGES) ## Write docs/policy.md from the roles
	@$(BIN)/python -m scripts.policy_page

owners: $(PACKAGES) ## Write transport/trade_owner.json from docs/trade-owner
	@$(RUN) manifest docs/trade-owner > transport/.owners.new && mv transport/.owners.new transport/trade_owner.json
	@echo "Wrote transport/trade_owner.json"

lock: ## Write requirements.lock from pyproject.toml, and web/package-lock.json from web/package.json
	@echo "Resolving the Python packages"
	@$(PYTHON) -m venv var/lock && var/lock/bin/pip install -q --disable-pip-version-check pip-tools==7.6.2
	@$(PYTHON) -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["dependency-groups"]["dev"], sep="\n")' \
	  | PIP_FIND_LINKS= var/lock/bin/pip-compile -q --generate-hashes --allow-unsafe --strip-extras --no-annotate \
	    --no-header --no-emit-options --no-emit-index-url --no-emit-find-links -o requirements.lock pyproject.toml -
	@echo "Resolving the tools of the supply chain"
	@PIP_FIND_LINKS= var/lock/bin/pip-compile -q --generate-hashes --allow-unsafe --strip-extras --no-annotate \
	  --no-header --no-emit-options --no-emit-index-url --no-emit-find-links -o scripts/supply/requirements.lock scripts/supply/requirements.in
	@echo "Resolving the packages of the web pages"
	@cd web && npm install --package-lock-only --silent
	@cd benchmarks/peer && npm install --package-lock-only --silent

clean: ## Remove what setup made, except databases
	rm -rf .venv web/node_modules web/dist benchmarks/peer/node_modules .coverage .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(PACKAGES):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Account Graph needs Python 3.11 or newer; say which: make PYTHON=python3.12")'
	@echo "Installing the Python packages into .venv"
	@rm -f .venv/.stamp-*
	@$(PYTHON) -m venv .venv
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@$(BIN)/pip install -q --disable-pip-version-check --no-deps --no-index --no-build-isolation -e .
	@touch $@

$(SUPPLY):
	@echo "Installing the tools of the supply chain into var/supply"
	@rm -rf var/supply
	@$(PYTHON) -m venv var/supply
	@var/supply/bin/pip install -q --disable-pip-version-check --no-deps --require-hashes -r scripts/supply/requirements.lock
	@touch $@

$(MODULES):
	@node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' \
	  || { echo "Account Graph needs Node 20.19 or newer to build its web pages" >&2; exit 1; }
	@echo "Installing the packages of the web pages into web/node_modules"
	@cd web && npm ci --silent
	@touch $@

$(PEER):
	@echo "Installing the packages of the peer into benchmarks/peer/node_modules"
	@cd benchmarks/peer && npm ci --silent
	@touch $@

$(PAGES): $(MODULES)
	@echo "Building the web pages into web/dist"
	@rm -f web/dist/.stamp-*
	@cd web && npm run --silent build -- --logLevel warn
	@touch $@
