# Everything runs in .venv and .home inside this clone: a user's own index is never touched.
PYTHON ?= python3
BIN := .venv/bin
Q ?= What was the online dossier rate in 2024?
export RAPPORTEUR_HOME := $(CURDIR)/.home
# The user's own settings are for the user's own index.
unexport RAPPORTEUR_CHROMA RAPPORTEUR_EMBEDDING_MODEL RAPPORTEUR_READER
unexport RAPPORTEUR_MODEL_URL RAPPORTEUR_MODEL RAPPORTEUR_MODEL_KEY RAPPORTEUR_MODEL_SECONDS
# Where the clone is copied to a new machine these keep pip from asking and from checking itself.
export PIP_DISABLE_PIP_VERSION_CHECK := 1
PIP_INSTALL := $(BIN)/python -m pip install --quiet --quiet --constraint constraints.txt
CODE := $(wildcard corpus/*.py index/*.py)

.PHONY: help install ask serve test eval eval-public eval-gate gold-baseline bench readme screenshots train-reader train-claims calibrate clean
.DEFAULT_GOAL := help

help: ## What can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

install: .venv/installed ## Set up .venv

ask: .home/indexed ## Answer a question: make ask Q="…"
	@$(BIN)/rapporteur ask "$$Q"
ask: export Q := $(value Q)

serve: .home/indexed ## Open the app on the bundled reports
	@$(BIN)/rapporteur serve

test: .venv/test-ready ## Lint, types and the whole suite
	@echo "Checking style and types ..."
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy
	@echo "Running the tests ..."
	@$(BIN)/python -m pytest

eval: .venv/installed ## Gold questions: accuracy, citations, refusals, time
	@$(BIN)/rapporteur eval run --suite bundled --suite conversations --brief
	@echo "Figures read out of documents, against marked-up gold:"
	@$(BIN)/python -m evals.reading_accuracy
	@echo "Sentences that a language model may write: lies shown as fact, honest ones held back:"
	@$(BIN)/python -m evals.draft_accuracy

eval-public: .venv/installed ## Public benchmarks, beside plain search: make eval-public DATA=FOLDER
	@$(BIN)/rapporteur eval run --suite public --data "$(DATA)" --system ours --system bm25 --system dense --brief

eval-gate: .venv/installed ## Fail when answers got worse than the committed baselines
	@failed=0; for suite in ask held_out figures; do \
	    $(BIN)/rapporteur eval gate --baseline evals/results/baseline-$$suite.json --max-drop 0.05 || failed=1; \
	done; exit $$failed

gold-baseline: .venv/installed ## Renew the committed baselines from fresh runs
	@for suite in ask held_out figures; do \
	    $(BIN)/rapporteur eval run --suite $$suite --brief --out evals/results/baseline-$$suite.json || exit 1; \
	done

bench: .venv/test-ready ## Speed, start-up and memory, written to evals/results
	@$(BIN)/python -m evals.bench --out evals/results/bench.json

readme: .venv/test-ready ## Renew the outputs and the tree in README.md
	@README_REWRITE=1 $(BIN)/python -m pytest tests/test_readme.py tests/ui/test_readme_programs.py

screenshots: .venv/test-ready ## Take the README's pictures with headless Chromium
	@$(BIN)/python tests/ui/take_screenshots.py

RUN ?= .home/reader
MINUTES ?= 90
train-reader: .venv/test-ready ## Train the reader: make train-reader DATA=FOLDER [BENCHMARKS=FOLDER START=FOLDER MINUTES=90]
	@test -n "$(DATA)" || { echo "Name the folder of the training sets: make train-reader DATA=FOLDER"; exit 2; }
	@$(PIP_INSTALL) --editable ".[training]"
	@MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=20000000000 MALLOC_ARENA_MAX=1 $(BIN)/python -m evals.training.train \
	    --data "$(DATA)" $(if $(BENCHMARKS),--benchmarks "$(BENCHMARKS)") $(if $(START),--start "$(START)") \
	    --out "$(RUN)" --minutes $(MINUTES) --resume
	@$(BIN)/python -m evals.training.export --checkpoint "$(RUN)/final.pt" --out "$(RUN)/model"
	@$(BIN)/python -m evals.training.evaluate --model "$(RUN)/model" --data "$(DATA)" --speed \
	    $(if $(BENCHMARKS),--squad2 "$(BENCHMARKS)/squad2")

train-claims: .venv/test-ready ## Train the claim checker: make train-claims DATA=FOLDER [BENCHMARKS=FOLDER START=FOLDER MINUTES=40]
	@test -n "$(DATA)" || { echo "Name the folder of the training sets: make train-claims DATA=FOLDER"; exit 2; }
	@$(PIP_INSTALL) --editable ".[training]"
	@MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=20000000000 MALLOC_ARENA_MAX=1 $(BIN)/python -m evals.training.train \
	    --claims --data "$(DATA)" $(if $(BENCHMARKS),--benchmarks "$(BENCHMARKS)") $(if $(START),--start "$(START)") \
	    --out "$(RUN)" --minutes $(MINUTES) --resume
	@$(BIN)/python -m evals.training.export --checkpoint "$(RUN)/final.pt" --out "$(RUN)/model"
	@$(BIN)/python -m evals.training.claim_thresholds --model "$(RUN)/model"

calibrate: .venv/test-ready ## Fit the order of evidence and the decision to answer: make calibrate DATA=FOLDER [READER=FOLDER]
	@$(BIN)/python -m evals.calibrate --data "$(DATA)" $(if $(READER),--reader "$(READER)")

clean: ## Remove .venv and .home
	rm -rf .venv .home

.venv/python-ready:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "Python 3.11 or newer is needed. Name one with: make ask PYTHON=python3.12"; exit 1; }
	@echo "Making .venv ..."
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/installed: .venv/python-ready pyproject.toml constraints.txt
	@echo "Installing Rapporteur and its libraries (the first time takes two to four minutes) ..."
	@$(PIP_INSTALL) --editable .
	@touch $@

.venv/test-ready: .venv/installed
	@echo "Installing what the tests need ..."
	@$(PIP_INSTALL) --editable ".[dev]"
	@touch $@

.home/indexed: .venv/installed $(wildcard corpus/reports/*) $(CODE)
	@echo "Indexing the bundled reports ..."
	@$(BIN)/rapporteur ingest --rebuild corpus/reports
	@touch $@
