//! The definition as text: the code editor, kept in step with the document.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::html;
use leptos::prelude::*;

use crate::source::Span;
use crate::ui::command::{Command, Commands};
use crate::ui::dom::editor::{Editor, EditorDiagnostic, EditorEvents};
use crate::ui::erased::{effect, show};
use crate::ui::store::document::EditorUpdate;
use crate::ui::store::{AssistantStore, DocumentStore, Origin, SelectionStore};

/// More underlines than this tell nothing and slow every key down.
const MOST_UNDERLINED: usize = 300;

/// What other panels ask of the editor.
#[derive(Clone, Copy)]
pub struct CodeCommands {
    reveal: RwSignal<Option<Span>>,
    editor: StoredValue<SharedEditor, LocalStorage>,
}

impl CodeCommands {
    /// Nothing asked yet.
    pub fn new() -> Self {
        Self {
            reveal: RwSignal::new(None),
            editor: StoredValue::new_local(Rc::default()),
        }
    }

    /// Selects a span of the text and scrolls to it.
    pub fn reveal(self, span: Span) {
        self.reveal.set(Some(span));
    }

    /// Puts the cursor into the code.
    pub fn focus(self) {
        self.with_editor(Editor::focus);
    }

    /// Opens the search, over the selected text.
    pub fn find(self) {
        self.with_editor(Editor::find);
    }

    /// Lays the code out anew.
    pub fn format(self) {
        self.with_editor(Editor::format);
    }

    fn with_editor(self, act: impl FnOnce(&Editor)) {
        self.editor.with_value(|editor| {
            if let Some(editor) = &*editor.borrow() {
                act(editor);
            }
        });
    }
}

type SharedEditor = Rc<RefCell<Option<Editor>>>;

/// The editor.
#[component]
pub fn Code() -> impl IntoView {
    let document = expect_context::<DocumentStore>();
    let selection = expect_context::<SelectionStore>();
    let commands = expect_context::<CodeCommands>();
    let events = editor_events(document, selection, expect_context(), expect_context());
    let parent = NodeRef::<html::Div>::new();
    let editor = commands.editor.get_value();
    let is_missing = RwSignal::new(false);
    let mounted = editor.clone();
    let events = RefCell::new(Some(events));
    parent.on_load(move |parent| {
        let Some(events) = events.borrow_mut().take() else {
            return;
        };
        let made = Editor::mount(
            &parent,
            document.get_untracked().text(),
            "Definition",
            events,
        );
        is_missing.set(made.is_none());
        *mounted.borrow_mut() = made;
        follow(mounted, document, selection, commands);
    });
    view! {
        {show(move || is_missing.get().then(|| view! {
            <p class="notice is-failed" role="alert">"The code editor did not load. Reload the page to try again."</p>
        }))}
        <div class="editor" node_ref=parent></div>
    }
}

fn editor_events(
    document: DocumentStore,
    selection: SelectionStore,
    page: Commands,
    assistant: AssistantStore,
) -> EditorEvents {
    EditorEvents {
        on_change: Box::new(move |changes, input| document.edit_from_editor(&changes, input)),
        on_select: Box::new(move |head| {
            // Places of an older text would name another state.
            if untrack(|| document.is_behind()) {
                return;
            }
            let snapshot = document.analysed_untracked();
            let state = snapshot.machine().state_at(snapshot.to_byte(head));
            selection.select(state.map(|state| state.pointer.clone()), Origin::Code);
        }),
        on_undo: Box::new(move || page.act(Command::Undo)),
        on_redo: Box::new(move || page.act(Command::Redo)),
        on_run: Box::new(move || page.act(Command::Run)),
        on_fix: Box::new(move |problem, fix| {
            let snapshot = document.checked_untracked();
            let problem = snapshot.diagnostics().get(problem);
            if let Some(fix) = problem.and_then(|problem| problem.fixes.get(fix)) {
                document.repair(&fix.edit);
            }
        }),
        on_ask: Rc::new(move |question, answer| {
            let target = document.get_untracked().target().clone();
            assistant.ask(question, target, answer);
        }),
    }
}

