//! Help while typing, on texts as they are while somebody types.
//!
//! Each file of `tests/data/ide` holds cases: a line `#### question`, a text with a cursor mark
//! `‸`, a line of `-`, and the answer. `UPDATE_EXPECT=1` rewrites the answers.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::fmt::Write;
use std::path::Path;

use statelab::asl::Pointer;
use statelab::authoring::document::Document;
use statelab::authoring::ide::{self, Control, Form, Symbol};
use statelab::source::text::TextEdit;

const MARK: char = '‸';
const LINE: &str = "\n----\n";
/// Items that are told; of more only the number.
const MOST: usize = 14;

fn ask(question: &str, marked: &str) -> String {
    let at = marked.find(MARK).unwrap();
    let text = marked.replace(MARK, "");
    let document = Document::open(text.as_str());
    let (kind, rest) = question.split_once(' ').unwrap_or((question, ""));
    match kind {
        "complete" => complete(&document, at),
        "accept" => accept(&document, at, rest),
        "hover" => match ide::hover(&document, at) {
            None => "nothing\n".into(),
            Some(hover) => format!(
                "{}\n{}\n{}\n",
                hover.span.of(&text),
                hover.title,
                hover.body
            ),
        },
        "target" => match ide::target(&document, at) {
            None => "nothing\n".into(),
            Some(span) => {
                let at = document.position(span.start as usize);
                format!("{} at {at}\n", span.of(&text))
            }
        },
        "rename" => edited(&document, ide::rename_at(&document, at, rest).map(Some)),
        "format" => edited(&document, ide::layout(&document)),
        "outline" => {
            let mut out = String::new();
            write_symbols(&mut out, &ide::outline(&document), 0);
            out
        }
        "form" => show(&ide::form(&document, &around(&document, at)).unwrap()),
        "enter" => {
            let (name, value) = rest.split_once(' ').unwrap_or((rest, ""));
            edited(
                &document,
                ide::enter(&document, &around(&document, at), name, value),
            )
        }
        "add" => edited(&document, ide::add(&document, &around(&document, at), rest)),
        "add-to" => edited(
            &document,
            ide::add_to(&document, &around(&document, at), rest),
        ),
        "take-out-of" => {
            let (name, index) = rest.split_once(' ').unwrap();
            let pointer = around(&document, at);
            let edit = ide::take_out_of(&document, &pointer, name, index.parse().unwrap());
            edited(&document, edit)
        }
        "take-out" => edited(
            &document,
            ide::take_out(&document, &around(&document, at), rest),
        ),
        _ => unreachable!("a question of the list above, not {kind}"),
    }
}

fn complete(document: &Document, at: usize) -> String {
    let Some(completion) = ide::complete(document, at) else {
        return "nothing\n".into();
    };
    let typed = completion.typed.of(document.text());
    let mut out = format!("typed: {typed:?}\n");
    for insertion in completion.items.iter().take(MOST) {
        let item = &insertion.item;
        let space = if item.detail.is_empty() { "" } else { " – " };
        let kind = item.kind.as_str();
        writeln!(out, "{kind} {}{space}{}", item.label, item.detail).unwrap();
    }
    let more = completion.items.len().saturating_sub(MOST);
    if more > 0 {
        writeln!(out, "and {more} more").unwrap();
    }
    out
}

/// The text with an item chosen, the cursor marked.
fn accept(document: &Document, at: usize, label: &str) -> String {
    let Some(completion) = ide::complete(document, at) else {
        return "nothing\n".into();
    };
    let found = completion
        .items
        .iter()
        .find(|insertion| insertion.item.label == label);
    let Some(insertion) = found else {
        return format!("no {label}\n{}", complete(document, at));
    };
    let mut parts = insertion.edit.replacements().to_vec();
    parts.last_mut().unwrap().text.insert(insertion.caret, MARK);
    let marked = TextEdit::new(parts).unwrap();
    marked.apply(document.text()).unwrap() + "\n"
}

fn edited(document: &Document, edit: Result<Option<TextEdit>, ide::Refusal>) -> String {
    match edit {
        Err(refusal) => format!("refused: {refusal}\n"),
        Ok(None) => "nothing\n".into(),
        Ok(Some(edit)) => edit.apply(document.text()).unwrap() + "\n",
    }
}

/// The innermost object around the cursor that has fields.
fn around(document: &Document, at: usize) -> Pointer {
    let mut pointer = document.root().pointer_at(at);
    while ide::form(document, &pointer).is_none() {
        pointer = pointer.parent().unwrap();
    }
    pointer
}

fn show(form: &Form) -> String {
    let mut out = String::new();
    write_form(&mut out, form, "");
    out
}

fn write_form(out: &mut String, form: &Form, indent: &str) {
    for row in &form.rows {
        let control = match &row.control {
            Control::Line => "line".to_owned(),
            Control::Words(words) => format!("one of {}", words.join(", ")),
            Control::Json => "JSON".to_owned(),
            Control::Fields(_) => "fields".to_owned(),
            Control::List(_) => "list".to_owned(),
        };
        let needed = if row.is_needed { ", needed" } else { "" };
        writeln!(
            out,
            "{indent}{} ({control}{needed}): {}",
            row.name, row.text
        )
        .unwrap();
        for problem in &row.problems {
            writeln!(out, "{indent}  ! {problem}").unwrap();
        }
        let forms = match &row.control {
            Control::Fields(form) => std::slice::from_ref(&**form),
            Control::List(forms) => forms,
            Control::Line | Control::Words(_) | Control::Json => &[],
        };
        for form in forms {
            writeln!(out, "{indent}  {}", form.pointer).unwrap();
            write_form(out, form, &format!("{indent}    "));
        }
    }
    let more = form.more.iter().map(|more| match more.is_needed {
        true => format!("{}!", more.name),
        false => more.name.to_owned(),
    });
    let more = more.collect::<Vec<_>>().join(" ");
    writeln!(out, "{indent}more: {more}").unwrap();
}

