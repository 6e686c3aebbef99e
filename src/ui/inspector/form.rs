//! The fields of what is selected, as a form. Which there are and how each is entered is the
//! assistant's to say; a value is taken over when its field is left or Enter is pressed.

use leptos::prelude::*;

use crate::asl::Pointer;
use crate::authoring::document::Document;
use crate::source::json::{Object, Value};
use crate::source::text::{Replacement, Span, TextEdit};
use crate::ui::dom::element::{behind_paint, focus_id};
use crate::ui::erased::{effect, handler, live, memo, show};
use crate::ui::store::{AssistantStore, DocumentStore};
use crate::ui::widget::{Choices, Icon, Select};

/// The id of a field that is to have the focus once it is there.
pub(super) type Wanted = StoredValue<Option<String>>;

#[derive(Clone, Copy)]
struct Form {
    document: DocumentStore,
    assistant: AssistantStore,
    /// What the assistant says of the fields.
    told: RwSignal<Value>,
    /// The id of the field whose value was refused, and why.
    refused: RwSignal<Option<(String, String)>>,
    wanted: Wanted,
}

/// The form of the object at a pointer.
#[component]
pub(super) fn FieldForm(pointer: Pointer, wanted: Wanted) -> impl IntoView {
    let form = Form {
        document: expect_context::<DocumentStore>(),
        assistant: expect_context::<AssistantStore>(),
        told: RwSignal::new(Value::Null),
        refused: RwSignal::new(None),
        wanted,
    };
    let pointer = pointer.to_string();
    effect(move || form.ask(&pointer));
    let whole = Part {
        form,
        trail: StoredValue::default(),
        id: StoredValue::new("field".to_owned()),
    };
    fields_view(whole, "Add a field".to_owned())
}

/// An object of the form: the one that is asked for, or one that a field of it holds.
#[derive(Clone, Copy)]
struct Part {
    form: Form,
    /// The fields that lead to it, each with the place among the objects that it holds.
    trail: StoredValue<Vec<(String, usize)>>,
    /// What the ids of its fields begin with.
    id: StoredValue<String>,
}

impl Part {
    /// The object that a field holds.
    fn inner(self, name: &str, at: usize) -> Self {
        let mut trail = self.trail.get_value();
        trail.push((name.to_owned(), at));
        Part {
            form: self.form,
            trail: StoredValue::new(trail),
            id: StoredValue::new(format!("{}-{at}", self.id_of(name))),
        }
    }

    fn id_of(self, name: &str) -> String {
        self.id.with_value(|id| format!("{id}-{name}"))
    }

    /// Reads what the assistant told of it last.
    fn read<T: Default>(self, read: impl FnOnce(&Value) -> T) -> T {
        self.form.told.with(|told| {
            let part = self.trail.with_value(|trail| {
                let mut trail = trail.iter();
                trail.try_fold(told, |part, (name, at)| {
                    row_of(part, name)?.get("forms")?.at(*at)
                })
            });
            part.map(read).unwrap_or_default()
        })
    }
}

fn row_of<'a>(part: &'a Value, name: &str) -> Option<&'a Value> {
    let mut rows = part.get("rows")?.as_array()?.iter();
    rows.find(|row| text(row, "name") == name)
}