/// Keeps what the user types, unless it is another tab that writes this document.
fn set_mirror(editor: &Editor, document: DocumentStore) {
    let (id, name) = (document.id_untracked(), document.name_untracked());
    let is_kept = !untrack(|| document.is_read_only());
    editor.set_mirror(is_kept.then_some((id.as_str(), &name)));
}

/// Brings the editor along with document, name, problems and selection.
fn follow(
    editor: SharedEditor,
    document: DocumentStore,
    selection: SelectionStore,
    commands: CodeCommands,
) {
    let shared = editor.clone();
    effect(move || {
        let updates = document.take_editor_updates();
        if let Some(editor) = &*shared.borrow() {
            for update in updates {
                match update {
                    EditorUpdate::Changes(changes) => editor.apply(&changes),
                    EditorUpdate::Text(text) => {
                        editor.set_mirror(None);
                        editor.replace(&text);
                        set_mirror(editor, document);
                    }
                    EditorUpdate::Open(text) => {
                        editor.set_mirror(None);
                        editor.replace(&text);
                        editor.select(0, 0);
                        set_mirror(editor, document);
                    }
                }
            }
        }
    });
    let shared = editor.clone();
    effect(move || {
        // Each of these changes what is kept, or whether it is.
        document.id();
        document.name();
        let is_read_only = document.is_read_only();
        if let Some(editor) = &*shared.borrow() {
            editor.set_read_only(is_read_only);
            set_mirror(editor, document);
        }
    });
    let shared = editor.clone();
    let mut was_empty = true;
    effect(move || {
        let snapshot = document.checked();
        // The editor need not be told again and again that there is nothing to underline.
        let is_empty = snapshot.diagnostics().is_empty();
        if is_empty && was_empty {
            return;
        }
        let problems = snapshot
            .diagnostics()
            .iter()
            .take(MOST_UNDERLINED)
            .map(|problem| EditorDiagnostic {
                from: snapshot.to_utf16(problem.span.start as usize),
                to: snapshot.to_utf16(problem.span.end as usize),
                severity: problem.severity,
                message: problem.message.clone(),
                hint: problem.hints.first().map(|hint| hint.0.clone()),
                fixes: problem.fixes.iter().map(|fix| fix.title.clone()).collect(),
            });
        if let Some(editor) = &*shared.borrow() {
            editor.set_diagnostics(&problems.collect::<Vec<_>>());
            was_empty = is_empty;
        }
    });
    let shared = editor.clone();
    effect(move || {
        let snapshot = document.analysed();
        let selected = selection.get();
        let state = selected
            .as_ref()
            .and_then(|selected| snapshot.machine().find(&selected.pointer));
        let range = state.map(|state| {
            let Span { start, end } = state.span;
            (
                snapshot.to_utf16(start as usize),
                snapshot.to_utf16(end as usize),
            )
        });
        if let Some(editor) = &*shared.borrow() {
            editor.highlight(range);
        }
    });
    let shared = editor.clone();
    effect(move || {
        let Some(selected) = selection
            .get()
            .filter(|selected| selected.origin != Origin::Code)
        else {
            return;
        };
        if untrack(|| document.is_behind()) {
            return;
        }
        let snapshot = document.analysed_untracked();
        if let Some(state) = snapshot.machine().find(&selected.pointer)
            && let Some(editor) = &*shared.borrow()
        {
            let at = snapshot.to_utf16(state.name_span.start as usize);
            editor.select(at, at);
        }
    });
    effect(move || {
        let Some(span) = commands.reveal.get() else {
            return;
        };
        let snapshot = document.analysed_untracked();
        if let Some(editor) = &*editor.borrow() {
            editor.select(
                snapshot.to_utf16(span.start as usize),
                snapshot.to_utf16(span.end as usize),
            );
            editor.focus();
        }
    });
}
