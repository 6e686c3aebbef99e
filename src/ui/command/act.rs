//! What commands do, and why they cannot be done at present.

use leptos::prelude::*;

use super::chord::Keyboard;
use super::table::{Command, Spot, key_of};
use crate::asl::Pointer;
use crate::ui::code::CodeCommands;
use crate::ui::designer::CanvasCommands;
use crate::ui::dom::element::{focus_first_in, focus_id, has_mac_keyboard};
use crate::ui::dom::theme::Theme;
use crate::ui::later::Later;
use crate::ui::store::documents::PictureForm;
use crate::ui::store::generating::Then;
use crate::ui::store::layout::{CentreView, DockView, LeftView, SideView};
use crate::ui::store::panes::{Pane, WindowClass};
use crate::ui::store::{
    DocumentStore, DocumentsStore, ExecutionStore, GalleryStore, LayoutStore, Origin,
    SelectionStore,
};

/// Everything that commands act upon.
#[derive(Clone, Copy)]
pub struct Commands {
    document: DocumentStore,
    documents: DocumentsStore,
    execution: ExecutionStore,
    layout: LayoutStore,
    selection: SelectionStore,
    gallery: GalleryStore,
    code: CodeCommands,
    canvas: CanvasCommands,
    theme: RwSignal<Theme>,
    later: Later,
    /// Whether the list of commands is shown.
    pub is_listed: RwSignal<bool>,
    /// What was asked for by name, the latest first.
    pub(super) recent: RwSignal<Vec<Command>>,
    keyboard: Keyboard,
}

impl Commands {
    /// Over the stores of the context.
    pub fn new() -> Self {
        Self {
            document: expect_context(),
            documents: expect_context(),
            execution: expect_context(),
            layout: expect_context(),
            selection: expect_context(),
            gallery: expect_context(),
            code: expect_context(),
            canvas: expect_context(),
            theme: expect_context(),
            later: expect_context(),
            is_listed: RwSignal::new(false),
            recent: RwSignal::new(Vec::new()),
            keyboard: if has_mac_keyboard() {
                Keyboard::Mac
            } else {
                Keyboard::Other
            },
        }
    }

    /// The keyboard that keys are written for.
    pub fn keyboard(self) -> Keyboard {
        self.keyboard
    }

    /// The key of a command; empty where it has none.
    pub fn key(self, command: Command) -> String {
        key_of(command, self.keyboard)
    }

    /// The open document.
    pub(super) fn document(self) -> DocumentStore {
        self.document
    }

    /// Selects a state and shows it on the canvas.
    pub(super) fn select(self, pointer: Pointer) {
        self.selection.select(Some(pointer), Origin::Panel);
        self.go(Spot::Graph);
    }

    /// The examples.
    pub(super) fn gallery(self) -> GalleryStore {
        self.gallery
    }

    /// A tooltip: a label with the key of a command.
    pub fn hint(self, label: &str, command: Command) -> String {
        match self.key(command) {
            key if key.is_empty() => label.to_owned(),
            key => format!("{label} ({key})"),
        }
    }

