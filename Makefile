# The commands of the project. `make` alone lists them. The work itself is in scripts/.

PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help demo test check format lock bench screenshots messages clean

help:  ## Show this list
	@echo "Medspil. Two commands are enough: make demo, make test."
	@echo
	@sed -n 's/^\([a-z]*\): *[a-z ]*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20
	@echo
	@echo "  Settings: PORT=8123, HOST=0.0.0.0, PYTHON=/path/to/python3, ARGS='-k ranking' (options for pytest)"

# One sentence instead of the shell's "not found".
find_python = command -v "$(PYTHON)" >/dev/null || { echo "$(PYTHON) was not found: install Python 3.11 or newer (Debian: apt-get install python3 python3-venv)"; exit 1; }; \
	test "$$("$(PYTHON)" -c "print(1)" 2>/dev/null)" = 1 || { echo "$(PYTHON) is no Python that works: name another: make demo PYTHON=/path/to/python3"; exit 1; }

demo:  ## Set up what is missing, fill the example, print logins, serve on PORT
	@$(find_python)
	@"$(PYTHON)" scripts/setup.py run --host "$(HOST)" --port "$(PORT)"
	@MEDSPIL_LOCAL=true exec .venv/bin/python -m medspil.cli.main demo --host "$(HOST)" --port "$(PORT)"

test: dev  ## Run all tests: on SQLite, on PostgreSQL, in a browser
	@.venv/bin/python scripts/run_tests.py $(ARGS)

check: dev  ## Everything CI looks at besides the tests: form, types, rooms, templates, settings
	@.venv/bin/python scripts/check.py

format: dev  ## Lay code and templates out the one way
	@.venv/bin/ruff format --quiet src tests scripts bench
	@.venv/bin/ruff check --quiet --fix src tests scripts bench
	@find src -name '*.html' -path '*/templates/*' -exec .venv/bin/djade --target-version 5.2 {} + || true

lock:  ## Renew the locks: exact versions with checksums, a week behind the newest
	@$(find_python)
	@"$(PYTHON)" scripts/lock.py

bench: dev  ## Measure engine, cases, language and the whole country (takes an hour; ARGS=--quick)
	@.venv/bin/python -m bench.everything $(ARGS)

screenshots: dev  ## Take the pictures in docs/screenshots
	@.venv/bin/python scripts/screenshots.py $(ARGS)

messages: dev  ## Bring the translations up to date with the texts in the code
	@.venv/bin/python scripts/messages.py $(ARGS)

clean:  ## Remove what the set-up made; the data in var/ stays
	@rm -rf .tools .venv node_modules build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	@find src -name '*.mo' -delete
	@find src tests scripts bench -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: dev
dev:
	@$(find_python)
	@"$(PYTHON)" scripts/setup.py dev
