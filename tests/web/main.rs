//! Tests that need a browser. On other targets there is nothing to run.
#![cfg(target_family = "wasm")]

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

mod time;