fn write_symbols(out: &mut String, symbols: &[Symbol], level: usize) {
    for symbol in symbols {
        let indent = "  ".repeat(level);
        writeln!(out, "{indent}{} {}", symbol.detail, symbol.name).unwrap();
        for machine in &symbol.machines {
            write_symbols(out, machine, level + 1);
        }
    }
}

#[test]
fn questions_are_answered() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/ide");
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut wrong = Vec::new();
    let mut count = 0;
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    for file in files {
        let whole = std::fs::read_to_string(&file).unwrap();
        let mut rewritten = String::new();
        for case in whole.split("#### ").skip(1) {
            let (question, rest) = case.split_once('\n').unwrap();
            let (text, expected) = rest.split_once(LINE).unwrap_or((rest.trim_end(), ""));
            let answer = ask(question, text);
            count += 1;
            if !update && answer != expected {
                wrong.push(format!("{question}\n{text}\n{answer}"));
            }
            write!(rewritten, "#### {question}\n{text}{LINE}{answer}").unwrap();
        }
        if update {
            std::fs::write(&file, rewritten).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 70, "{count} cases");
}

/// Wherever the cursor is, and whatever is cut off, nothing breaks and every edit fits.
#[test]
fn every_place_of_every_text_has_an_answer() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/ide");
    let mut seed = 5_u64;
    for entry in std::fs::read_dir(folder).unwrap() {
        let whole = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        for case in whole.split("#### ").skip(1) {
            let (_, rest) = case.split_once('\n').unwrap();
            let (text, _) = rest.split_once(LINE).unwrap_or((rest, ""));
            let text = text.replace(MARK, "");
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            for _ in 0..12 {
                seed = seed
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                let at = places[(seed >> 33) as usize % places.len()];
                let end = places[(seed >> 13) as usize % places.len()].max(at);
                for text in [&text[..], &text[..end]] {
                    check(text, at);
                }
            }
        }
    }
}

fn check(text: &str, at: usize) {
    let document = Document::open(text);
    if let Some(completion) = ide::complete(&document, at) {
        assert!(text.get(completion.typed.range()).is_some(), "{text}");
        for insertion in completion.items {
            let edited = insertion.edit.apply(text);
            assert!(edited.is_ok(), "{} in {text}", insertion.item.label);
            let last = insertion.edit.replacements().last().unwrap();
            assert!(last.text.is_char_boundary(insertion.caret), "{text}");
        }
    }
    let hover = ide::hover(&document, at);
    assert!(hover.is_none_or(|hover| text.get(hover.span.range()).is_some()));
    let target = ide::target(&document, at);
    assert!(target.is_none_or(|span| text.get(span.range()).is_some()));
    if let Ok(edit) = ide::rename_at(&document, at, "New name") {
        edit.apply(text).unwrap();
    }
    if let Ok(Some(edit)) = ide::layout(&document) {
        edit.apply(text).unwrap();
    }
    let mut around = Some(document.root().pointer_at(at));
    while let Some(pointer) = around {
        if let Some(form) = ide::form(&document, &pointer) {
            check_form(&document, &form, at);
        }
        around = pointer.parent();
    }
}

/// Does something to one of the rows, and to those inside it.
fn check_form(document: &Document, form: &Form, at: usize) {
    let fits = |edit: Result<Option<TextEdit>, ide::Refusal>| {
        if let Ok(Some(edit)) = edit {
            edit.apply(document.text()).unwrap();
        }
    };
    let pointer = &form.pointer;
    if let Some(more) = form.more.get(at % form.more.len().max(1)) {
        fits(ide::add(document, pointer, more.name));
    }
    let Some(row) = form.rows.get(at % form.rows.len().max(1)) else {
        return;
    };
    fits(ide::take_out(document, pointer, &row.name));
    match &row.control {
        Control::Line | Control::Words(_) | Control::Json => {
            fits(ide::enter(document, pointer, &row.name, r#"["é"]"#));
        }
        Control::Fields(form) => check_form(document, form, at),
        Control::List(forms) => {
            fits(ide::add_to(document, pointer, &row.name));
            let index = at % forms.len().max(1);
            fits(ide::take_out_of(document, pointer, &row.name, index));
            if let Some(form) = forms.get(index) {
                check_form(document, form, at);
            }
        }
    }
}

/// A form stays as large as somebody can look over, however large the definition.
#[test]
fn what_is_long_is_entered_as_it_is_written() {
    let control = |state: String| {
        let text = format!(r#"{{"StartAt": "S", "States": {{"S": {state}}}}}"#);
        let document = Document::open(text);
        let form = ide::form(&document, &Pointer::parse("/States/S")).unwrap();
        form.rows.last().unwrap().control.clone()
    };
    let rules = |count| {
        let rule = r#"{"Variable": "$", "IsNull": true, "Next": "S"}"#;
        format!(
            r#"{{"Type": "Choice", "Choices": [{}]}}"#,
            vec![rule; count].join(",")
        )
    };
    assert!(matches!(control(rules(80)), Control::List(forms) if forms.len() == 80));
    assert_eq!(control(rules(100)), Control::Json);
    let branch = r#"{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}"#;
    let branches = vec![branch; 1000].join(",");
    let parallel = format!(r#"{{"Type": "Parallel", "Branches": [{branches}]}}"#);
    assert!(matches!(control(parallel), Control::List(forms) if forms.len() == 50));
}
