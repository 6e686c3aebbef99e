//! Texts that must fit.

use crate::ui::dom::measure::{Font, text_width};

/// The text, or as much of its beginning and end as fits around an ellipsis.
pub(super) fn fit(text: &str, width: f64, font: Font) -> String {
    if text_width(text, font) <= width {
        return text.to_owned();
    }
    let chars: Vec<char> = text.chars().collect();
    let cut = |kept: usize| {
        let head = kept.div_ceil(2);
        let tail = kept - head;
        let head = chars.iter().take(head);
        let tail = chars.iter().skip(chars.len() - tail);
        head.chain(std::iter::once(&'…'))
            .chain(tail)
            .collect::<String>()
    };
    let (mut fits, mut too_long) = (0, chars.len());
    while too_long - fits > 1 {
        let middle = (fits + too_long) / 2;
        if text_width(&cut(middle), font) <= width {
            fits = middle;
        } else {
            too_long = middle;
        }
    }
    if fits == 0 { String::new() } else { cut(fits) }
}
