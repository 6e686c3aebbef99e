//! Whatever is pasted is survived: read, explained, drawn as far as it goes, and edited on.
//! With `cargo test --release --test bad_input -- --nocapture` it says how long each takes.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::fmt::Write;
use std::time::Instant;

use statelab::authoring::document::Document;
use statelab::diagram::state_graph;
use statelab::execution::generate::generate;
use statelab::execution::interpreter::{Mocks, Options, Setup};
use statelab::source::json::Value;
use statelab::source::text::TextEdit;
use statelab::time::Timestamp;

const MEGABYTE: usize = 1_000_000;
/// What an input or mocks are tried with; nothing there grows faster than the text.
const SMALLER: usize = 50_000;

/// A chain of states that takes about a megabyte.
fn many_states(count: usize) -> String {
    let mut text = "{\n  \"StartAt\": \"State 0\",\n  \"States\": {\n".to_owned();
    let note = "x".repeat(90);
    for index in 0..count {
        let next = index + 1;
        writeln!(
            text,
            "    \"State {index}\": {{ \"Type\": \"Pass\", \"Comment\": \"{note}\", \"Result\": {{ \"n\": {index} }}, \"Next\": \"State {next}\" }},"
        )
        .unwrap();
    }
    writeln!(
        text,
        "    \"State {count}\": {{ \"Type\": \"Succeed\" }}\n  }}\n}}"
    )
    .unwrap();
    text
}

fn texts(size: usize) -> Vec<(&'static str, String)> {
    let states = many_states(size / 200);
    let garbage: String = (0..size / 50)
        .map(|index| {
            format!(
                "{{\"{}\": [}}, 'x' \\ {}:: </script>\n",
                index * 7919 % 1009,
                index
            )
        })
        .collect();
    let digits = "9".repeat(400);
    let wait = |seconds: &str| {
        format!(
            r#"{{"StartAt": "A", "States": {{"A": {{"Type": "Wait", "Seconds": {seconds}, "End": true}}}}}}"#
        )
    };
    let with_comment = |comment: &str| {
        format!(
            r#"{{"StartAt": "A", "Comment": "{comment}", "States": {{"A": {{"Type": "Succeed"}}}}}}"#
        )
    };
    let same: String = (0..size / 50).map(|at| format!("\"k\": {at},")).collect();
    vec![
        ("a megabyte of states", states.clone()),
        ("a megabyte of states in one line", states.replace('\n', " ")),
        ("a megabyte of states in one line that is not ASCII", states.replace('\n', " ").replace('x', "é")),
        ("a megabyte of states with Windows line ends", states.replace('\n', "\r\n")),
        ("a megabyte of states with a byte order mark", format!("\u{feff}{states}")),
        ("a megabyte of states that all lead nowhere", states.replace("\"Next\": \"State", "\"Next\": \"Stade")),
        ("a megabyte of states without an end", states.replace("\"Next\"", "\"next\"")),
        ("a megabyte of states without a brace", states.trim_end().trim_end_matches('}').to_owned()),
        ("a megabyte of placeholders", states.replace("x\"", "${X}\"")),
        ("a megabyte of trailing commas", states.replace(" },\n", ", },\n")),
        ("a megabyte of garbage", garbage.clone()),
        ("a megabyte of garbage in one line", garbage.replace('\n', " ")),
        ("a megabyte of one word", "x".repeat(size)),
        ("a megabyte of one string", format!("\"{}\"", "x".repeat(size))),
        ("a megabyte of quotes", "\"".repeat(size)),
        ("a megabyte of backslashes", "\\".repeat(size)),
        ("a megabyte of NUL", "\0".repeat(size)),
        ("a megabyte of NUL in a string", with_comment(&"\0".repeat(size))),
        ("a megabyte of opening braces", "{".repeat(size)),
        ("a megabyte of opened placeholders", format!("\"{}\"", "${".repeat(size / 2))),
        ("a megabyte of commas", format!("[{}]", ",".repeat(size))),
        ("10,000 levels", format!("{}1{}", "{\"a\":[".repeat(5_000), "]}".repeat(5_000))),
        ("10,000 branches in one another", format!(
            r#"{{"StartAt": "A", "States": {{"A": {}{{"Type": "Succeed"}}{}}}}}"#,
            r#"{"Type": "Parallel", "End": true, "Branches": [{"StartAt": "A", "States": {"A": "#.repeat(5_000),
            "}}]}".repeat(5_000)
        )),
        ("the same key again and again", format!("{{\"StartAt\": \"A\", {same} \"States\": {{\"A\": {{\"Type\": \"Succeed\"}}}}}}")),
        ("a number beyond all", wait("1e999")),
        ("a number of 400 digits", wait(&digits)),
        ("a fraction of 400 digits", wait(&format!("0.{digits}"))),
        ("halves of surrogate pairs", with_comment(r"\ud800 \udc00 \udc00\ud800 \ud83d\ude00")),
        ("control characters", with_comment("\u{1}\u{7}\u{1f}\u{7f}\u{80}\u{2028}\u{202e}")),
        ("YAML of a megabyte", "StartAt: A\n".repeat(size / 11)),
    ]
}

