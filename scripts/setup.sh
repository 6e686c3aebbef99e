#!/usr/bin/env bash
# Installs what building and testing need, each thing once: a second run only looks.
# Afterwards plain `trunk serve` and `trunk build --release` work.
#
# Everything comes from crates.io, npm and Debian's packages. What needs root is printed
# when there is no root, and only the tests in a browser wait for it.
set -euo pipefail
cd "$(dirname "$0")/.."

readonly TARGET=wasm32-unknown-unknown
readonly TRUNK=0.21.14
readonly WASM_BINDGEN=0.2.129 # equals `wasm-bindgen` in Cargo.toml
readonly WASM_SPLIT=0.2.4 # fits `wasm_split_helpers` in Cargo.lock
readonly BINARYEN=132
readonly CARGO_DIR="${CARGO_HOME:-$HOME/.cargo}"
export DEBIAN_FRONTEND=noninteractive
export PATH="$CARGO_DIR/bin:$PATH"

say() { printf 'setup: %s\n' "$*"; }
stop() { printf 'setup: %s\n' "$*" >&2; exit 1; }

command -v cargo >/dev/null && command -v rustup >/dev/null || stop "Rust by rustup is missing. See https://rustup.rs"
command -v node >/dev/null && command -v npm >/dev/null || stop "Node.js 20 or later is missing"

# -- Debian packages ---------------------------------------------------------------

as_root=()
can_install() {
  command -v apt-get >/dev/null || return 1
  [ "$(id -u)" = 0 ] && return 0
  command -v sudo >/dev/null && sudo -n true 2>/dev/null || return 1
  as_root=(sudo -n --preserve-env=DEBIAN_FRONTEND)
}

apt_install() {
  if [ ! -e .tools/apt-updated ]; then
    "${as_root[@]}" apt-get update -qq </dev/null
    touch .tools/apt-updated
  fi
  "${as_root[@]}" apt-get install -y -qq --no-install-recommends "$@" </dev/null >.tools/apt.log 2>&1 ||
    { tail -n 20 .tools/apt.log >&2; return 1; }
}

mkdir -p .tools
rm -f .tools/apt-updated

command -v cc >/dev/null || {
  say "installing a C compiler, to link with (about 30 s)"
  can_install && apt_install gcc libc6-dev || stop "a C compiler is missing. As root: apt-get install gcc libc6-dev"
}

if command -v chromium >/dev/null && command -v chromedriver >/dev/null; then
  say "chromium and chromedriver are there"
elif can_install; then
  say "installing chromium and chromium-driver, for the tests (about 30 s)"
  apt_install chromium chromium-driver
else
  say "SKIPPED chromium and chromium-driver: the tests in a browser will be skipped"
  say "  as root: apt-get install --no-install-recommends chromium chromium-driver"
fi

# -- Rust --------------------------------------------------------------------------

has_component() { rustup component list --installed 2>/dev/null | grep -q "^$1"; }

for component in rustfmt clippy; do
  if ! cargo "${component/rustfmt/fmt}" --version >/dev/null 2>&1 && ! has_component "$component"; then
    say "installing $component (about 10 s)"
    rustup component add "$component" </dev/null || say "SKIPPED $component: not available"
  fi
done

has_target() { [ -d "$(rustc --print sysroot)/lib/rustlib/$TARGET/lib" ]; }

# Debian's compiler has a matching source of the standard library, from which the part for
# WebAssembly is built once. Formatting, linting and native tests stay with the compiler
# that was there before.
debian_std() {
  local work=.tools/wasm-std
  can_install || stop "the Rust standard library for $TARGET cannot be had without root"
  say "building the standard library for $TARGET from Debian's rust-web-src (about 3 min)"
  apt_install rustc-web cargo-web rust-web-src rust-web-clippy
  rustup toolchain link debian /usr
  rm -rf "$work" && mkdir -p "$work/src"
  printf '[package]\nname = "std-for-wasm"\nversion = "0.0.0"\nedition = "2021"\n\n[workspace]\n' >"$work/Cargo.toml"
  : >"$work/src/lib.rs"
  (cd "$work" && RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR=target cargo +debian build --quiet --release \
    --target "$TARGET" -Zbuild-std=std,panic_abort,test,proc_macro </dev/null)
  "${as_root[@]}" mkdir -p "/usr/lib/rustlib/$TARGET/lib"
  "${as_root[@]}" cp "$work/target/$TARGET/release/deps/"*.rlib "/usr/lib/rustlib/$TARGET/lib/"
  rm -rf "$work"
}

