//! Pictures of definitions: each of `tests/data/render/NAME.asl.json` downwards and to the
//! right, and those with `NAME.events.json` after that run. `UPDATE_EXPECT=1` writes what is
//! expected; look at it before it is committed.
#![allow(clippy::panic, clippy::unwrap_used)] // A test may fail loudly.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use statelab::asl::{self, StateMachine};
use statelab::diagram::render::{Picture, Shown, Theme, svg};
use statelab::diagram::sizing::estimate;
use statelab::diagram::{Direction, LayoutOptions, draw, state_graph};
use statelab::execution::history::parse_history;
use statelab::execution::projection::trace;
use statelab::source::json;

fn picture(
    machine: &StateMachine,
    direction: Direction,
    theme: Theme,
    run: Option<&Shown>,
) -> String {
    let graph = state_graph(machine);
    let options = LayoutOptions {
        direction,
        ..LayoutOptions::default()
    };
    let drawing = draw(&graph, &BTreeSet::new(), &estimate, &options);
    let picture = Picture {
        title: "A <picture> & its title",
        theme,
        run,
        measure: &estimate,
    };
    svg(&graph, &drawing, &picture)
}

/// The definitions with what their files are called without the end.
fn definitions() -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/render");
    let entries = std::fs::read_dir(folder).expect("the pictures are part of the project");
    let mut found: Vec<(PathBuf, String)> = entries
        .flatten()
        .filter_map(|entry| {
            let path = entry.path();
            let base = path.to_str()?.strip_suffix(".asl.json")?.into();
            Some((base, std::fs::read_to_string(&path).ok()?))
        })
        .collect();
    found.sort();
    found
}

fn with_end(base: &Path, end: &str) -> PathBuf {
    PathBuf::from(format!("{}.{end}", base.display()))
}

fn expect(path: &Path, drawn: &str, wrong: &mut Vec<String>) {
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(path, drawn).unwrap();
    } else if std::fs::read_to_string(path).unwrap_or_default() != drawn {
        wrong.push(path.display().to_string());
    }
}

#[test]
fn pictures_are_as_they_were_looked_at() {
    let definitions = definitions();
    assert!(definitions.len() >= 12);
    let mut wrong = Vec::new();
    let mut runs = 0;
    for (base, text) in &definitions {
        let machine = asl::lower(&json::parse(text).root).machine;
        for (direction, end) in [
            (Direction::TopToBottom, "down.svg"),
            (Direction::LeftToRight, "right.svg"),
        ] {
            let drawn = picture(&machine, direction, Theme::Both, None);
            expect(&with_end(base, end), &drawn, &mut wrong);
        }
        let Ok(events) = std::fs::read_to_string(with_end(base, "events.json")) else {
            continue;
        };
        runs += 1;
        let run = Shown::of(&trace(&machine, &parse_history(&events).unwrap()));
        let drawn = picture(&machine, Direction::TopToBottom, Theme::Both, Some(&run));
        expect(&with_end(base, "run.svg"), &drawn, &mut wrong);
    }
    assert!(runs >= 3);
    assert!(wrong.is_empty(), "other pictures than expected: {wrong:#?}");
}

#[test]
fn pictures_need_nothing_else_and_hold_no_markup_of_a_definition() {
    for (base, text) in definitions() {
        let machine = asl::lower(&json::parse(&text).root).machine;
        for theme in [Theme::Light, Theme::Dark, Theme::Both] {
            let drawn = picture(&machine, Direction::TopToBottom, theme, None);
            let name = base.display();
            let drawn = drawn.replacen("http://www.w3.org/2000/svg", "", 1);
            for foreign in [
                "http:", "https:", "href", "url(", "<script", "var(", " id=", "<b>", "@import",
            ] {
                assert!(!drawn.contains(foreign), "{name} has {foreign}");
            }
            assert!(
                drawn.contains("<title>A &lt;picture&gt; &amp; its title</title>"),
                "{name}"
            );
            assert!(drawn.contains("role=\"img\""), "{name}");
            assert_eq!(
                drawn.contains("prefers-color-scheme: dark"),
                theme == Theme::Both,
                "{name}"
            );
        }
    }
}

#[test]
fn the_description_tells_where_states_lead() {
    let text = r#"{"StartAt": "Sort", "States": {
        "Sort": {"Type": "Choice", "Choices": [{"Variable": "$.n", "NumericEquals": 1, "Next": "One"}], "Default": "Gone"},
        "One": {"Type": "Map", "End": true, "ItemProcessor": {"StartAt": "Deep", "States": {"Deep": {"Type": "Succeed"}}},
            "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Sort"}]}}}"#;
    let machine = asl::lower(&json::parse(text).root).machine;
    let drawn = picture(
        &machine,
        Direction::TopToBottom,
        Theme::Light,
        Some(&Shown::default()),
    );
    let (_, rest) = drawn.split_once("<desc>").unwrap();
    let (words, _) = rest.split_once("</desc>").unwrap();
    assert_eq!(
        words,
        "A state machine with 3 states. Sort, Choice, not reached: if $.n = 1 then One; otherwise \
         Gone, which is missing. One, Map, not reached: begins with Deep; on States.ALL Sort. \
         Deep, Succeed, not reached, inside One."
    );
}

#[test]
fn nothing_to_draw_is_drawn_too() {
    for text in [
        "",
        "[]",
        "{}",
        r#"{"StartAt": "A"}"#,
        r#"{"States": {"": {}}}"#,
    ] {
        let machine = asl::lower(&json::parse(text).root).machine;
        let drawn = picture(&machine, Direction::LeftToRight, Theme::Dark, None);
        assert!(
            drawn.starts_with("<svg ") && drawn.ends_with("</svg>\n"),
            "{text}"
        );
        assert!(!drawn.contains("NaN") && !drawn.contains("inf"), "{text}");
    }
}