#[test]
fn definitions_are_read_drawn_and_edited_on() {
    for (what, text) in texts(MEGABYTE) {
        let begin = Instant::now();
        let document = Document::open(text.as_str());
        for problem in document.diagnostics() {
            assert!(text.get(problem.span.range()).is_some(), "{what}");
            let len = problem.message.len();
            assert!(len < 400, "{what}: a message of {len} bytes");
            document.position(problem.span.start as usize);
            assert!(
                document.to_utf16(problem.span.end as usize) <= text.len(),
                "{what}"
            );
        }
        let read = begin.elapsed();
        let graph = state_graph(&document.drawable().machine);
        assert!(
            graph.nodes().count() >= document.machine().states.len(),
            "{what}"
        );
        document.placeholders();
        assert_eq!(
            document.to_byte(document.to_utf16(text.len())),
            text.len(),
            "{what}"
        );
        let begin = Instant::now();
        let edited = document.apply(&TextEdit::insert(text.len(), "/")).unwrap();
        assert_eq!(edited.text().len(), text.len() + 1, "{what}");
        assert!(edited.has_errors(), "{what}");
        println!("{what}: read in {read:?}, edited in {:?}", begin.elapsed());
    }
}

#[test]
fn a_machine_of_5000_states_gets_mocks() {
    let document = Document::open(many_states(5_000));
    assert_eq!(document.diagnostics(), []);
    let generated = generate(document.machine(), "large");
    assert_eq!(generated.input_text(), "{}");
}

#[test]
fn inputs_and_mocks_are_refused_with_a_place() {
    let machine = Document::open(r#"{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}"#);
    let at = Timestamp::from_millis(0);
    for (what, text) in texts(SMALLER) {
        let begin = Instant::now();
        let is_value = Value::parse(&text).is_ok();
        let start = |setup: Setup| {
            let machine = machine.machine().clone();
            setup.start(machine, Options::default(), at).map(|_| ())
        };
        let input = start(Setup {
            input: &text,
            ..Setup::default()
        });
        assert_eq!(input.is_ok(), is_value, "{what}");
        if let Err(error) = input {
            let said = error.to_string();
            assert!(said.contains("line ") && said.len() < 300, "{what}: {said}");
        }
        // Mocks may lack every member, so an object is a configuration.
        let is_object = Value::parse(&text).is_ok_and(|value| value.as_object().is_some());
        assert_eq!(Mocks::parse(&text).is_ok(), is_object, "{what}");
        if let Err(error) = start(Setup {
            mocks: &text,
            ..Setup::default()
        }) {
            let said = error.to_string();
            assert!(said.len() < 300, "{what}: {said}");
        }
        println!("{what}: refused in {:?}", begin.elapsed());
    }
}

/// What is underlined is made of whole characters, whatever an object or a text begins with.
#[test]
fn places_never_cut_a_character() {
    let texts = [
        "😀A\",\"States\":{\"A\":{\"Type😀:\"Pass\"}}}",
        "😀",
        "\"😀\"",
        "😀: 1\n",
        "States:\n  é:\n    𝄞: Pass\n",
        "StartAt: 😀\nStates:\n  😀:\n    Type: Choice\n    Choices:\n      - ü: 1\n        And: []\n        Not: {}\n      - 😀: 2\n",
        "Resources:\n  😀:\n    Type: AWS::StepFunctions::StateMachine\n",
    ];
    for text in texts {
        let document = Document::open(text);
        assert_ne!(document.diagnostics(), [], "{text}");
        for problem in document.diagnostics() {
            let place = text.get(problem.span.range());
            assert!(place.is_some(), "{text}: {problem:?}");
        }
    }
    let deep = format!("{}😀: 1", "- ".repeat(300));
    for problem in Document::open(deep.as_str()).diagnostics() {
        assert!(deep.get(problem.span.range()).is_some(), "{problem:?}");
    }
}
