# make demo   the main job, on the talks this project started from
# make test   the whole test suite
# make check  style, types, floors, and docs tested for truth
# make lock   renew the lock files (needs the network)

VENV := .venv
BIN := $(VENV)/bin
PEERS := build/bench-peers
BARGAIN_PEERS := build/bench-bargain-peers
LAND_PEERS := build/bench-land-peers
CASE := examples/ceasefire-talks/case.yaml
.DEFAULT_GOAL := help
.PHONY: help demo test check format bench-divide bench-bargain bench-record bench-land bench-solvers lock clean

help:
	@sed -n 's/^# //p' Makefile | head -4

$(VENV)/ready: requirements.lock pyproject.toml tools/make_venv.sh
	@sh tools/make_venv.sh $(VENV)
	@touch $@

demo: $(VENV)/ready
	@mkdir -p out
	@$(BIN)/evenhand check $(CASE)
	@$(BIN)/evenhand divide $(CASE) --by nash
	@$(BIN)/evenhand report $(CASE) -o out/report.html

test: $(VENV)/ready
	@$(BIN)/python -m pytest -n 2 tests

check: $(VENV)/ready
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m pytest tests/docs

format: $(VENV)/ready
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

# fairpyx 0.1 needs numpy below 2, which is built for Python up to 3.12
$(PEERS)/ready: benches/peers.lock benches/peers.sh
	@sh benches/peers.sh $(PEERS) benches/peers.lock "3, 13"

# stringcase, which NegMAS needs, is published as source only
$(BARGAIN_PEERS)/ready: benches/bargain_peers.lock benches/peers.sh
	@sh benches/peers.sh $(BARGAIN_PEERS) benches/bargain_peers.lock "3, 15" --no-binary stringcase

bench-divide: $(VENV)/ready $(PEERS)/ready
	@$(BIN)/python -m benches.divide $(ARGS)

bench-bargain: $(VENV)/ready $(BARGAIN_PEERS)/ready
	@$(BIN)/python -m benches.bargain $(ARGS)

bench-record: $(VENV)/ready
	@$(BIN)/python -m benches.record $(ARGS)

$(LAND_PEERS)/ready: benches/land_peers.lock benches/peers.sh
	@sh benches/peers.sh $(LAND_PEERS) benches/land_peers.lock "3, 14"

bench-land: $(VENV)/ready $(LAND_PEERS)/ready
	@$(BIN)/python -m benches.land $(ARGS)

bench-solvers: $(PEERS)/ready
	@$(PEERS)/bin/python -m benches.solvers

lock: $(VENV)/ready
	@$(BIN)/python -m venv $(VENV)/lock && $(VENV)/lock/bin/pip install -q uv
	@$(VENV)/lock/bin/uv pip compile pyproject.toml --extra spreadsheet --extra maps --group dev --universal \
	  --python-version 3.11 --generate-hashes --no-header -q -o requirements.lock
	@$(VENV)/lock/bin/uv pip compile benches/peers.in --universal \
	  --python-version 3.11 --generate-hashes --no-header -q -o benches/peers.lock
	@$(VENV)/lock/bin/uv pip compile benches/bargain_peers.in --universal \
	  --python-version 3.11 --generate-hashes --no-header -q -o benches/bargain_peers.lock
	@$(VENV)/lock/bin/uv pip compile benches/land_peers.in --universal \
	  --python-version 3.11 --generate-hashes --no-header -q -o benches/land_peers.lock

clean:
	rm -rf $(VENV) out build .mypy_cache .ruff_cache .pytest_cache .hypothesis
