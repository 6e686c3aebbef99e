//! An immutable snapshot of a text with everything derived from it.

mod foreign;
mod indent;
mod syntax;
mod undo;

use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

use crate::asl::{self, Placeholder, Pointer, StateMachine, WorkflowType, placeholders};
use crate::source::Diagnostic;
use crate::source::json::{self, Node};
use crate::source::text::{EditError, LineIndex, Position, TextEdit};

pub use foreign::NOT_A_DEFINITION;
pub use syntax::SYNTAX;
pub use undo::{Change, ChangeKind, Undo};

/// A definition as it stands: text, tree, model and problems.
///
/// Cloning is cheap; a change gives a new document. What follows from the text is worked out
/// when it is first asked for, so a text can be edited on while nobody looks at more of it.
#[derive(Clone, Debug)]
pub struct Document(Arc<Snapshot>);

#[derive(Debug)]
struct Snapshot {
    text: Arc<str>,
    workflow_type: WorkflowType,
    /// The model of the latest text before this one that was looked at and had no syntax
    /// errors.
    before: Option<Arc<StateMachine>>,
    lines: OnceLock<LineIndex>,
    analysis: OnceLock<Analysis>,
}

/// All that follows from a text.
#[derive(Debug)]
struct Analysis {
    root: Node,
    machine: Arc<StateMachine>,
    diagnostics: Vec<Diagnostic>,
    unresolved: Vec<Diagnostic>,
    /// The model of the latest text without syntax errors, this one included.
    readable: Option<Arc<StateMachine>>,
    drawable: Drawable,
}

/// The model to draw.
#[derive(Clone, Debug)]
pub struct Drawable {
    /// What to draw.
    pub machine: Arc<StateMachine>,
    /// Whether it is older than the text, because the text lost states to a syntax error.
    pub is_stale: bool,
}

impl Document {
    /// Reads a text. Any text is a document.
    pub fn open(text: impl Into<Arc<str>>) -> Self {
        Self::of_type(text, WorkflowType::default())
    }

    /// Reads a text that is to become a state machine of a type.
    pub fn of_type(text: impl Into<Arc<str>>, workflow_type: WorkflowType) -> Self {
        Self::new(text.into(), workflow_type, None)
    }

    /// The document after an edit.
    pub fn apply(&self, edit: &TextEdit) -> Result<Self, EditError> {
        let text = edit.apply(&self.0.text)?;
        let known = self.0.analysis.get();
        let readable = known.map_or(&self.0.before, |analysis| &analysis.readable);
        Ok(Self::new(
            text.into(),
            self.0.workflow_type,
            readable.clone(),
        ))
    }

    fn new(text: Arc<str>, workflow_type: WorkflowType, before: Option<Arc<StateMachine>>) -> Self {
        Self(Arc::new(Snapshot {
            text,
            workflow_type,
            before,
            lines: OnceLock::new(),
            analysis: OnceLock::new(),
        }))
    }

    /// Whether this is the very document, and not just one with the same text.
    pub fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    fn lines(&self) -> &LineIndex {
        self.0.lines.get_or_init(|| LineIndex::new(&self.0.text))
    }

    fn analysis(&self) -> &Analysis {
        let Snapshot {
            text,
            workflow_type,
            before,
            ..
        } = &*self.0;
        self.0
            .analysis
            .get_or_init(|| Analysis::of(text, *workflow_type, before.clone()))
    }

    /// The text.
    pub fn text(&self) -> &Arc<str> {
        &self.0.text
    }

    /// The type that the state machine will have.
    pub fn workflow_type(&self) -> WorkflowType {
        self.0.workflow_type
    }

    /// The tree.
    pub fn root(&self) -> &Node {
        &self.analysis().root
    }

    /// The model of the text as it stands, however broken.
    pub fn machine(&self) -> &Arc<StateMachine> {
        &self.analysis().machine
    }

    /// The problems, in the order of the text.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.analysis().diagnostics
    }

    /// Placeholders that must have a value before the machine can run.
    pub fn unresolved(&self) -> &[Diagnostic] {
        &self.analysis().unresolved
    }

    /// Every placeholder of the text that can be given a value.
    pub fn placeholders(&self) -> Vec<Placeholder> {
        placeholders(self.text(), self.root())
    }

    /// What keeps the machine from being run: the first error, or else the first
    /// placeholder that needs a value.
    pub fn obstacle(&self) -> Option<&Diagnostic> {
        let mut errors = self.diagnostics().iter();
        let error = errors.find(|problem| problem.severity.is_error());
        error.or_else(|| self.unresolved().first())
    }

    /// Whether the service would refuse the definition.
    pub fn has_errors(&self) -> bool {
        self.diagnostics()
            .iter()
            .any(|diagnostic| diagnostic.severity.is_error())
    }

    /// What to draw: the text's own model, or the latest readable one while a
    /// syntax error hides states that were there.
    pub fn drawable(&self) -> &Drawable {
        &self.analysis().drawable
    }

    /// Line and column of a byte offset.
    pub fn position(&self, byte: usize) -> Position {
        self.lines().position(&self.0.text, byte)
    }

    /// A byte offset in UTF-16 units, as the editor counts.
    pub fn to_utf16(&self, byte: usize) -> usize {
        self.lines().utf16(&self.0.text, byte)
    }

    /// An offset in UTF-16 units as a byte offset.
    pub fn to_byte(&self, utf16: usize) -> usize {
        self.lines().byte(&self.0.text, utf16)
    }
}

