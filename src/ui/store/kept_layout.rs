//! What is remembered of the layout between visits: one JSON text under one key.

use super::layout::{CentreView, LeftView};
use super::panes::{Pane, SHEET, Sizes};
use crate::source::json::{Number, Value};
use crate::ui::dom::storage;

const KEY: &str = "statelab.layout";

/// The choices of a person, as they made them; what fits the window is derived.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct KeptLayout {
    /// What the centre shows where it has room for two.
    pub centre: CentreView,
    /// The wanted sizes.
    pub sizes: Sizes,
    /// Percent of the page that a sheet takes, where panes are sheets.
    pub sheet: f64,
    /// Whether the left pane is unfolded; the window decides until somebody does.
    pub left: Option<bool>,
    /// What the left pane shows.
    pub left_view: LeftView,
    /// Whether the dock is unfolded.
    pub dock: bool,
    /// Whether the inspector is unfolded.
    pub inspector: bool,
}

impl KeptLayout {
    const FIRST: Self = Self {
        centre: CentreView::Split,
        sizes: Sizes::FIRST,
        sheet: SHEET,
        left: None,
        left_view: LeftView::FIRST,
        dock: true,
        inspector: true,
    };

    /// That of the last visit; what is missing or cannot be read is as on a first one.
    pub fn read() -> Self {
        let Some(text) = storage::read(KEY) else {
            return Self::read_old();
        };
        let kept = Value::parse(&text).unwrap_or_default();
        let word = |name| kept.get(name).and_then(Value::as_str);
        let is_open = |pane| kept.get(open_key(pane)).and_then(Value::as_bool);
        let sizes = Pane::ALL.into_iter().fold(Sizes::FIRST, |sizes, pane| {
            let size = kept.get(size_key(pane)).and_then(Value::as_f64);
            sizes.with(pane, size.unwrap_or(Sizes::FIRST.of(pane)))
        });
        Self {
            centre: centre(word("centre")),
            sizes,
            sheet: kept.get("sheet").and_then(Value::as_f64).unwrap_or(SHEET),
            left: is_open(Pane::Left),
            left_view: LeftView::of_key(word("leftView")),
            dock: is_open(Pane::Dock).unwrap_or(Self::FIRST.dock),
            inspector: is_open(Pane::Inspector).unwrap_or(Self::FIRST.inspector),
        }
    }

    /// Keeps it for the next visit.
    pub fn write(&self) {
        use std::fmt::Write;
        let mut text = format!(
            "{{\"centre\":\"{}\",\"leftView\":\"{}\",\"sheet\":{}",
            self.centre.key(),
            self.left_view.key(),
            self.sheet
        );
        for pane in Pane::ALL {
            // Writing into a string cannot fail.
            let _ = write!(text, ",\"{}\":{}", size_key(pane), self.sizes.of(pane));
            let is_open = match pane {
                Pane::Left => self.left,
                Pane::Dock => Some(self.dock),
                Pane::Inspector => Some(self.inspector),
                Pane::Side => None,
            };
            if let Some(is_open) = is_open {
                let _ = write!(text, ",\"{}\":{is_open}", open_key(pane));
            }
        }
        text.push('}');
        storage::write(KEY, &text);
    }

    /// From the three keys that earlier versions kept.
    fn read_old() -> Self {
        let take = |name: &str| {
            let key = format!("{KEY}.{name}");
            let kept = storage::read(&key);
            storage::remove(&key);
            kept
        };
        let split = take("split")
            .and_then(|split| Number::parse(&split))
            .map(|split| split.as_f64());
        let kept = Self {
            centre: centre(take("centre").as_deref()),
            sizes: Sizes {
                split: split.unwrap_or(Sizes::FIRST.split),
                ..Sizes::FIRST
            },
            dock: take("dock").as_deref() != Some("folded"),
            ..Self::FIRST
        };
        if kept != Self::FIRST {
            kept.write();
        }
        kept
    }
}

fn centre(key: Option<&str>) -> CentreView {
    CentreView::ALL
        .into_iter()
        .find(|view| Some(view.key()) == key)
        .unwrap_or(KeptLayout::FIRST.centre)
}

fn size_key(pane: Pane) -> &'static str {
    match pane {
        Pane::Left => "left",
        Pane::Side => "split",
        Pane::Dock => "dock",
        Pane::Inspector => "inspector",
    }
}

fn open_key(pane: Pane) -> &'static str {
    match pane {
        Pane::Left => "leftOpen",
        Pane::Side => "sideOpen",
        Pane::Dock => "dockOpen",
        Pane::Inspector => "inspectorOpen",
    }
}
