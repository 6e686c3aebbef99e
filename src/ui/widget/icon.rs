//! Glyphs from the sprite in the page.

use leptos::prelude::*;

use crate::asl::StateType;
use crate::diagram::render::sign_of;
use crate::source::Severity;
use crate::ui::erased::live;

/// A glyph of the sprite, decorative: its meaning stands beside it in words.
#[component]
pub fn Icon(
    /// The symbol's id.
    #[prop(into)]
    name: Signal<&'static str>,
    /// Further classes.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    view! {
        <svg class=format!("icon {class}") aria-hidden="true" focusable="false">
            <use href=live(move || format!("#{}", name.get()))></use>
        </svg>
    }
}

/// The glyph of a state type; an error mark for an unknown one.
pub fn type_icon(state_type: Option<StateType>) -> (&'static str, &'static str) {
    state_type.map_or(("i-error", "type-unknown"), sign_of)
}

/// The glyph of a severity and its class.
pub fn severity_icon(severity: Severity) -> (&'static str, &'static str) {
    match severity {
        Severity::Error => ("i-error", "severity-error"),
        Severity::Warning => ("i-warn", "severity-warning"),
        Severity::Info => ("i-info", "severity-info"),
    }
}
