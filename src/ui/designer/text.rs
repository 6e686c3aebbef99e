//! Texts that must fit.

use crate::diagram::render;
use crate::ui::dom::measure::{Font, text_width};

/// The text in a font, or as much of its beginning and end as fits around an ellipsis.
pub(super) fn fit(text: &str, room: f64, font: Font) -> String {
    render::fit(text, room, &|text| text_width(text, font))
}
