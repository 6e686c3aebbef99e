//! The problems of a text that somebody edits, and questions about it with their answers: plain
//! logic, without a browser.
//!
//! Questions and answers are JSON texts, as it is the editor's script that asks; the page hands
//! them on. Offsets are UTF-16 units. A question has a `kind`, the `text` and a place `at`:
//!
//! | kind | answer |
//! |---|---|
//! | `complete` | `from`, where the typed word begins, and `items` with `label`, `kind`, `detail`, `doc`, `changes` and the `caret` in the last of them |
//! | `hover` | `from`, `to`, `title`, `body` |
//! | `target` | `from` and `to` of what the word names |
//! | `name` | `name`, `from` and `to` of the state there |
//! | `rename` to `name` | `changes`, or a `refusal` |
//! | `format` | `changes`, or a `refusal` |
//! | `form` of the object at `pointer` | its `pointer`; `rows` with `name`, `control`, its `words` or `forms`, `text`, `doc`, `isNeeded`, `problems`; `more`, the names of those that can be added, and how many of the first are `needed` |
//! | `enter` the `value` into the field `name`, `add` it, `take-out` | `changes`, or a `refusal` |
//! | `add-to` the list of the field `name`, `take-out-of` it what is at the place `value` | `changes`, or a `refusal` |
//!
//! Where there is nothing to say the answer is `null`.

use crate::asl::Pointer;
use crate::authoring::document::{Document, Target};
use crate::authoring::ide::{self, Control, Form};
use crate::source::json::{Object, Value};
use crate::source::text::TextEdit;
use crate::source::{Diagnostic, Span};

/// Answers questions; it remembers the latest text.
#[derive(Debug, Default)]
pub struct Assistant {
    document: Option<Document>,
}

impl Assistant {
    /// The answer to a question; `null` to what is none.
    pub fn answer(&mut self, question: &str, target: &Target) -> String {
        let question = Value::parse(question).unwrap_or(Value::Null);
        let answer = self.tell(&question, target).unwrap_or(Value::Null);
        answer.to_string()
    }

    /// The problems of a text, in its order.
    pub fn check(&mut self, text: &str, target: &Target) -> Vec<Diagnostic> {
        self.open(text, target).diagnostics().to_vec()
    }

    fn tell(&mut self, question: &Value, target: &Target) -> Option<Value> {
        let text = |name: &str| question.get(name).and_then(Value::as_str);
        let document = self.open(text("text")?, target);
        let at = question.get("at").and_then(Value::as_i64).unwrap_or(0);
        let at = document.to_byte(usize::try_from(at).ok()?);
        match text("kind")? {
            "complete" => complete(&document, at),
            "hover" => {
                let hover = ide::hover(&document, at)?;
                let mut told = place(&document, hover.span);
                told.insert("title", hover.title);
                told.insert("body", hover.body);
                Some(told.into())
            }
            "target" => Some(place(&document, ide::target(&document, at)?).into()),
            "name" => {
                let (name, span) = ide::name_at(&document, at)?;
                let mut told = place(&document, span);
                told.insert("name", Value::String(name));
                Some(told.into())
            }
            "rename" => Some(edited(
                &document,
                ide::rename_at(&document, at, text("name")?).map(Some),
            )),
            "format" => Some(edited(&document, ide::layout(&document))),
            "form" => {
                let form = ide::form(&document, &Pointer::parse(text("pointer")?))?;
                Some(form_value(&form))
            }
            kind @ ("enter" | "add" | "take-out" | "add-to" | "take-out-of") => {
                let pointer = Pointer::parse(text("pointer")?);
                let name = text("name")?;
                let edit = match kind {
                    "enter" => ide::enter(&document, &pointer, name, text("value")?),
                    "add" => ide::add(&document, &pointer, name),
                    "add-to" => ide::add_to(&document, &pointer, name),
                    "take-out-of" => {
                        let at = text("value")?.parse().ok()?;
                        ide::take_out_of(&document, &pointer, name, at)
                    }
                    _ => ide::take_out(&document, &pointer, name),
                };
                Some(edited(&document, edit))
            }
            _ => None,
        }
    }

    /// The document of a text, the latest one if it is that.
    fn open(&mut self, text: &str, target: &Target) -> Document {
        let is_latest = |latest: &Document| **latest.text() == *text && latest.target() == target;
        let latest = self.document.take().filter(is_latest);
        let document = latest.unwrap_or_else(|| Document::open_at(text, target.clone()));
        self.document = Some(document.clone());
        document
    }
}

