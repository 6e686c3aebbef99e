//! How the page is divided, remembered between visits.

use leptos::prelude::*;

use super::kept_layout::KeptLayout;
use super::panes::{
    Pane, Room, SHEET_GONE, SHEET_RANGE, Sizes, WindowClass, clamped, fitted, range,
};
use crate::ui::dom::element::{on_window_resize, window_size};
use crate::ui::erased::memo;

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

/// What the left pane shows. A further one is a variant here, a row in [`LeftView::TABLE`],
/// and an arm in `app::left_pane`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftView {
    /// The documents of this device.
    Documents,
    /// Definitions to start from.
    Examples,
    /// The states of the open definition.
    Outline,
}

impl LeftView {
    /// All of them, in the order of the tabs: the word, the key it is remembered by, the
    /// id of its panel, its icon.
    pub const TABLE: &[(LeftView, &str, &str, &str, &str)] = &[
        (
            LeftView::Documents,
            "Documents",
            "documents",
            "left-documents",
            "i-files",
        ),
        (
            LeftView::Examples,
            "Examples",
            "examples",
            "left-examples",
            "i-book",
        ),
        (
            LeftView::Outline,
            "Outline",
            "outline",
            "left-outline",
            "i-list",
        ),
    ];

    /// What a first visit shows.
    pub const FIRST: LeftView = LeftView::Examples;

    /// The word by which it is remembered.
    pub fn key(self) -> &'static str {
        let row = Self::TABLE.iter().find(|row| row.0 == self);
        row.map_or("", |row| row.2)
    }

    /// The view of that word, or else the first.
    pub fn of_key(key: Option<&str>) -> Self {
        let row = Self::TABLE.iter().find(|row| Some(row.2) == key);
        row.map_or(Self::FIRST, |row| row.0)
    }
}

/// What the second half of the centre shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SideView {
    /// The definition's text.
    Code,
    /// Input and mocks of the next run.
    Input,
    /// The events of the run; in the dock where the centre has no room for two.
    Events,
}

/// What the dock shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DockView {
    /// The problems of the definition.
    Problems,
    /// The events of the run, where they are not in the centre.
    Events,
    /// An expression that is tried out.
    Scratchpad,
}

/// How the page is divided.
#[derive(Clone, Copy)]
pub struct LayoutStore {
    window: RwSignal<(f64, f64)>,
    class: Memo<WindowClass>,
    kept: RwSignal<KeptLayout>,
    side: RwSignal<SideView>,
    dock: RwSignal<DockView>,
    /// Whether the code is in front, where the centre has room for one.
    is_code_in_front: RwSignal<bool>,
    /// What lies over the canvas, or as a sheet below it: one at a time.
    over: RwSignal<Option<Pane>>,
    sizes: Memo<Sizes>,
}

impl LayoutStore {
    /// The division of the last visit.
    pub fn remembered() -> Self {
        let kept = KeptLayout::read();
        let window = RwSignal::new(window_size());
        on_window_resize(move || window.set(window_size()));
        let kept_signal = RwSignal::new(kept);
        let class = memo(move || WindowClass::of(window.get().0));
        Self {
            window,
            class,
            kept: kept_signal,
            side: RwSignal::new(SideView::Code),
            dock: RwSignal::new(DockView::Problems),
            is_code_in_front: RwSignal::new(kept.centre == CentreView::Code),
            over: RwSignal::new(None),
            sizes: memo(move || {
                let kept = kept_signal.get();
                fitted(&kept.sizes, &room(window.get(), class.get(), &kept))
            }),
        }
    }

    /// How much room there is.
    pub fn class(self) -> WindowClass {
        self.class.get()
    }

    /// Whether the centre has room for canvas and code.
    pub fn has_split(self) -> bool {
        self.class.get() > WindowClass::Medium
    }

    /// What the centre shows in this window.
    pub fn centre(self) -> CentreView {
        match (self.has_split(), self.is_code_in_front.get()) {
            (true, _) => self.kept.with(|kept| kept.centre),
            (false, true) => CentreView::Code,
            (false, false) => CentreView::Canvas,
        }
    }

    /// Shows another view in the centre.
    pub fn show(self, view: CentreView) {
        self.is_code_in_front.set(view == CentreView::Code);
        if untrack(|| self.has_split()) {
            self.keep(|kept| kept.centre = view);
        } else {
            self.over.set(None);
        }
    }

    /// What the second half of the centre shows.
    pub fn side(self) -> SideView {
        match self.side.get() {
            SideView::Events if !self.has_split() => SideView::Code,
            side => side,
        }
    }

    /// What the dock shows.
    pub fn dock(self) -> DockView {
        match self.dock.get() {
            DockView::Events if self.has_split() => DockView::Problems,
            dock => dock,
        }
    }

    /// Shows `side`, making room for it where it is not seen.
    pub fn show_side(self, side: SideView) {
        self.side.set(side);
        match (untrack(|| self.has_split()), side) {
            (true, _) if self.kept.with_untracked(|kept| kept.centre) == CentreView::Canvas => {
                self.show(CentreView::Split);
            }
            (true, _) => {}
            (false, SideView::Events) => self.show_dock(DockView::Events),
            (false, SideView::Code | SideView::Input) => {
                self.is_code_in_front.set(true);
                self.over.set(None);
            }
        }
    }

    /// Shows `dock`, unfolded.
    pub fn show_dock(self, dock: DockView) {
        self.dock.set(dock);
        self.set_open(Pane::Dock, true);
    }

