//! Hostile expressions on the stack of a real browser: a trap would end the test.

use wasm_bindgen_test::wasm_bindgen_test;

#[path = "../bounds/hostile.rs"]
mod hostile;

#[wasm_bindgen_test]
fn nested_expressions_end_in_the_browser() {
    hostile::nested();
}

#[wasm_bindgen_test]
fn recursion_ends_in_the_browser() {
    hostile::recursive();
}

#[wasm_bindgen_test]
fn nested_values_end_in_the_browser() {
    hostile::nested_values();
}

#[wasm_bindgen_test]
fn endless_expressions_end_in_the_browser() {
    hostile::endless();
}

#[wasm_bindgen_test]
fn patterns_end_in_the_browser() {
    hostile::patterns();
}

#[wasm_bindgen_test]
fn paths_and_calls_end_in_the_browser() {
    hostile::paths_and_calls();
}
