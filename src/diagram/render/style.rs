//! The style sheet of a picture: plain colours, so that every program that draws SVG
//! understands it; the dark ones of a picture for both themes stand in a media query.

use std::fmt::Write;

use super::Theme;
use super::tokens::Tokens;

/// The class of the root element, which all rules begin with.
pub(super) fn class(theme: Theme) -> &'static str {
    match theme {
        Theme::Light => "statelab-light",
        Theme::Dark => "statelab-dark",
        Theme::Both => "statelab",
    }
}

pub(super) fn sheet(theme: Theme) -> String {
    let class = class(theme);
    let mut sheet = shape(class, Tokens::light());
    match theme {
        Theme::Light => sheet += &colours(class, Tokens::light()),
        Theme::Dark => sheet += &colours(class, Tokens::dark()),
        Theme::Both => {
            sheet += &colours(class, Tokens::light());
            let dark = colours(class, Tokens::dark());
            // Writing to a string cannot fail.
            let _ = write!(sheet, "@media (prefers-color-scheme: dark) {{\n{dark}}}\n");
        }
    }
    sheet
}

/// What is the same in all themes. The fonts of the measured widths come first.
fn shape(class: &str, tokens: Tokens) -> String {
    let ui = tokens.get("font-ui");
    let mono = tokens.get("font-mono");
    let rules = [
        ("text", format!("font: 11px Inter, {ui}")),
        (".name", "font-size: 13px; font-weight: 600".to_owned()),
        (".start", "font-weight: 600; text-anchor: middle".to_owned()),
        (
            ".mono",
            format!("font: 10.5px \"JetBrains Mono\", {mono}; text-anchor: middle"),
        ),
        (".count", format!("font: 10px \"JetBrains Mono\", {mono}")),
        (".rule", "font-weight: 600".to_owned()),
        (".edge", "fill: none; stroke-width: 1.5".to_owned()),
        (".edge.catch", "stroke-dasharray: 4 3".to_owned()),
        (".edge.broken", "stroke-dasharray: 4 3".to_owned()),
        (".edge.taken", "stroke-width: 2".to_owned()),
        (
            ".edge.caught",
            "stroke-width: 2; stroke-dasharray: 5 3".to_owned(),
        ),
        (".lane", "fill: none; stroke-dasharray: 2 4".to_owned()),
        (
            ".missing .box",
            "stroke-width: 1.5; stroke-dasharray: 5 3".to_owned(),
        ),
        (".missing .tile", "fill: none".to_owned()),
        (".container .box", "fill: none".to_owned()),
        (".s-notreached .box", "stroke-dasharray: 3 3".to_owned()),
        (".s-notreached .name", "font-weight: 400".to_owned()),
        (".s-running .box", "stroke-width: 2".to_owned()),
        (".s-failed .box", "stroke-width: 1.5".to_owned()),
        (".s-caught .box", "stroke-width: 1.5".to_owned()),
    ];
    let mut sheet = String::from("\n");
    for (selector, declarations) in rules {
        // Writing to a string cannot fail.
        let _ = writeln!(sheet, ".{class} {selector} {{ {declarations} }}");
    }
    sheet
}

/// Selector, property, token.
const COLOURS: &[(&str, &str, &str)] = &[
    (".back", "fill", "surface-canvas"),
    ("text", "fill", "text-2"),
    (".name", "fill", "text"),
    (".sub", "fill", "text-3"),
    (".mono.rule", "fill", "text"),
    (".on-status", "stroke", "on-status"),
    (".box", "fill", "surface-node"),
    (".box", "stroke", "node-border"),
    (".tile", "fill", "surface-sunken"),
    (".ground", "fill", "container"),
    (".title", "fill", "surface-node"),
    ("path.rule", "stroke", "border"),
    (".lane", "stroke", "border"),
    (".badge", "fill", "surface-node"),
    (".badge", "stroke", "border"),
    (".edge", "stroke", "edge"),
    (".edge.quiet", "stroke", "edge-quiet"),
    (".edge.broken", "stroke", "failed"),
    (".edge.taken", "stroke", "succeeded"),
    (".edge.caught", "stroke", "caught"),
    (".label rect", "fill", "surface-canvas"),
    (".label rect", "stroke", "border"),
    (".label path", "stroke", "border"),
    (".label.broken rect", "stroke", "failed"),
    (".label.broken rect", "fill", "failed-tint"),
    (".label.broken .mono", "fill", "failed-text"),
    (".label.taken rect", "stroke", "succeeded"),
    (".label.caught rect", "stroke", "caught"),
    (".label.caught .mono", "fill", "caught-text"),
    (".missing .box", "fill", "failed-tint"),
    (".missing .box", "stroke", "failed"),
    (".missing .sub", "fill", "failed-text"),
    (".s-notreached .name", "fill", "text-3"),
];

/// Statuses, and whether they tint their box.
const STATUSES: &[(&str, bool)] = &[
    ("running", true),
    ("succeeded", false),
    ("retried", false),
    ("caught", true),
    ("failed", true),
    ("aborted", false),
    ("pending", false),
    ("notreached", true),
];

const TYPES: &[&str] = &[
    "type-task",
    "type-pass",
    "type-choice",
    "type-wait",
    "type-succeed",
    "type-fail",
    "type-parallel",
    "type-map",
    "text-2",
];

fn colours(class: &str, tokens: Tokens) -> String {
    let mut sheet = String::new();
    let mut put = |selector: &str, property: &str, token: &str| {
        let value = tokens.get(token);
        // Writing to a string cannot fail.
        let _ = writeln!(sheet, ".{class} {selector} {{ {property}: {value} }}");
    };
    for (selector, property, token) in COLOURS {
        put(selector, property, token);
    }
    for (status, tints) in STATUSES {
        put(&format!(".s-{status} .box"), "stroke", status);
        if *tints {
            put(
                &format!(".node.s-{status} .box"),
                "fill",
                &format!("{status}-tint"),
            );
        }
        put(&format!(".c-{status}"), "color", status);
    }
    for token in TYPES {
        put(&format!(".c-{token}"), "color", token);
    }
    for token in [
        "edge",
        "edge-quiet",
        "failed",
        "succeeded",
        "caught",
        "surface-canvas",
    ] {
        put(&format!(".f-{token}"), "fill", token);
    }
    sheet
}
