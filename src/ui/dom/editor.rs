//! The code editor: CodeMirror behind the global that `www/editor` sets.
//!
//! Offsets at this border are UTF-16 units, as the editor counts.

use std::rc::Rc;

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

use crate::source::Severity;

#[wasm_bindgen]
extern "C" {
    type Handle;

    #[wasm_bindgen(js_namespace = statelabEditor, catch)]
    fn create(parent: &HtmlElement, options: &Object) -> Result<Handle, JsValue>;
    #[wasm_bindgen(method)]
    fn apply(this: &Handle, changes: &Array);
    #[wasm_bindgen(method)]
    fn replace(this: &Handle, text: &str);
    #[wasm_bindgen(method, js_name = setDiagnostics)]
    fn set_diagnostics(this: &Handle, diagnostics: &Array);
    #[wasm_bindgen(method)]
    fn highlight(this: &Handle, from: JsValue, to: JsValue);
    #[wasm_bindgen(method)]
    fn select(this: &Handle, from: u32, to: u32);
    #[wasm_bindgen(method, js_name = setMirror)]
    fn set_mirror(this: &Handle, mirror: &JsValue);
    #[wasm_bindgen(method, js_name = setReadOnly)]
    fn set_read_only(this: &Handle, is_read_only: bool);
    #[wasm_bindgen(method)]
    fn focus(this: &Handle);
    #[wasm_bindgen(method)]
    fn find(this: &Handle);
    #[wasm_bindgen(method)]
    fn run(this: &Handle, command: &str);
}

/// One replaced range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditorChange {
    /// First unit of the old text.
    pub from: usize,
    /// One past the last unit of the old text.
    pub to: usize,
    /// What stands there now.
    pub insert: String,
}

/// How the user made a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeInput {
    /// A key.
    Typed,
    /// A deletion.
    Deleted,
    /// Paste, drop, an input method, a command.
    Other,
}

/// A problem to underline.
#[derive(Clone, Debug, PartialEq)]
pub struct EditorDiagnostic {
    /// First unit.
    pub from: usize,
    /// One past the last unit.
    pub to: usize,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
    /// What edits would do.
    pub fixes: Vec<String>,
}

/// Takes the answer to a question.
pub type Answer = Box<dyn FnOnce(Option<String>)>;

/// What the editor tells the page.
pub struct EditorEvents {
    /// The user changed the text.
    pub on_change: Box<dyn Fn(Vec<EditorChange>, ChangeInput)>,
    /// The user moved the cursor or selection.
    pub on_select: Box<dyn Fn(usize)>,
    /// Undo was asked for.
    pub on_undo: Box<dyn Fn()>,
    /// Redo was asked for.
    pub on_redo: Box<dyn Fn()>,
    /// Run was asked for.
    pub on_run: Box<dyn Fn()>,
    /// A fix was chosen, by the places of problem and fix in their lists.
    pub on_fix: Box<dyn Fn(usize, usize)>,
    /// Help is asked for; questions and answers are JSON texts.
    pub on_ask: Rc<dyn Fn(String, Answer)>,
}

/// A mounted editor. It lives as long as the page.
pub struct Editor {
    handle: Handle,
}

impl Editor {
    /// Mounts an editor into `parent`; `None` if its script did not load.
    pub fn mount(
        parent: &HtmlElement,
        text: &str,
        label: &str,
        events: EditorEvents,
    ) -> Option<Self> {
        let EditorEvents {
            on_change,
            on_select,
            on_undo,
            on_redo,
            on_run,
            on_fix,
            on_ask,
        } = events;
        let options = Object::new();
        set(&options, "text", text);
        set(&options, "label", label);
        let on_change =
            Closure::<dyn Fn(Array, JsValue)>::new(move |changes: Array, info: JsValue| {
                on_change(
                    changes.iter().map(|change| read_change(&change)).collect(),
                    read_input(&info),
                );
            });
        let on_select = Closure::<dyn Fn(f64, f64)>::new(move |_anchor: f64, head: f64| {
            on_select(head as usize)
        });
        set(&options, "onChange", on_change.into_js_value());
        set(&options, "onSelect", on_select.into_js_value());
        set(
            &options,
            "onUndo",
            Closure::<dyn Fn()>::new(on_undo).into_js_value(),
        );
        set(
            &options,
            "onRedo",
            Closure::<dyn Fn()>::new(on_redo).into_js_value(),
        );
        set(
            &options,
            "onRun",
            Closure::<dyn Fn()>::new(on_run).into_js_value(),
        );
        let on_fix = Closure::<dyn Fn(f64, f64)>::new(move |problem: f64, fix: f64| {
            on_fix(problem as usize, fix as usize);
        });
        set(&options, "onFix", on_fix.into_js_value());
        let on_ask = Closure::<dyn Fn(String) -> Promise>::new(move |question: String| {
            promise(|resolve| on_ask(question, resolve))
        });
        set(&options, "onAsk", on_ask.into_js_value());
        create(parent, &options).ok().map(|handle| Self { handle })
    }

