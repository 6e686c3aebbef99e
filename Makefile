# The commands of this project. Each prints what it does; `make setup` is run first by the
# others and is quick when there is nothing to install.

# `cargo install` puts trunk and wasm-bindgen there.
export PATH := $(or $(CARGO_HOME),$(HOME)/.cargo)/bin:$(PATH)

.PHONY: help setup serve test test-long fuzz bench-canvas bench-expr bench-layout bench-page bench-validate bench-workloads

help: ## Show the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install what building and testing need (15 minutes the first time)
	@scripts/setup.sh

serve: setup ## Build the playground, serve it, and build again on every change
	@echo "Statelab will be at http://127.0.0.1:8080/ after the first build (about 2 minutes)"
	@trunk serve

test: setup ## Check the format, lint, and run all tests
	@node scripts/test.mjs

test-long: setup ## Run the tests that take long: random input, large definitions
	@node scripts/test.mjs long

fuzz: setup ## Read broken definitions for ten minutes
	@FUZZ_SECONDS=600 cargo test --quiet --release --features native --test random -- nothing_breaks

bench-canvas: setup ## Measure the canvas with 1,000 and 3,000 states, on the site that was built last
	@test -e dist/index.html || TRUNK_SKIP_VERSION_CHECK=true trunk build --release
	@node scripts/bench-canvas.mjs

bench-expr: setup ## Measure JSONata natively and in WebAssembly, beside npm jsonata
	@node scripts/bench-expr.mjs

bench-layout: setup ## Measure the layout beside dagre and ELK: time, crossings, bends, length, hits, stability
	@node scripts/bench-layout.mjs

bench-page: setup ## Measure how fast the page starts and follows typing, beside an empty page
	@TRUNK_SKIP_VERSION_CHECK=true trunk build --release
	@node scripts/bench-page.mjs

bench-validate: setup ## Measure how fast definitions of 33 states and of 1 MB are checked
	@node scripts/bench-validate.mjs

bench-workloads: setup ## Measure the interpreter natively and in a browser, beside a peer
	@node scripts/bench-workloads.mjs