fn form_value(form: &Form) -> Value {
    let rows = form.rows.iter().map(|row| {
        let (control, words, forms) = match &row.control {
            Control::Line => ("line", &[][..], &[][..]),
            Control::Words(words) => ("words", &words[..], &[][..]),
            Control::Json => ("json", &[][..], &[][..]),
            Control::Fields(form) => ("fields", &[][..], std::slice::from_ref(&**form)),
            Control::List(forms) => ("list", &[][..], &forms[..]),
        };
        let texts = |texts: &[String]| -> Value {
            let texts = texts.iter().map(|text| Value::from(text.as_str()));
            texts.collect()
        };
        let mut told = Object::default();
        told.insert("name", Value::String(row.name.clone()));
        told.insert("control", control);
        told.insert("words", texts(words));
        told.insert("forms", forms.iter().map(form_value).collect::<Value>());
        told.insert("text", row.text.as_str());
        told.insert("doc", row.doc);
        told.insert("isNeeded", row.is_needed);
        told.insert("problems", texts(&row.problems));
        told.into()
    });
    let more = form.more.iter().map(|more| Value::from(more.name));
    let needed = form.more.iter().filter(|more| more.is_needed).count();
    let pointer = form.pointer.as_str().into();
    let (rows, more): (Value, Value) = (rows.collect(), more.collect());
    [
        ("pointer", pointer),
        ("rows", rows),
        ("more", more),
        ("needed", Value::from(needed as i64)),
    ]
    .into()
}

fn complete(document: &Document, at: usize) -> Option<Value> {
    let completion = ide::complete(document, at)?;
    let items = completion.items.iter().map(|insertion| {
        let item = &insertion.item;
        let mut told = Object::default();
        told.insert("label", item.label.as_str());
        told.insert("kind", item.kind.as_str());
        told.insert("detail", item.detail.as_str());
        told.insert("doc", item.doc.as_str());
        told.insert("changes", changes(document, &insertion.edit));
        let last = insertion.edit.replacements().last();
        let before = last.and_then(|last| last.text.get(..insertion.caret));
        told.insert("caret", before.unwrap_or("").encode_utf16().count() as i64);
        told.into()
    });
    let mut told = place(document, completion.typed);
    told.insert("items", items.collect::<Value>());
    Some(told.into())
}

fn place(document: &Document, span: Span) -> Object {
    let mut place = Object::default();
    place.insert("from", document.to_utf16(span.start as usize) as i64);
    place.insert("to", document.to_utf16(span.end as usize) as i64);
    place
}

fn changes(document: &Document, edit: &TextEdit) -> Value {
    let changes = edit.replacements().iter().map(|replacement| {
        let mut change = place(document, replacement.span);
        change.insert("insert", replacement.text.as_str());
        change.into()
    });
    changes.collect()
}

fn edited(document: &Document, edit: Result<Option<TextEdit>, ide::Refusal>) -> Value {
    match edit {
        Ok(edit) => {
            let edit = edit.unwrap_or_default();
            [("changes", changes(document, &edit))].into()
        }
        Err(refusal) => [("refusal", Value::from(refusal.to_string()))].into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(question: Value) -> Value {
        let target = Target::default();
        Value::parse(&Assistant::default().answer(&question.to_string(), &target)).unwrap()
    }

    fn question(kind: &str, text: &str, at: usize) -> Object {
        let mut question = Object::default();
        question.insert("kind", kind);
        question.insert("text", text);
        question.insert("at", at as i64);
        question
    }

    #[test]
    fn offsets_are_utf16_units() {
        let text = "{\"Comment\": \"𝄞é\", \"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Succeed\"}}}";
        let units = |part: &str| text[..text.find(part).unwrap()].encode_utf16().count();
        let at = units("\"A\"") + 1;
        let hover = ask(question("hover", text, at).into());
        assert_eq!(
            hover.get("title").unwrap().as_str(),
            Some("A: Succeed state")
        );
        assert_eq!(hover.get("from").unwrap().as_i64(), Some(at as i64 - 1));
        let target = ask(question("target", text, at).into());
        assert_eq!(
            target.get("from").unwrap().as_i64(),
            Some(units("\"A\": {") as i64)
        );
        let mut rename = question("rename", text, at);
        rename.insert("name", "Bé");
        let changes = ask(rename.clone().into());
        assert_eq!(changes.get("changes").unwrap().as_array().unwrap().len(), 2);
        rename.insert("name", "");
        let refusal = ask(rename.into());
        assert_eq!(
            refusal.get("refusal").unwrap().as_str(),
            Some("A state needs a name")
        );
        let completion = ask(question("complete", text, units("Succeed")).into());
        assert_eq!(
            completion.get("items").unwrap().as_array().unwrap().len(),
            8
        );
    }

    #[test]
    fn what_is_no_question_has_no_answer() {
        for question in [
            "",
            "1",
            "{}",
            "{\"kind\": \"hover\"}",
            "{\"kind\": \"x\", \"text\": \"\"}",
        ] {
            assert_eq!(
                Assistant::default().answer(question, &Target::default()),
                "null"
            );
        }
    }
}
