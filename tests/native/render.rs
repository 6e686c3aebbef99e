//! `statelab render`

use crate::{call, call_with, example, file};

fn output(name: &str) -> String {
    file(name, "")
}

#[test]
fn definitions_become_pictures() {
    let definition = example("order-processing/definition.asl.json");
    let (svg, png) = (output("order.svg"), output("order.PNG"));
    let called = call(&["render", &definition, "-o", &svg]);
    assert_eq!(
        (called.code, called.out.as_str(), called.err.as_str()),
        (0, "", "")
    );
    let drawn = std::fs::read_to_string(&svg).unwrap();
    assert!(drawn.starts_with("<svg ") && drawn.contains("prefers-color-scheme"));
    assert!(drawn.contains("<title>definition"), "{drawn}");
    assert_eq!(call(&["render", &definition, "-o", "-"]).out, drawn);
    let across = call(&[
        "render",
        &definition,
        "--direction",
        "lr",
        "--theme",
        "dark",
        "-o",
        "-",
    ]);
    assert_ne!(across.out, drawn);
    assert!(!across.out.contains("prefers-color-scheme"));

    let called = call(&["render", &definition, "--output", &png]);
    assert_eq!((called.code, called.err.as_str()), (0, ""));
    let light = std::fs::read(&png).unwrap();
    let size = |png: &[u8]| {
        let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
        (number(16), number(20))
    };
    assert_eq!(light[..8], *b"\x89PNG\r\n\x1a\n");
    let (_, rest) = drawn.split_once("width=\"").unwrap();
    let width: u32 = rest.split('"').next().unwrap().parse().unwrap();
    assert_eq!(size(&light).0, 2 * width);
    call(&["render", &definition, "--theme", "dark", "-o", &png]);
    let dark = std::fs::read(&png).unwrap();
    assert_eq!(size(&dark), size(&light));
    assert_ne!(dark, light);
}

#[test]
fn a_run_shows_how_states_stand() {
    let definition = example("order-processing/definition.asl.json");
    let events = call(&["run", &definition, "--generate", "--events"]).out;
    let events = file("order-events.json", events);
    let plain = call(&["render", &definition, "-o", "-"]).out;
    let after = call(&["render", &definition, "--run", &events, "-o", "-"]);
    assert_eq!(after.code, 0, "{after:?}");
    assert!(after.out.contains(">Succeeded</text>") && after.out.contains(", succeeded"));
    assert!(!plain.contains(">Succeeded</text>"));
}

#[test]
fn what_cannot_be_done_is_told() {
    let definition = example("order-processing/definition.asl.json");
    let nowhere = format!("{}/none/x.svg", env!("CARGO_TARGET_TMPDIR"));
    let no_events = file("no-events.json", "[1]");
    for (arguments, said) in [
        (
            &[definition.as_str(), "-o", "a.gif"][..],
            "a picture is .svg or .png",
        ),
        (&[&definition, "-o", "svg"], "a picture is .svg or .png"),
        (&[&definition, "-o", &nowhere], "cannot be written"),
        (
            &[&definition, "-o", "-", "--run", &no_events],
            "no-events.json: ",
        ),
        (
            &[&definition, "-o", "-", "--run", "none.json"],
            "there is no such file",
        ),
        (&[&definition], "--output"),
        (&["none.json", "-o", "-"], "there is no such file"),
    ] {
        let called = call(&[&["render"], arguments].concat());
        assert_eq!((called.code, called.out.as_str()), (2, ""), "{called:?}");
        assert!(called.err.contains(said), "{called:?}");
    }
    for text in [
        "",
        "garbage",
        "{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": ",
    ] {
        let called = call_with(&["render", "-", "-o", "-"], text);
        assert_eq!(called.code, 0, "{called:?}");
        assert!(called.out.ends_with("</svg>\n"));
    }
}
