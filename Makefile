# Two commands: `make run` and `make test`. Both set up everything they need on a fresh machine, once.
.PHONY: run chat test exhaustive check bench eval learn lock clean

BIN := .venv/bin
export RASA_TELEMETRY_ENABLED = false
export TF_CPP_MIN_LOG_LEVEL = 3
export PYTHONDONTWRITEBYTECODE =

run: .venv/run.stamp  ## the product, on http://127.0.0.1:8080/; on another port: make run PORT=8089
	@$(BIN)/banter serve $(if $(PORT),--port $(PORT))

chat: .venv/run.stamp  ## the same conversation in the terminal
	@$(BIN)/banter chat

test: .venv/test.stamp  ## everything, in a real browser and on a real PostgreSQL too
	@$(BIN)/banter train
	@$(BIN)/python -m pytest

exhaustive: .venv/test.stamp  ## every cell of the grid and five thousand corrections, some ten minutes; `make test` has a sample of each
	@$(BIN)/banter train
	@$(BIN)/python -m pytest -m exhaustive

check: .venv/test.stamp  ## what to run before each commit: style, types, who imports whom, and the core; some 20 seconds
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy --no-error-summary scoring banter/leads
	@$(BIN)/python -m pytest tests/test_architecture.py tests/scoring tests/leads tests/booking -m "not slow and not exhaustive"

bench: .venv/test.stamp  ## the figures of docs/figures.md, each a ratio against a peer in the same run
	@$(BIN)/banter train
	@$(BIN)/python -m benchmarks

eval: .venv/test.stamp  ## how well messages are read, beside plain baselines and other libraries (those in .venv-eval)
	@$(BIN)/python -m benchmarks.evaluation

learn: .venv/run.stamp  ## the models that read answers, from corpus/train; the same text gives the same models
	@$(BIN)/python -m banter.extraction.learn

lock: .venv/run.stamp  ## exact versions with hashes, after a change of pyproject.toml
	@$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.10 --generate-hashes --no-emit-index-url --no-annotate --no-header -q -o requirements.lock
	@$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.10 --constraint requirements.lock --generate-hashes --no-emit-index-url --no-annotate --no-header -q -o requirements-dev.lock
	@$(BIN)/uv pip compile --group eval --universal --python-version 3.10 --generate-hashes --no-emit-index-url --no-annotate --no-header -q -o requirements-eval.lock

.venv/run.stamp: requirements.lock pyproject.toml scripts/setup
	@scripts/setup requirements.lock
	@touch $@

.venv/test.stamp: requirements-dev.lock .venv/run.stamp
	@scripts/setup requirements-dev.lock
	@touch $@

clean:  ## the environments and the model; your data under var/ stays
	rm -rf .venv .venv-eval .tools models
