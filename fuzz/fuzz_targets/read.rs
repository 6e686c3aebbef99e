#![no_main]

#[path = "../../tests/random/promises.rs"]
#[allow(dead_code)]
mod promises;

libfuzzer_sys::fuzz_target!(|text: &str| promises::read(text));
