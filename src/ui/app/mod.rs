//! The frame of the page: bars, panes and the keys that work everywhere.

mod dock;
mod fold_button;
mod left_pane;
mod mobile_bar;
mod right_pane;
mod side;
mod status_bar;
mod top_bar;
mod workbench;

use leptos::prelude::*;

use crate::ui::code::CodeCommands;
use crate::ui::command::{self, Commands, Palette};
use crate::ui::designer::CanvasCommands;
use crate::ui::designer::folds::FoldStore;
use crate::ui::dom::storage;
use crate::ui::dom::theme::Theme;
use crate::ui::example;
use crate::ui::store::document::DOCUMENT_ID;
use crate::ui::store::{DocumentStore, ExecutionStore, GalleryStore, LayoutStore, SelectionStore};
pub(in crate::ui) use fold_button::FoldButton;
use mobile_bar::MobileBar;
use status_bar::StatusBar;
use top_bar::TopBar;
use workbench::Workbench;

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    let (name, text) = storage::mirrored(DOCUMENT_ID).unwrap_or_else(|| {
        (
            example::FIRST.name.to_owned(),
            example::FIRST.definition.to_owned(),
        )
    });
    let document = DocumentStore::new(&name, &text);
    let selection = SelectionStore::new();
    let layout = LayoutStore::remembered();
    let execution = ExecutionStore::new(example::FIRST);
    provide_context(document);
    provide_context(selection);
    provide_context(layout);
    provide_context(execution);
    provide_context(GalleryStore::new());
    provide_context(FoldStore::new());
    provide_context(CodeCommands::new());
    provide_context(CanvasCommands::provide());
    provide_context(RwSignal::new(Theme::remembered()));
    let commands = Commands::new();
    provide_context(commands);
    command::listen(commands);
    Effect::new(move |_| {
        crate::ui::dom::element::set_title(&format!("{} – Statelab", document.name()))
    });
    view! {
        <a class="skip" href="#canvas">"Skip to the graph"</a>
        <div class="app">
            <TopBar/>
            <Workbench/>
            <StatusBar/>
            <MobileBar/>
        </div>
        <Palette/>
    }
}
