//! The page: mounts the application. Here the program is cut into two files, see
//! [`statelab::ui::later`].

use leptos::wasm_split::SplitLoaderError;
use statelab::ui::later::Parts;

fn main() {
    statelab::ui::mount(|| Box::pin(async { parts().await.ok() }));
}

/// The only way into the second file; whoever calls it waits until the file is here.
#[cfg(not(debug_assertions))]
#[leptos::wasm_split::wasm_split(later, wasm_split_path = leptos::wasm_split, fallible)]
fn parts() -> Result<Parts, SplitLoaderError> {
    Ok(Parts::all())
}

/// A debug build is one file, so that it is built quickly.
#[cfg(debug_assertions)]
async fn parts() -> Result<Parts, SplitLoaderError> {
    Ok(Parts::all())
}