    /// What the left pane shows.
    pub fn left_view(self) -> LeftView {
        self.kept.with(|kept| kept.left_view)
    }

    /// Shows another view in the left pane, unfolded.
    pub fn show_left(self, view: LeftView) {
        self.keep(|kept| kept.left_view = view);
        self.set_open(Pane::Left, true);
    }

    /// Brings the inspector up for a selection made by pointing, where there is room for
    /// one thing at a time.
    pub fn show_inspector(self) {
        if self.class.get_untracked() == WindowClass::Phone {
            self.set_open(Pane::Inspector, true);
        }
    }

    /// Whether a pane is seen in more than its rail.
    pub fn is_open(self, pane: Pane) -> bool {
        if pane == Pane::Side {
            return self.centre() != CentreView::Canvas;
        }
        if lies_over(pane, self.class.get()) {
            return self.over.get() == Some(pane);
        }
        let class = self.class.get();
        self.kept.with(|kept| is_kept_open(kept, pane, class))
    }

    /// Whether a pane lies over the canvas in this window.
    pub fn lies_over(self, pane: Pane) -> bool {
        lies_over(pane, self.class.get())
    }

    /// Unfolds or folds a pane.
    pub fn set_open(self, pane: Pane, is_open: bool) {
        let class = self.class.get_untracked();
        if lies_over(pane, class) {
            if is_open || self.over.get_untracked() == Some(pane) {
                self.over.set(is_open.then_some(pane));
            }
            // What is opened is seen, and not behind the code.
            if is_open && class == WindowClass::Phone && pane != Pane::Left {
                self.is_code_in_front.set(false);
            }
            return;
        }
        match pane {
            Pane::Side if is_open => self.show(CentreView::Split),
            Pane::Side => self.show(CentreView::Canvas),
            Pane::Left => self.keep(|kept| kept.left = Some(is_open)),
            Pane::Dock => self.keep(|kept| kept.dock = is_open),
            Pane::Inspector => self.keep(|kept| kept.inspector = is_open),
        }
    }

    /// Folds an unfolded pane, unfolds a folded one.
    pub fn toggle(self, pane: Pane) {
        self.set_open(pane, !untrack(|| self.is_open(pane)));
    }

    /// Whether something lies over the canvas.
    pub fn has_over(self) -> bool {
        self.over.get().is_some()
    }

    /// Puts away what lies over the canvas.
    pub fn close_over(self) {
        if self.over.get_untracked().is_some() {
            self.over.set(None);
        }
    }

    /// The share of the page that a sheet takes, in percent.
    pub fn sheet(self) -> f64 {
        let (least, most) = SHEET_RANGE;
        self.kept.with(|kept| kept.sheet).clamp(least, most)
    }

    /// Gives sheets another share; one that is pulled down to the edge is put away.
    pub fn resize_sheet(self, share: f64) {
        let (least, most) = SHEET_RANGE;
        if share < SHEET_GONE {
            self.close_over();
        } else {
            self.keep(|kept| kept.sheet = share.clamp(least, most));
        }
    }

    /// The sizes that fit the window.
    pub fn sizes(self) -> Sizes {
        self.sizes.get()
    }

    /// The least and the greatest size of a pane in this window.
    pub fn range(self, pane: Pane) -> (f64, f64) {
        range(pane, &self.sizes.get(), &self.room())
    }

    /// Gives a pane another size, as far as the window allows.
    pub fn resize(self, pane: Pane, size: f64) {
        let room = untrack(|| self.room());
        let size = clamped(size, pane, &self.sizes.get_untracked(), &room);
        self.keep(|kept| kept.sizes = kept.sizes.with(pane, size));
    }

    /// Gives a pane some more or less, by steps of [`Pane::step`].
    pub fn nudge(self, pane: Pane, steps: f64) {
        let size = untrack(|| self.sizes()).of(pane);
        self.resize(pane, size + steps * pane.step());
    }

    /// Gives a pane the size of a first visit.
    pub fn reset(self, pane: Pane) {
        self.resize(pane, Sizes::FIRST.of(pane));
    }

    fn room(self) -> Room {
        self.kept
            .with(|kept| room(self.window.get(), self.class.get(), kept))
    }

    fn keep(self, change: impl FnOnce(&mut KeptLayout)) {
        self.kept.update(change);
        self.kept.with_untracked(KeptLayout::write);
    }
}

/// Whether a pane lies over the canvas or stands beside it.
fn lies_over(pane: Pane, class: WindowClass) -> bool {
    match pane {
        Pane::Side => false,
        Pane::Left => class <= WindowClass::Medium,
        Pane::Inspector => class <= WindowClass::Small,
        Pane::Dock => class == WindowClass::Phone,
    }
}

fn is_kept_open(kept: &KeptLayout, pane: Pane, class: WindowClass) -> bool {
    match pane {
        Pane::Left => kept.left.unwrap_or(class == WindowClass::Wide),
        Pane::Side => kept.centre != CentreView::Canvas,
        Pane::Dock => kept.dock,
        Pane::Inspector => kept.inspector,
    }
}

fn room((width, height): (f64, f64), class: WindowClass, kept: &KeptLayout) -> Room {
    let is_beside = |pane| !lies_over(pane, class) && is_kept_open(kept, pane, class);
    Room {
        width,
        height,
        is_left_beside: is_beside(Pane::Left),
        is_inspector_beside: is_beside(Pane::Inspector),
    }
}
