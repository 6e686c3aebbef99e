//! The canvas: the graph of the definition, with the run drawn on it.

pub mod folds;
pub mod status_mark;
pub mod viewport;

use leptos::prelude::*;

/// x
#[component]
pub fn Stage() -> impl IntoView {
    view! { <p>"x"</p> }
}
