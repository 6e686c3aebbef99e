//! A picture in pixels.
//!
//! The fonts that widths are measured with are part of the program, so a picture is the
//! same on every machine, with fonts installed or without. Those of the machine are looked
//! at only for characters that ours do not have.

use std::fmt;
use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{self, Options, Tree, fontdb::Database};

/// Inter and JetBrains Mono, cut to Latin, Greek, Cyrillic and some signs. Both are under
/// the SIL Open Font License, which lies beside them.
const FONTS: [&[u8]; 3] = [
    include_bytes!("fonts/Inter-Regular.ttf"),
    include_bytes!("fonts/Inter-SemiBold.ttf"),
    include_bytes!("fonts/JetBrainsMono-Regular.ttf"),
];

/// Pixels per unit, for screens with fine pixels.
const SCALE: f32 = 2.0;

/// The longest side, and the most pixels; a larger drawing is made smaller to fit.
const LONGEST: f32 = 16_384.0;
const MOST: f32 = 64e6;

/// Why a picture cannot be drawn in pixels.
#[derive(Debug)]
pub enum PngError {
    /// The renderer does not take the SVG.
    Svg(usvg::Error),
    /// There is no memory for it.
    Pixels,
    /// The pixels cannot be encoded.
    Encoding(String),
}

impl fmt::Display for PngError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PngError::Svg(error) => write!(f, "the drawing cannot be turned into pixels: {error}"),
            PngError::Pixels => f.write_str("the drawing is too large for a PNG"),
            PngError::Encoding(error) => write!(f, "the PNG cannot be encoded: {error}"),
        }
    }
}

/// The PNG of an SVG.
pub(super) fn png(svg: &str) -> Result<Vec<u8>, PngError> {
    let tree = tree(svg)?;
    let (width, height) = (tree.size().width(), tree.size().height());
    let scale = SCALE
        .min(LONGEST / width.max(height))
        .min((MOST / (width * height)).sqrt());
    let pixels = |length: f32| ((length * scale).ceil() as u32).max(1);
    let mut pixmap = Pixmap::new(pixels(width), pixels(height)).ok_or(PngError::Pixels)?;
    resvg::render(
        &tree,
        Transform::from_scale(scale, scale),
        &mut pixmap.as_mut(),
    );
    pixmap
        .encode_png()
        .map_err(|error| PngError::Encoding(error.to_string()))
}

fn tree(svg: &str) -> Result<Tree, PngError> {
    let mut fonts = Database::new();
    for font in FONTS {
        fonts.load_font_data(font.to_vec());
    }
    // Reading all fonts of a machine takes longer than all the rest.
    if svg.chars().any(|character| !is_covered(character)) {
        fonts.load_system_fonts();
    }
    let options = Options {
        font_family: "Inter".to_owned(),
        fontdb: Arc::new(fonts),
        ..Options::default()
    };
    Tree::from_str(svg, &options).map_err(PngError::Svg)
}

/// Whether our fonts are sure to have a character.
fn is_covered(character: char) -> bool {
    matches!(
        character,
        '\0'..='\u{17F}' | 'Α'..='Ω' | 'α'..='ω' | 'Ѐ'..='џ' | '–' | '—' | '‘'..='”' | '…' | '→' | '≤' | '≥' | '≠'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::sizing::{TextStyle, estimate};

    /// The width that the fonts of the program give a text.
    fn drawn(text: &str, font: &str) -> f64 {
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">\
             <text style=\"font: {font}\">.{text}.</text><text style=\"font: {font}\">..</text></svg>"
        );
        let tree = tree(&svg).unwrap();
        let widths: Vec<f64> = tree
            .root()
            .children()
            .iter()
            .map(|node| f64::from(node.bounding_box().width()))
            .collect();
        widths[0] - widths[1]
    }

    #[test]
    fn texts_are_as_wide_as_they_are_laid_out() {
        let texts = [
            "Validate order",
            "WAIT_1234567890",
            "a.b[0] >= \"x\"",
            "Größe",
        ];
        for (style, font) in [
            (TextStyle::Name, "600 13px Inter"),
            (TextStyle::Summary, "11px Inter"),
            (TextStyle::Label, "10.5px 'JetBrains Mono'"),
            (TextStyle::Badge, "10px 'JetBrains Mono'"),
        ] {
            for text in texts {
                let (drawn, laid_out) = (
                    drawn(&text.replace('>', "&gt;"), font),
                    estimate(text, style),
                );
                let most = drawn.max(laid_out);
                assert!(
                    (drawn - laid_out).abs() <= 0.04 * most,
                    "{text} in {font}: {drawn}, {laid_out}"
                );
            }
        }
    }
}
