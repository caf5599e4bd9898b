.DEFAULT_GOAL := help
.PHONY: help install check test golden messages generated fmt
PYTHON := .venv/bin/python

help: ## Show this list
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "make %-9s %s\n", $$1, $$2 }'

install: ## Make .venv with everything that development needs
	python3 -m venv .venv
	.venv/bin/pip install --editable '.[dev]'

check: ## Run exactly what CI runs
	$(PYTHON) check.py

test: ## Run the tests without the slow packaging ones
	$(PYTHON) -m pytest -m 'not slow'

golden: ## Rewrite golden files and the documents' sessions: then read `git diff`
	$(PYTHON) -m pytest tests/test_golden.py tests/test_docs.py --update-golden

messages: ## Compile the French messages and write docs/codes.md
	$(PYTHON) -m tests.messages

generated: ## Write every generated file: the grammar's tables and the messages
	$(PYTHON) -m tests.regenerate

fmt: ## Format the code and mend what ruff can mend
	$(PYTHON) -m ruff format .
	$(PYTHON) -m ruff check --fix .