use_debian() {
  local host linker
  [ -e .tools/host-toolchain ] || rustup show active-toolchain | cut -d ' ' -f 1 >.tools/host-toolchain
  host="$(cat .tools/host-toolchain)"
  # Debian's compiler looks for the linker of WebAssembly on the PATH.
  linker="$(find "$(rustc "+$host" --print sysroot)/lib/rustlib" -name rust-lld -path '*/bin/rust-lld' | head -n 1)"
  [ -x "$CARGO_DIR/bin/rust-lld" ] || ln -sf "$linker" "$CARGO_DIR/bin/rust-lld"
  [ -d "/usr/lib/rustlib/$TARGET/lib" ] && rustup toolchain list | grep -q '^debian' || debian_std
  # For this folder, so that plain `trunk` finds it.
  rustup override set debian >/dev/null 2>&1
  say "the standard library for $TARGET is Debian's: this folder builds with the tool chain \"debian\""
}

# STATELAB_WASM_STD=debian takes the second way without trying the first.
if [ "${STATELAB_WASM_STD:-}" = debian ]; then
  use_debian
elif has_target; then
  say "the standard library for $TARGET is there"
elif rustup target add "$TARGET" </dev/null && has_target; then
  say "installed the standard library for $TARGET by rustup"
else
  use_debian
fi

cargo_tool() { # binary, its version, crate, minutes, its features
  local found
  found="$("$1" --version 2>/dev/null | awk '{print $2}' || true)"
  # One that does not tell its version is known to whatever has installed it.
  [ -n "$found" ] || ! command -v "$1" >/dev/null || found="$(cargo install --list | sed -n "s/^$3 v\([^ :]*\).*/\1/p")"
  if [ "$found" = "$2" ]; then
    say "$1 $2 is there"
    return
  fi
  say "installing $3 $2 (about $4 min on two cores)"
  # From a folder without this project's settings. Built to be built quickly: what these do
  # for us takes seconds.
  (cd / && CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_OPT_LEVEL=1 cargo install --quiet --locked --force --version "=$2" "$3" ${5:+--features "$5"} </dev/null)
}

cargo_tool trunk "$TRUNK" trunk 7
cargo_tool wasm-bindgen "$WASM_BINDGEN" wasm-bindgen-cli 4
cargo_tool wasm-split-cli "$WASM_SPLIT" wasm_split_cli_support 1 build-binary

# -- Python ------------------------------------------------------------------------

# boto3 and the AWS CLI drive `statelab serve` in the tests, from an environment of their own.
python_tests() {
  local environment=.tools/python wanted=tests/clients/requirements.txt
  if cmp -s "$wanted" "$environment/installed"; then
    say "boto3 and the AWS CLI are there"
    return
  fi
  command -v python3 >/dev/null && python3 -c 'import ensurepip, venv' 2>/dev/null || {
    say "installing python3-venv, for the tests with boto3 and the AWS CLI (about 15 s)"
    can_install && apt_install python3 python3-venv || {
      say "SKIPPED boto3 and the AWS CLI: their tests will be skipped"
      say "  as root: apt-get install python3-venv"
      return
    }
  }
  say "installing boto3 and the AWS CLI, for the tests (about 30 s)"
  rm -rf "$environment"
  python3 -m venv "$environment" && "$environment/bin/pip" install --quiet --disable-pip-version-check \
    --requirement "$wanted" </dev/null && cp "$wanted" "$environment/installed" || {
    rm -rf "$environment"
    say "SKIPPED boto3 and the AWS CLI: they could not be installed, their tests will be skipped"
  }
}
python_tests

# -- npm ---------------------------------------------------------------------------

wasm_opt="$(wasm-opt --version 2>/dev/null | grep -o '[0-9]\+' | head -n 1 || true)"
if [ "${wasm_opt:-0}" -ge "$BINARYEN" ]; then
  say "wasm-opt $wasm_opt is there"
else
  say "installing wasm-opt from the npm package binaryen $BINARYEN (about 5 s)"
  npm install --global --silent --prefix "$CARGO_DIR" "binaryen@$BINARYEN.0.0" </dev/null
  hash -r
fi

if [ node_modules/.package-lock.json -nt package-lock.json ]; then
  say "the npm packages are there"
else
  say "installing the npm packages (about 5 s)"
  npm ci --silent </dev/null
  touch node_modules/.package-lock.json
fi

say "ready"