fn fields_view(part: Part, adding: String) -> AnyView {
    let document = part.form.document;
    // Rows are made anew only where one comes, goes, or is entered in another way.
    let shape = memo(move || part.read(shape_of));
    let rows = move || {
        let rows = shape.get();
        let rows = rows.as_array().unwrap_or_default().iter();
        rows.map(|row| row_view(part, row))
            .collect::<Vec<AnyView>>()
    };
    let has_more =
        memo(move || part.read(|told| told.get("more").is_some_and(|more| more.at(0).is_some())));
    let more = move || {
        // No field of the language has this name.
        let id = part.id_of("add");
        has_more.get().then(|| {
            view! {
                <div class="field">
                    <label for=id.clone()>{adding.clone()}</label>
                    <Select
                        id
                        name=None
                        is_disabled=move || document.is_read_only()
                        choices=Box::new(move || part.read(|told| Some(more_of(told))).unwrap_or_default())
                        choose=Callback::new(move |name: String| {
                            if !name.is_empty() {
                                part.change("add", &name, None, Some(part.id_of(&name)));
                            }
                        })
                    />
                </div>
            }
        })
    };
    view! {
        <div class="fields">
            {show(rows)}
            {show(more)}
        </div>
    }
    .into_any()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn shape_of(told: &Value) -> Value {
    let rows = told.get("rows").and_then(Value::as_array);
    let rows = rows.unwrap_or_default().iter();
    let shape = rows.map(|row| {
        let parts = ["name", "control", "isNeeded"].map(|key| row.get(key).cloned());
        let mut parts = Vec::from(parts.map(Option::unwrap_or_default));
        let forms = row.get("forms").and_then(Value::as_array);
        parts.push(Value::from(forms.unwrap_or_default().len() as i64));
        Value::from(parts)
    });
    shape.collect()
}

fn more_of(told: &Value) -> Choices {
    let needed = told
        .get("needed")
        .and_then(Value::as_i64)
        .unwrap_or_default();
    let more = told.get("more").and_then(Value::as_array);
    let names = more.unwrap_or_default().iter().filter_map(Value::as_str);
    let more = names.enumerate().map(|(at, name)| {
        let needed = if (at as i64) < needed {
            " (needed)"
        } else {
            ""
        };
        (name.to_owned(), format!("{name}{needed}"))
    });
    let none = (String::new(), "Choose…".to_owned());
    Choices {
        chosen: String::new(),
        all: std::iter::once(none).chain(more).collect(),
    }
}

/// A field, as the assistant told of it last.
#[derive(Clone)]
struct Row {
    part: Part,
    name: String,
}

impl Row {
    fn read<T: Default>(&self, read: impl FnOnce(&Value) -> T) -> T {
        self.part
            .read(|part| row_of(part, &self.name).map(read).unwrap_or_default())
    }

    fn text(&self, key: &str) -> String {
        self.read(|row| text(row, key).to_owned())
    }

    fn texts(&self, key: &str) -> Vec<String> {
        self.read(|row| {
            let texts = row.get(key).and_then(Value::as_array);
            let texts = texts.unwrap_or_default().iter().filter_map(Value::as_str);
            texts.map(str::to_owned).collect()
        })
    }

    /// Why the value was refused, or what is wrong with it.
    fn fault(&self) -> String {
        let refused = self.part.form.refused.get();
        match refused.filter(|(id, _)| *id == self.part.id_of(&self.name)) {
            Some((_, reason)) => reason,
            None => self.texts("problems").join(". "),
        }
    }

    fn choices(&self) -> Choices {
        let words = self.texts("words").into_iter();
        Choices {
            chosen: self.text("text"),
            all: words.map(|word| (word.clone(), word)).collect(),
        }
    }
}

fn row_view(part: Part, shape: &Value) -> AnyView {
    let document = part.form.document;
    let word = |at: usize| shape.at(at).and_then(Value::as_str).unwrap_or_default();
    let (name, control) = (word(0).to_owned(), word(1).to_owned());
    let is_needed = shape.at(2).and_then(Value::as_bool).unwrap_or_default();
    let id = part.id_of(&name);
    let fault_id = format!("{id}-fault");
    let row = Row {
        part,
        name: name.clone(),
    };
    let is_read_only = move || document.is_read_only();
    let of = |read: fn(&Row) -> String| {
        let row = row.clone();
        move || read(&row)
    };
    let value = of(|row| row.text("text"));
    let doc = of(|row| row.text("doc"));
    let fault = of(Row::fault);
    let is_wrong = of(|row| (!row.fault().is_empty()).to_string());
    let entered = row.clone();
    let enter = handler(move |event| {
        part.change(
            "enter",
            &entered.name,
            Some(event_target_value(&event)),
            None,
        );
    });
    let body = match control.as_str() {
        "fields" | "list" => {
            let is_list = control == "list";
            let count = shape.at(3).and_then(Value::as_i64).unwrap_or_default();
            let parts = (0..count as usize).map(|at| {
                let title = match is_list {
                    true => format!("{name} {}", at + 1),
                    false => name.clone(),
                };
                let inner = part.inner(&name, at);
                let head = is_list.then(|| {
                    let (name, place) = (name.clone(), at.to_string());
                    let take_out = move || part.change("take-out-of", &name, Some(place.clone()), Some(part.id_of(&name)));
                    let is_last = is_needed && count == 1;
                    let remove = (!is_last).then(|| remove_button(part, &title, take_out));
                    view! { <div class="row"><span class="grow label">{title.clone()}</span>{remove}</div> }
                });
                // It takes the focus when it is new.
                let id = inner.id.get_value();
                let fields = fields_view(inner, format!("Add a field to {title}"));
                view! { <div class="part" role="group" id=id tabindex="-1" aria-label=title>{head}{fields}</div> }
            });
            let add = is_list.then(|| {
                let label = format!("Add to {name}");
                let (name, wanted) = (name.clone(), format!("{id}-{count}"));
                let add = handler(move |_| part.change("add-to", &name, None, Some(wanted.clone())));
                view! {
                    <button type="button" class="btn ghost small" prop:disabled=live(is_read_only) on:click=add>
                        <Icon name="i-plus"/>{label}
                    </button>
                }
            });
            view! {
                <div id=id.clone() class="parts" tabindex="-1" aria-describedby=fault_id.clone()>
                    {parts.collect_view()}{add}
                </div>
            }
            .into_any()
        }
        "words" => {
            let chosen = row.clone();
            let choices = Box::new(move || row.choices());
            let choose = Callback::new(move |word| {
                let wanted = part.id_of(&chosen.name);
                part.change("enter", &chosen.name, Some(word), Some(wanted));
            });
            view! { <Select id=id.clone() name=None is_disabled=is_read_only choices choose/> }
                .into_any()
        }
        "json" => {
            let lines = of(|row| row.text("text").lines().count().clamp(1, 12).to_string());
            view! {
                <textarea
                    class="input mono" id=id.clone() spellcheck="false" autocomplete="off"
                    rows=live(lines) title=live(doc)
                    aria-describedby=fault_id.clone() aria-invalid=live(is_wrong)
                    prop:readOnly=live(is_read_only) prop:value=live(value)
                    on:change=enter
                ></textarea>
            }
            .into_any()
        }
        _ => view! {
            <input
                class="input mono" id=id.clone() spellcheck="false" autocomplete="off"
                title=live(doc)
                aria-describedby=fault_id.clone() aria-invalid=live(is_wrong)
                prop:readOnly=live(is_read_only) prop:value=live(value)
                on:change=enter
            />
        }
        .into_any(),
    };
    let removed = name.clone();
    let remove = (!is_needed).then(|| {
        remove_button(part, &name, move || {
            part.change("take-out", &removed, None, Some(part.id_of("add")))
        })
    });
    let title = match control.as_str() {
        "fields" | "list" => view! { <span class="grow label">{name}</span> }.into_any(),
        _ => view! { <label class="grow label" for=id>{name}</label> }.into_any(),
    };
    view! {
        <div class="field">
            <div class="row">{title}{remove}</div>
            {body}
            <p class="fault" id=fault_id>{show(fault)}</p>
        </div>
    }
    .into_any()
}

fn remove_button(part: Part, what: &str, remove: impl Fn() + 'static) -> AnyView {
    let document = part.form.document;
    view! {
        <button
            type="button" class="btn ghost small square"
            aria-label=format!("Remove {what}") title="Remove"
            prop:disabled=live(move || document.is_read_only())
            on:click=handler(move |_| remove())
        ><Icon name="i-times"/></button>
    }
    .into_any()
}

impl Form {
    /// Asks what fields there are. Follows the document as far as its problems are known.
    fn ask(self, pointer: &str) {
        let document = self.document.checked();
        if document.is_awaited() {
            return;
        }
        self.send("form", pointer, &[], &document, move |form, answer| {
            // Most keys change nothing of what is selected.
            let is_new = form.told.try_with_untracked(|told| *told != answer);
            let is_there = is_new.is_some();
            if is_new == Some(true) {
                form.told.set(answer);
            }
            let wanted = is_there.then(|| form.wanted.try_update_value(Option::take));
            if let Some(id) = wanted.flatten().flatten() {
                behind_paint(move || focus_id(&id));
            }
        });
    }

    /// Asks the assistant; whoever is gone by then hears nothing.
    fn send(
        self,
        kind: &'static str,
        pointer: &str,
        parts: &[(&'static str, Value)],
        document: &Document,
        then: impl FnOnce(Self, Value) + 'static,
    ) {
        let mut question = Object::default();
        question.insert("kind", kind);
        question.insert("text", Value::String(document.text().clone()));
        question.insert("pointer", pointer);
        for (key, value) in parts {
            question.insert(*key, value.clone());
        }
        let question = Value::from(question).to_string();
        let target = document.target().clone();
        let then: Box<dyn FnOnce(Option<String>)> = Box::new(move |answer| {
            let answer = answer.and_then(|answer| Value::parse(&answer).ok());
            if let Some(answer) = answer {
                then(self, answer);
            }
        });
        self.assistant.ask(question, target, then);
    }
}

impl Part {
    /// Has a change of a field planned and done; `wanted` is the id of what is to have the focus
    /// then.
    fn change(self, kind: &'static str, name: &str, value: Option<String>, wanted: Option<String>) {
        let form = self.form;
        if untrack(|| form.document.is_read_only()) {
            return;
        }
        form.refused.set(None);
        let Some(pointer) = untrack(|| self.read(|told| Some(text(told, "pointer").to_owned())))
        else {
            return;
        };
        let mut parts = vec![("name", Value::from(name))];
        parts.extend(value.map(|value| ("value", Value::from(value))));
        form.plan(Change {
            kind,
            pointer,
            parts,
            id: self.id_of(name),
            wanted,
        });
    }
}

/// What is to become of a field.
struct Change {
    kind: &'static str,
    /// Where the object is that the field is in.
    pointer: String,
    parts: Vec<(&'static str, Value)>,
    /// The id of the field.
    id: String,
    wanted: Option<String>,
}

impl Form {
    /// Has the assistant plan the edit of a change, and does it. Where another came first, as
    /// when a changed field is left by the button that is pressed, it is planned again behind it.
    fn plan(self, change: Change) {
        self.document.catch_up();
        let id = self.document.id_untracked();
        let document = self.document.get_untracked();
        let planned = document.clone();
        let (kind, pointer) = (change.kind, change.pointer.clone());
        let parts = change.parts.clone();
        self.send(kind, &pointer, &parts, &document, move |form, answer| {
            let now = form.document.get_untracked();
            let is_same = form.document.id_untracked() == id;
            if !is_same || now.target() != planned.target() {
                return;
            }
            if !now.is(&planned) || untrack(|| form.document.is_behind()) {
                return form.plan(change);
            }
            if let Some(reason) = answer.get("refusal").and_then(Value::as_str) {
                let _ = form.refused.try_set(Some((change.id, reason.to_owned())));
                return;
            }
            if change.wanted.is_some() {
                let _ = form.wanted.try_set_value(change.wanted);
            }
            let changes = answer.get("changes");
            if let Some(edit) = changes.and_then(|changes| read_edit(&planned, changes)) {
                form.document.edit(&edit);
            }
        });
    }
}

/// Changes in UTF-16 units as an edit of the document.
fn read_edit(document: &Document, changes: &Value) -> Option<TextEdit> {
    let changes = changes.as_array()?.iter().map(|change| {
        let place = |key| usize::try_from(change.get(key)?.as_i64()?).ok();
        Some(Replacement {
            span: Span::new(
                document.to_byte(place("from")?),
                document.to_byte(place("to")?),
            ),
            text: text(change, "insert").to_owned(),
        })
    });
    TextEdit::new(changes.collect::<Option<_>>()?).ok()
}
