//! Widths of texts in the canvas, measured once per text.

use std::cell::RefCell;
use std::collections::HashMap;

use wasm_bindgen::JsCast;

/// The fonts of the canvas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Font {
    /// Names: 13 px, strong.
    Name,
    /// Second lines and plain labels: 11 px.
    Small,
    /// Conditions and error names: 10.5 px, monospace.
    Mono,
}

impl Font {
    fn css(self) -> &'static str {
        match self {
            Font::Name => {
                "600 13px -apple-system, 'Segoe UI Variable Text', 'Segoe UI', Inter, Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif"
            }
            Font::Small => {
                "400 11px -apple-system, 'Segoe UI Variable Text', 'Segoe UI', Inter, Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif"
            }
            Font::Mono => {
                "400 10.5px ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace"
            }
        }
    }

    /// A width that is good enough where nothing can be measured.
    fn estimate(self, text: &str) -> f64 {
        let per_char = match self {
            Font::Name => 7.4,
            Font::Small => 5.8,
            Font::Mono => 6.4,
        };
        text.chars().count() as f64 * per_char
    }
}

thread_local! {
    static WIDTHS: RefCell<HashMap<Font, HashMap<String, f64>>> = RefCell::default();
    static CONTEXT: Option<web_sys::CanvasRenderingContext2d> = context();
}

/// The width of `text` in px.
pub fn text_width(text: &str, font: Font) -> f64 {
    const MOST: usize = 20_000;
    WIDTHS.with_borrow_mut(|widths| {
        let widths = widths.entry(font).or_default();
        if let Some(width) = widths.get(text) {
            return *width;
        }
        if widths.len() >= MOST {
            widths.clear();
        }
        let width = measure(text, font).unwrap_or_else(|| font.estimate(text));
        widths.insert(text.to_owned(), width);
        width
    })
}

fn measure(text: &str, font: Font) -> Option<f64> {
    CONTEXT.with(|context| {
        let context = context.as_ref()?;
        context.set_font(font.css());
        Some(context.measure_text(text).ok()?.width())
    })
}

fn context() -> Option<web_sys::CanvasRenderingContext2d> {
    let document = web_sys::window()?.document()?;
    let canvas: web_sys::HtmlCanvasElement =
        document.create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.get_context("2d").ok()??.dyn_into().ok()
}
