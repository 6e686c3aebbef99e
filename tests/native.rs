//! The companion command from outside: what it prints and the code it exits with.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)] // A test may fail loudly.

#[path = "native/check.rs"]
mod check;
#[path = "native/eval.rs"]
mod eval;
#[path = "native/layout.rs"]
mod layout;
#[path = "native/render.rs"]
mod render;
#[path = "native/run.rs"]
mod run;
#[path = "native/serve.rs"]
mod serve;

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// What a call of the command gave.
#[derive(Debug, PartialEq)]
struct Called {
    out: String,
    err: String,
    code: i32,
}

impl Called {
    fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

fn call(arguments: &[&str]) -> Called {
    call_with(arguments, "")
}

/// Calls the command with a text on its standard input.
fn call_with(arguments: &[&str], stdin: &str) -> Called {
    let mut child = Command::new(env!("CARGO_BIN_EXE_statelab"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that does not read its input may be gone already.
    let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
    let output = child.wait_with_output().unwrap();
    Called {
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
        code: output.status.code().expect("the command is not killed"),
    }
}

/// A file of its own for a test.
fn file(name: &str, text: impl AsRef<[u8]>) -> String {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("native");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

/// A file of the examples of the page.
fn example(path: &str) -> String {
    format!("{}/www/examples/{path}", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn every_command_explains_itself_with_an_example() {
    let help = call(&["--help"]);
    assert_eq!(help.code, 0);
    for command in ["check", "run", "eval", "layout", "render"] {
        assert!(
            help.out.contains(&format!("\n  {command} ")),
            "{}",
            help.out
        );
        let help = call(&[command, "--help"]);
        assert_eq!(help.code, 0);
        let (_, example) = help.out.split_once("Example: ").expect("an example");
        assert!(
            example.contains(&format!("statelab {command} ")),
            "{example}"
        );
        assert!(help.out.contains("Exit codes: 0 "), "{}", help.out);
    }
}

#[test]
fn wrong_use_exits_with_two() {
    for arguments in [
        &[] as &[&str],
        &["fly"],
        &["check"],
        &["check", "-", "--format", "xml"],
        &["run", "-", "--seed", "x"],
        &["run", "-", "--start", "yesterday"],
        &["run", "-", "--test-case", "A"],
        &["run", "-", "--events", "--summary"],
        &["layout"],
        &["layout", "-", "--graph", "-"],
        &["layout", "-", "--direction", "UP"],
        &["render", "-"],
        &["render", "-", "-o", "-", "--theme", "pink"],
        &["eval"],
    ] {
        let called = call(arguments);
        assert_eq!(called.code, 2, "{arguments:?}: {called:?}");
        assert_eq!(called.out, "", "{arguments:?}");
        assert!(!called.err.is_empty(), "{arguments:?}");
    }
}

#[test]
fn unreadable_files_are_named() {
    let latin = file("latin.json", b"{\"a\": \"\xe9\"}");
    let folder = env!("CARGO_TARGET_TMPDIR");
    for command in ["check", "run", "layout"] {
        for (path, said) in [
            ("none.asl.json", "there is no such file"),
            (folder, "this is a directory"),
            (latin.as_str(), "not UTF-8 text from byte 7 on"),
        ] {
            let called = call(&[command, path]);
            assert_eq!(called.code, 2, "{called:?}");
            assert!(
                called.err.contains(&format!("{path}: {said}")),
                "{called:?}"
            );
        }
    }
}

/// A definition in YAML, and one inside a template, are read by every command.
#[test]
fn definitions_are_read_in_every_notation() {
    let yaml = "StartAt: A\nStates:\n  A:\n    Type: Pass\n    Result: {\"b\": 1}\n    End: true\n";
    let inner = yaml.replace('\n', "\n        ");
    let template = format!(
        "Resources:\n  M:\n    Type: AWS::StepFunctions::StateMachine\n    Properties:\n      Definition:\n        {inner}"
    );
    for (name, text) in [("read.asl.yaml", yaml), ("read.template.yml", &template)] {
        let path = file(name, text);
        let checked = call(&["check", &path]);
        assert_eq!(checked.code, 0, "{checked:?}");
        let run = call(&["run", &path]);
        assert_eq!((run.code, run.out.as_str()), (0, "{\"b\":1}\n"), "{run:?}");
        let layout = call(&["layout", &path]);
        assert!(layout.out.contains("/States/A"), "{layout:?}");
    }
    let wrong = file("wrong.asl.yml", yaml.replace("Pass", "Pas"));
    let checked = call(&["check", &wrong]);
    assert_eq!(checked.code, 1, "{checked:?}");
    assert!(checked.out.contains("wrong.asl.yml:4:11"), "{checked:?}");
}

/// A reader such as `head` that has seen enough is no failure.
#[test]
fn a_closed_pipe_is_quiet() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_statelab"))
        .args(["layout", &example("order-processing/definition.asl.json")])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(output.stderr, b"");
}