impl Analysis {
    fn of(text: &str, workflow_type: WorkflowType, before: Option<Arc<StateMachine>>) -> Self {
        let parse = json::parse(text);
        let lowered = asl::lower(&parse.root);
        let machine = lowered.machine;
        let is_readable = parse.errors.iter().all(|error| error.kind.is_readable());
        let hidden = before
            .clone()
            .filter(|latest| !is_readable && hides_states_of(&machine, latest));
        let drawable = Drawable {
            is_stale: hidden.is_some(),
            machine: hidden.unwrap_or_else(|| machine.clone()),
        };
        let problems = asl::validate(text, &parse.root, &machine, workflow_type);
        let diagnostics = syntax::merge(text, &parse.root, &parse.errors, problems);
        Self {
            root: parse.root,
            readable: match is_readable {
                true => Some(machine.clone()),
                false => before,
            },
            machine,
            diagnostics,
            unresolved: lowered.unresolved,
            drawable,
        }
    }
}

/// Whether a broken text is an older one with states missing, and not another text:
/// at least half of its states were there before.
fn hides_states_of(own: &StateMachine, latest: &StateMachine) -> bool {
    let known: HashSet<&Pointer> = latest.walk().map(|state| &state.pointer).collect();
    let (mut count, mut shared) = (0, 0);
    for state in own.walk() {
        count += 1;
        shared += usize::from(known.contains(&state.pointer));
    }
    count < known.len() && shared * 2 >= count
}

impl PartialEq for Document {
    /// By text and type: everything else follows from them, but for the memory of the latest
    /// readable model.
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
            || (self.0.text == other.0.text && self.0.workflow_type == other.0.workflow_type)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO_STATES: &str = r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Succeed"}}}"#;

    fn names(machine: &StateMachine) -> Vec<&str> {
        machine.walk().map(|state| &*state.name).collect()
    }

    #[test]
    fn a_syntax_error_keeps_lost_states_drawn() {
        let document = Document::open(TWO_STATES);
        assert!(!document.has_errors());
        let open_quote = TWO_STATES.find("Pass").unwrap() - 1;
        let broken = document.apply(&TextEdit::insert(open_quote, "\"")).unwrap();
        assert!(broken.has_errors());
        let drawable = broken.drawable();
        assert_eq!(names(&drawable.machine), ["A", "B"]);
        let repaired = broken
            .apply(&TextEdit::replace(
                crate::source::Span::new(open_quote, open_quote + 1),
                "",
            ))
            .unwrap();
        assert!(!repaired.has_errors() && !repaired.drawable().is_stale);
    }

    #[test]
    fn a_swallowed_state_stays_drawn_but_not_in_another_text() {
        let document = Document::open(TWO_STATES);
        assert!(!document.has_errors());
        let brace = TWO_STATES.find(", \"B\"").unwrap() - 1;
        let swallowed = document
            .apply(&TextEdit::replace(
                crate::source::Span::new(brace, brace + 1),
                "",
            ))
            .unwrap();
        assert_eq!(names(swallowed.machine()), ["A"]);
        let drawable = swallowed.drawable();
        assert!(drawable.is_stale);
        assert_eq!(names(&drawable.machine), ["A", "B"]);
        let other = r#"{"StartAt": "X" "States": {"X": {"Type": "Succeed"}}}"#;
        let all = crate::source::Span::new(0, TWO_STATES.len());
        let other = document.apply(&TextEdit::replace(all, other)).unwrap();
        assert_eq!(names(&other.drawable().machine), ["X"]);
    }

    #[test]
    fn a_deleted_state_is_gone() {
        let document = Document::open(TWO_STATES);
        let from = TWO_STATES.find(", \"B\"").unwrap();
        let to = TWO_STATES.len() - 2;
        let span = crate::source::Span::new(from, to);
        let shorter = document.apply(&TextEdit::replace(span, "")).unwrap();
        assert_eq!(names(&shorter.drawable().machine), ["A"]);
        assert!(!shorter.drawable().is_stale);
    }

    #[test]
    fn syntax_errors_and_rules_come_in_text_order() {
        let document =
            Document::open("{\"StartAt\": \"X\" \"States\": {\"A\": {\"Type\": \"Succeed\"}}}");
        let starts: Vec<u32> = document
            .diagnostics()
            .iter()
            .map(|diagnostic| diagnostic.span.start)
            .collect();
        assert_eq!(
            document.diagnostics().len(),
            2,
            "{:?}",
            document.diagnostics()
        );
        assert!(starts.is_sorted());
    }
}