    /// Why a command cannot be done at present; nothing where it can.
    pub fn refusal(self, command: Command) -> Option<&'static str> {
        let unless = |is_possible: bool, reason| (!is_possible).then_some(reason);
        let layout = self.layout;
        match command {
            Command::Run => unless(!self.execution.is_active(), "a run is under way"),
            Command::Stop => unless(self.execution.is_active(), "nothing runs"),
            Command::EndRun => unless(self.execution.is_shown(), "no run is shown"),
            Command::GenerateMocks => self.execution.generation_obstacle(self.document),
            Command::Undo => unless(self.document.can_undo(), "nothing to undo"),
            Command::Redo => unless(self.document.can_redo(), "nothing to redo"),
            Command::Centre => unless(self.selection.pointer().is_some(), "no state is selected"),
            Command::FoldAll => unless(self.canvas.has_open(), "no container is open"),
            Command::UnfoldAll => unless(self.canvas.has_folded(), "no container is folded"),
            Command::Show(CentreView::Split) | Command::Toggle(Pane::Side) => {
                unless(layout.has_split(), "the window is too narrow for two")
            }
            Command::Grow(pane) | Command::Shrink(pane) => {
                let is_movable = layout.is_open(pane)
                    && layout.class() != WindowClass::Phone
                    && (pane != Pane::Side || layout.centre() == CentreView::Split);
                unless(is_movable, "its border is not seen")
            }
            Command::CloseOver => unless(layout.has_over(), "nothing lies over the canvas"),
            Command::Local(Spot::Border) => unless(
                layout.class() != WindowClass::Phone,
                "the window is too narrow for borders",
            ),
            Command::Commands
            | Command::NewDocument
            | Command::OpenFiles
            | Command::Save
            | Command::DuplicateDocument
            | Command::Download
            | Command::DownloadSvg
            | Command::DownloadPng
            | Command::DownloadAll
            | Command::Find
            | Command::Format
            | Command::ZoomIn
            | Command::ZoomOut
            | Command::ZoomReset
            | Command::ZoomFit
            | Command::Turn
            | Command::Show(_)
            | Command::Toggle(_)
            | Command::ResetSizes
            | Command::Go(_)
            | Command::Theme(_)
            | Command::Local(_) => None,
        }
    }

    /// Does a command, if it can be done, as soon as the second file is here.
    pub fn act(self, command: Command) {
        self.later.run(move |parts| (parts.perform)(self, command));
    }

    fn download_picture(self, form: PictureForm) {
        let folded = self.canvas.folded_untracked();
        let folded = folded.iter().map(Pointer::to_string).collect();
        let is_turned = self.canvas.is_turned_untracked();
        self.documents.download_picture(form, folded, is_turned);
    }

    /// Does a command, if it can be done.
    pub(in crate::ui) fn perform(self, command: Command) {
        if untrack(|| self.refusal(command)).is_some() {
            return;
        }
        match command {
            Command::Commands => self.is_listed.update(|is_listed| *is_listed = !*is_listed),
            Command::Run => self.execution.start(self.document, self.layout),
            Command::Stop => self.execution.stop(),
            Command::EndRun => self.execution.close(),
            Command::GenerateMocks => self
                .execution
                .generate(self.document, Then::Show(self.layout)),
            Command::NewDocument => self.documents.create_blank(),
            Command::OpenFiles => self.documents.pick_files(),
            Command::Save => self.documents.save_now(),
            Command::DuplicateDocument => {
                self.documents
                    .duplicate(&self.documents.current_untracked());
            }
            Command::Download => self.documents.download(&self.documents.current_untracked()),
            Command::DownloadSvg => self.download_picture(PictureForm::Svg),
            Command::DownloadPng => self.download_picture(PictureForm::Png),
            Command::DownloadAll => self.documents.export_all(),
            Command::Undo => self.document.undo(),
            Command::Redo => self.document.redo(),
            Command::Find => {
                self.layout.show_side(SideView::Code);
                request_animation_frame(move || self.code.find());
            }
            Command::Format => {
                self.layout.show_side(SideView::Code);
                request_animation_frame(move || self.code.format());
            }
            Command::ZoomIn => self.canvas.zoom_in(),
            Command::ZoomOut => self.canvas.zoom_out(),
            Command::ZoomReset => self.canvas.zoom_reset(),
            Command::ZoomFit => self.canvas.zoom_fit(),
            Command::Centre => {
                if let Some(pointer) = self.selection.pointer_untracked() {
                    self.canvas.centre(&pointer);
                }
            }
            Command::Turn => self.canvas.turn(),
            Command::FoldAll => self.canvas.fold_all(),
            Command::UnfoldAll => self.canvas.unfold_all(),
            Command::Show(view) => self.layout.show(view),
            Command::Toggle(pane) => self.layout.toggle(pane),
            Command::Grow(pane) => self.layout.nudge(pane, 1.0),
            Command::Shrink(pane) => self.layout.nudge(pane, -1.0),
            Command::CloseOver => {
                self.layout.close_over();
                request_animation_frame(|| focus_id("canvas"));
            }
            Command::ResetSizes => {
                for pane in Pane::ALL {
                    self.layout.reset(pane);
                }
            }
            Command::Theme(theme) => {
                self.theme.set(theme);
                theme.apply();
            }
            Command::Go(spot) | Command::Local(spot) => self.go(spot),
        }
    }

    /// Shows a place and puts the focus there.
    pub(super) fn go(self, spot: Spot) {
        let layout = self.layout;
        match spot {
            Spot::Graph => {
                if untrack(|| layout.centre()) == CentreView::Code {
                    layout.show(if untrack(|| layout.has_split()) {
                        CentreView::Split
                    } else {
                        CentreView::Canvas
                    });
                }
                layout.close_over();
            }
            Spot::Side(side) => layout.show_side(side),
            Spot::Dock(dock) => layout.show_dock(dock),
            Spot::Inspector => layout.set_open(Pane::Inspector, true),
            Spot::Library => layout.set_open(Pane::Left, true),
            Spot::Documents => layout.show_left(LeftView::Documents),
            Spot::Outline => layout.show_left(LeftView::Outline),
            Spot::Border if untrack(|| layout.has_split()) => layout.show(CentreView::Split),
            Spot::Border => layout.set_open(Pane::Dock, true),
        }
        // What is shown takes the focus only once it is drawn.
        request_animation_frame(move || match spot {
            Spot::Graph => focus_id("canvas"),
            Spot::Side(SideView::Code) => self.code.focus(),
            Spot::Side(SideView::Input) => focus_id("run-input"),
            Spot::Side(SideView::Events) | Spot::Dock(DockView::Events) => focus_id("events-tab"),
            Spot::Dock(DockView::Problems) => focus_id("problems-tab"),
            Spot::Dock(DockView::Scratchpad) => focus_id("scratchpad-expression"),
            Spot::Inspector => focus_first_in("inspector"),
            Spot::Library => focus_first_in("left-pane"),
            Spot::Documents => focus_first_in("documents-list"),
            Spot::Outline => focus_first_in("outline"),
            Spot::Border if untrack(|| layout.has_split()) => focus_id("at-split"),
            Spot::Border => focus_id("at-dock"),
        });
    }
}
