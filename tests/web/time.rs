//! Timestamps in the wasm build: the same answers as on the host.

use statelab::time::Timestamp;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn time_reads_the_same_in_the_browser() {
    let instant = Timestamp::parse_rfc3339("2024-02-29T12:30:00.250Z").expect("a valid time");
    assert_eq!(instant.as_millis(), 1_709_209_800_250);
}
