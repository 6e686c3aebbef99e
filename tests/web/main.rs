//! Tests of the room `web` in a browser. What needs none runs on the host too.

#![allow(clippy::indexing_slicing, clippy::panic)] // A test may fail loudly.

#[cfg(target_family = "wasm")]
wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

mod layout;
mod run;
#[cfg(target_family = "wasm")]
mod time;
