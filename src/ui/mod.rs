//! The page: stores, panels and widgets over the library.
//!
//! `store` holds state, `dom` talks to the browser, `widget` knows neither the one
//! nor the language; each other module is a panel.

pub mod app;
pub mod code;
pub mod command;
pub mod designer;
pub mod documents;
pub mod dom;
pub mod erased;
pub mod example;
pub mod execution;
pub mod gallery;
pub mod inspector;
pub mod later;
pub mod outline;
pub mod problems;
pub mod scratchpad;
pub mod store;
pub mod widget;

/// Mounts the application into the page; `fetch` brings its second file.
pub fn mount(fetch: later::Fetch) {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(move || app::start(fetch));
}
