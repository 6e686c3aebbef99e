//! Texts that hold a definition: what is found in them, and that problems and fixes stand in
//! the text as it is.

use std::fmt::Write;

use statelab::authoring::document::Document;

fn found(text: &str) -> String {
    let document = Document::open(text);
    let mut out = String::new();
    match document.shell() {
        None => writeln!(out, "{:?}", document.notation()).unwrap(),
        Some(shell) => {
            let title = shell.host.title();
            writeln!(out, "{:?}: {} in {title}", document.notation(), shell.name).unwrap();
            for given in &shell.substitutions {
                writeln!(out, "given: {} = {}", given.name, given.value).unwrap();
            }
        }
    }
    for state in document.machine().walk() {
        let at = document.position(state.name_span.start as usize);
        let kind = state.kind.state_type().map_or("?", |kind| kind.as_str());
        writeln!(out, "{at}: {kind} {}", state.name).unwrap();
        let name = state.name_span.of(text).trim_matches('"');
        assert!(
            name.contains(&*state.name) || name.ends_with('\\'),
            "{name}"
        );
    }
    for placeholder in document.placeholders() {
        let titles: Vec<String> = placeholder
            .places
            .iter()
            .map(|place| place.title())
            .collect();
        writeln!(out, "${{{}}}: {}", placeholder.name, titles.join(", ")).unwrap();
        for place in &placeholder.places {
            assert!(text.get(place.span.range()).is_some());
        }
    }
    for problem in document.diagnostics() {
        let at = document.position(problem.span.start as usize);
        writeln!(
            out,
            "{at}: {}: {}",
            problem.severity.as_str(),
            problem.message
        )
        .unwrap();
        for fix in &problem.fixes {
            let fixed = document.apply(&fix.edit).unwrap();
            let left = fixed.diagnostics().len();
            let part = fix
                .edit
                .replacements()
                .iter()
                .map(|part| part.text.as_str());
            let part: String = part.collect();
            writeln!(out, "  fix: {}: {part:?} (then {left} left)", fix.title).unwrap();
        }
    }
    // As JSON the definition says the same.
    let json = Document::open(document.definition());
    if !document.has_errors() {
        let messages = |document: &Document| {
            let problems = document.diagnostics().iter();
            problems
                .map(|problem| problem.message.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(messages(&json), messages(&document));
    }
    let names = |document: &Document| {
        let states = document.machine().walk();
        states
            .map(|state| state.pointer.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&json), names(&document));
    out
}

#[test]
fn definitions_are_found_where_they_stand() {
    assert!(super::files("read").len() >= 10);
    super::expect("read", |_, text| found(text));
}
