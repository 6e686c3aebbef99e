//! How the page is divided, remembered between visits.

use leptos::prelude::*;

use crate::ui::dom::element::is_narrow;
use crate::ui::dom::storage;

/// What the centre shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CentreView {
    /// The graph alone.
    Canvas,
    /// Graph and code side by side.
    Split,
    /// Code alone.
    Code,
}

impl CentreView {
    /// All of them, in the order of the switch.
    pub const ALL: [CentreView; 3] = [CentreView::Canvas, CentreView::Split, CentreView::Code];

    /// The word on the switch.
    pub fn label(self) -> &'static str {
        match self {
            CentreView::Canvas => "Canvas",
            CentreView::Split => "Split",
            CentreView::Code => "Code",
        }
    }

    /// The value of the `data-view` attribute.
    pub fn key(self) -> &'static str {
        match self {
            CentreView::Canvas => "canvas",
            CentreView::Split => "split",
            CentreView::Code => "code",
        }
    }
}

/// What the second half of the centre shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SideView {
    /// The definition's text.
    Code,
    /// Input and mocks of the next run.
    Input,
    /// The events of the run.
    Events,
}

/// What lies below the centre on a narrow page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// Problems.
    Dock,
    /// The inspector.
    Inspector,
}

/// How the page is divided.
#[derive(Clone, Copy)]
pub struct LayoutStore {
    /// What the centre shows.
    pub centre: RwSignal<CentreView>,
    /// What its second half shows.
    pub side: RwSignal<SideView>,
    /// Percent of the centre that the canvas takes.
    pub split: RwSignal<f64>,
    /// Whether the dock is folded.
    pub is_dock_folded: RwSignal<bool>,
    /// What lies below on a narrow page.
    pub sheet: RwSignal<Sheet>,
}

const CENTRE_KEY: &str = "statelab.layout.centre";
const SPLIT_KEY: &str = "statelab.layout.split";
const DOCK_KEY: &str = "statelab.layout.dock";

impl LayoutStore {
    /// The division of the last visit.
    pub fn remembered() -> Self {
        let kept = storage::read(CENTRE_KEY);
        let centre = CentreView::ALL
            .into_iter()
            .find(|view| Some(view.key()) == kept.as_deref());
        let split = storage::read(SPLIT_KEY)
            .and_then(|split| split.parse().ok())
            .map_or(54.0, clamp);
        let is_dock_folded = is_narrow() || storage::read(DOCK_KEY).as_deref() == Some("folded");
        Self {
            centre: RwSignal::new(centre.unwrap_or(CentreView::Split)),
            side: RwSignal::new(SideView::Code),
            split: RwSignal::new(split),
            is_dock_folded: RwSignal::new(is_dock_folded),
            sheet: RwSignal::new(Sheet::Dock),
        }
    }

    /// Shows another view in the centre.
    pub fn show(self, view: CentreView) {
        self.centre.set(view);
        storage::write(CENTRE_KEY, view.key());
    }

    /// Shows `side`, making room for it where only the canvas is seen.
    pub fn show_side(self, side: SideView) {
        self.side.set(side);
        if is_narrow() {
            self.centre.set(CentreView::Code);
            self.is_dock_folded.set(true);
        } else if self.centre.get_untracked() == CentreView::Canvas {
            self.centre.set(CentreView::Split);
        }
    }

    /// Brings the inspector up where it is not always seen.
    pub fn show_inspector(self) {
        if is_narrow() {
            self.sheet.set(Sheet::Inspector);
            self.is_dock_folded.set(false);
        }
    }

    /// Moves the border between canvas and code.
    pub fn set_split(self, percent: f64) {
        self.split.set(clamp(percent));
        storage::write(SPLIT_KEY, &self.split.get_untracked().to_string());
    }

    /// Folds or unfolds the dock.
    pub fn fold_dock(self, is_folded: bool) {
        self.is_dock_folded.set(is_folded);
        storage::write(DOCK_KEY, if is_folded { "folded" } else { "open" });
    }
}

fn clamp(percent: f64) -> f64 {
    if percent.is_finite() {
        percent.clamp(20.0, 80.0)
    } else {
        54.0
    }
}
