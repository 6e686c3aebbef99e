//! The frame of the page: bars, panes and the keys that work everywhere.

mod dock;
mod fold_button;
mod keeping;
mod left_pane;
mod mobile_bar;
mod right_pane;
mod side;
mod status_bar;
mod top_bar;
mod workbench;

use leptos::prelude::*;

use crate::ui::code::CodeCommands;
use crate::ui::command::Commands;
use crate::ui::designer::CanvasCommands;
use crate::ui::designer::folds::FoldStore;
use crate::ui::dom::theme::Theme;
use crate::ui::erased::{effect, live};
use crate::ui::later::{Fetch, Later};
use crate::ui::store::documents::Start;
use crate::ui::store::{
    AssistantStore, DocumentStore, DocumentsStore, ExecutionStore, GalleryStore, LayoutStore,
    SelectionStore,
};
pub(in crate::ui) use fold_button::FoldButton;
use keeping::KeepingNotice;
use mobile_bar::MobileBar;
use status_bar::StatusBar;
use top_bar::TopBar;
use workbench::Workbench;

/// The whole page.
pub(super) fn start(fetch: Fetch) -> impl IntoView {
    let later = Later::new(fetch);
    provide_context(later);
    let start = Start::read();
    let is_read_only = RwSignal::new(false);
    let assistant = AssistantStore::new();
    let document = DocumentStore::new(&start.record, is_read_only, assistant);
    let selection = SelectionStore::new();
    let layout = LayoutStore::remembered();
    let execution = ExecutionStore::new(&start.record.beside, is_read_only);
    let origin = start.origin;
    let documents = DocumentsStore::new(start, document, execution, selection, is_read_only);
    provide_context(assistant);
    provide_context(document);
    provide_context(documents);
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
    later.run(move |parts| {
        (parts.arrive)(documents, origin);
        (parts.listen)(commands);
        document.begin_checking();
    });
    later.fetch_after_paint();
    effect(move || crate::ui::dom::element::set_title(&format!("{} – Statelab", document.name())));
    view! {
        <a class="skip" href="#canvas">"Skip to the graph"</a>
        <div class="app" data-complete=live(move || later.is_here().then_some(""))>
            <TopBar/>
            <KeepingNotice/>
            <Workbench/>
            <StatusBar/>
            <MobileBar/>
        </div>
        {later.view(|parts| parts.palette)}
        <div class="toast-area" role="status">{later.view(|parts| parts.toasts)}</div>
        {later.view(|parts| parts.drop_target)}
    }
}