    /// Applies changes made elsewhere; cursor and scroll position stay.
    pub fn apply(&self, changes: &[EditorChange]) {
        let array = Array::new();
        for change in changes {
            let object = Object::new();
            set(&object, "from", change.from as f64);
            set(&object, "to", change.to as f64);
            set(&object, "insert", change.insert.as_str());
            array.push(&object);
        }
        self.handle.apply(&array);
    }

    /// Puts another text in the place of all.
    pub fn replace(&self, text: &str) {
        self.handle.replace(text);
    }

    /// Underlines problems.
    pub fn set_diagnostics(&self, diagnostics: &[EditorDiagnostic]) {
        let array = Array::new();
        for diagnostic in diagnostics {
            let object = Object::new();
            set(&object, "from", diagnostic.from as f64);
            set(&object, "to", diagnostic.to as f64);
            set(&object, "severity", diagnostic.severity.as_str());
            set(&object, "message", diagnostic.message.as_str());
            if let Some(hint) = &diagnostic.hint {
                set(&object, "hint", hint.as_str());
            }
            let fixes = diagnostic.fixes.iter().map(|fix| JsValue::from_str(fix));
            set(&object, "fixes", fixes.collect::<Array>());
            array.push(&object);
        }
        self.handle.set_diagnostics(&array);
    }

    /// Marks the lines of a range as belonging to the selected state.
    pub fn highlight(&self, range: Option<(usize, usize)>) {
        let (from, to) = match range {
            Some((from, to)) => (JsValue::from_f64(from as f64), JsValue::from_f64(to as f64)),
            None => (JsValue::UNDEFINED, JsValue::UNDEFINED),
        };
        self.handle.highlight(from, to);
    }

    /// Selects a range and scrolls to it.
    pub fn select(&self, from: usize, to: usize) {
        self.handle.select(from as u32, to as u32);
    }

    /// Keeps the text of every change under this identity and name; `None` keeps nothing.
    pub fn set_mirror(&self, mirror: Option<(&str, &str)>) {
        let mirror = mirror.map_or(JsValue::NULL, |(document_id, name)| {
            let mirror = Object::new();
            set(&mirror, "id", document_id);
            set(&mirror, "name", name);
            mirror.into()
        });
        self.handle.set_mirror(&mirror);
    }

    /// Lets the user change the text, or not.
    pub fn set_read_only(&self, is_read_only: bool) {
        self.handle.set_read_only(is_read_only);
    }

    /// Puts the keyboard focus into the text.
    pub fn focus(&self) {
        self.handle.focus();
    }

    /// Opens the search, over the selected text.
    pub fn find(&self) {
        self.handle.find();
    }

    /// Lays the text out anew, or says why not.
    pub fn format(&self) {
        self.handle.run("format");
    }
}

/// A promise of what is answered; `null` for no answer.
fn promise(ask: impl FnOnce(Answer)) -> Promise {
    let mut ask = Some(ask);
    Promise::new(&mut |resolve: Function, _reject: Function| {
        if let Some(ask) = ask.take() {
            ask(Box::new(move |answer| {
                let answer = answer.map_or(JsValue::NULL, JsValue::from);
                // The function of a promise does not throw.
                let _ = resolve.call1(&JsValue::UNDEFINED, &answer);
            }));
        }
    })
}

fn set(object: &Object, key: &str, value: impl Into<JsValue>) {
    // Setting a property of a plain object cannot fail.
    let _ = Reflect::set(object, &JsValue::from_str(key), &value.into());
}

fn get(object: &JsValue, key: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(key)).unwrap_or(JsValue::UNDEFINED)
}

fn read_change(change: &JsValue) -> EditorChange {
    EditorChange {
        from: get(change, "from").as_f64().unwrap_or_default() as usize,
        to: get(change, "to").as_f64().unwrap_or_default() as usize,
        insert: get(change, "insert").as_string().unwrap_or_default(),
    }
}

fn read_input(info: &JsValue) -> ChangeInput {
    match get(info, "kind").as_string().as_deref() {
        Some("type") => ChangeInput::Typed,
        Some("delete") => ChangeInput::Deleted,
        _ => ChangeInput::Other,
    }
}
