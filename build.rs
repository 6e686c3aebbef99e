//! Has the linker leave its relocations in the program of the page: they tell which function
//! uses which, and `scripts/split.mjs` cuts the program along them.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let is = |name, value| std::env::var(name).as_deref() == Ok(value);
    if is("CARGO_CFG_TARGET_FAMILY", "wasm") && is("PROFILE", "release") {
        println!("cargo:rustc-link-arg-bin=playground=--emit-relocs");
    }
}
