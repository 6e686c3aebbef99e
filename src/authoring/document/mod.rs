//! An immutable snapshot of a text with everything derived from it.

mod foreign;
mod indent;
mod reading;
mod syntax;
mod undo;

use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

use crate::asl::{
    Form, Placeholder, Pointer, StateMachine, Substitutions, WorkflowType, placeholders, substitute,
};
use crate::source::Diagnostic;
use crate::source::json::{self, Node};
use crate::source::text::{EditError, LineIndex, Position, TextEdit};

pub use foreign::NOT_A_DEFINITION;
pub use reading::{Notation, Reading, Shell, Target, read, read_definition, yaml_tree};
pub use syntax::SYNTAX;
pub use undo::{Change, ChangeKind, Undo};

/// A definition as it stands: text, tree, model and problems.
///
/// The text is that of the definition, or of a host such as a template with the definition in
/// it; tree, model and problems are those of the definition, their places those of the text.
///
/// Cloning is cheap; a change gives a new document. What follows from the text is worked out
/// when it is first asked for, so a text can be edited on while nobody looks at more of it.
#[derive(Clone, Debug)]
pub struct Document(Arc<Snapshot>);

#[derive(Debug)]
struct Snapshot {
    text: Arc<str>,
    target: Target,
    /// The model of the latest text before this one that was looked at and had no syntax
    /// errors.
    before: Option<Arc<StateMachine>>,
    reader: Reader,
    lines: OnceLock<LineIndex>,
    analysis: OnceLock<Arc<Analysis>>,
    /// The problems, where they were found elsewhere.
    diagnostics: Option<Vec<Diagnostic>>,
}

/// Who reads a text when it is first looked at.
#[derive(Clone, Copy, Debug)]
enum Reader {
    /// This program, whatever the text is.
    Any(fn(&str, &Target) -> Reading),
    /// This program, where the text is a definition in JSON, and without the rules of the
    /// language; the rest is done elsewhere.
    Definitions,
}

/// All that follows from a text.
#[derive(Debug)]
struct Analysis {
    reading: Reading,
    is_awaited: bool,
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
        Self::open_at(text, Target::default())
    }

    /// Reads a text that is to become a state machine of a type.
    pub fn of_type(text: impl Into<Arc<str>>, workflow_type: WorkflowType) -> Self {
        Self::open_at(text, Target::of_type(workflow_type))
    }

    /// Reads one of the state machines of a text.
    pub fn open_at(text: impl Into<Arc<str>>, target: Target) -> Self {
        Self::new(text.into(), target, None, Reader::Any(read))
    }

    /// As [`open`](Self::open), by a program without the rules of the language and without the
    /// readers of YAML and of templates. A definition in JSON has tree, model and syntax errors;
    /// it is not [checked](Self::is_checked). Anything else [awaits](Self::is_awaited) its
    /// reading.
    pub fn open_definition(text: impl Into<Arc<str>>, target: Target) -> Self {
        Self::new(text.into(), target, None, Reader::Definitions)
    }

    /// The document, with another of its state machines meant, or the same as another type.
    #[must_use]
    pub fn with_target(&self, target: Target) -> Self {
        Self::new(self.0.text.clone(), target, None, self.0.reader)
    }

    /// The document after an edit.
    pub fn apply(&self, edit: &TextEdit) -> Result<Self, EditError> {
        let text = edit.apply(&self.0.text)?;
        Ok(self.with_text(text.into(), self.latest()))
    }

    /// The document, read elsewhere.
    #[must_use]
    pub fn with_reading(&self, reading: Reading) -> Self {
        let text = self.0.text.clone();
        let document = self.with_text(text, self.0.before.clone());
        let analysis = Analysis::of(reading, false, self.0.before.clone());
        // A new document has not been looked at.
        let _ = document.0.analysis.set(Arc::new(analysis));
        document
    }

    /// The document with the problems that were found elsewhere.
    #[must_use]
    pub fn with_diagnostics(&self, diagnostics: Vec<Diagnostic>) -> Self {
        let known = &*self.0;
        Self(Arc::new(Snapshot {
            text: known.text.clone(),
            target: known.target.clone(),
            before: known.before.clone(),
            reader: known.reader,
            lines: known.lines.clone(),
            analysis: known.analysis.clone(),
            diagnostics: Some(diagnostics),
        }))
    }

    /// The document, read as JSON, whatever it is: when nobody else reads it.
    #[must_use]
    pub fn read_as_json(&self) -> Self {
        self.with_reading(reading::read_as_json(&self.0.text))
    }

    fn latest(&self) -> Option<Arc<StateMachine>> {
        let known = self.0.analysis.get();
        let readable = known.map_or(&self.0.before, |analysis| &analysis.readable);
        readable.clone()
    }

    fn with_text(&self, text: Arc<str>, before: Option<Arc<StateMachine>>) -> Self {
        Self::new(text, self.0.target.clone(), before, self.0.reader)
    }

    fn new(
        text: Arc<str>,
        target: Target,
        before: Option<Arc<StateMachine>>,
        reader: Reader,
    ) -> Self {
        Self(Arc::new(Snapshot {
            text,
            target,
            before,
            reader,
            lines: OnceLock::new(),
            analysis: OnceLock::new(),
            diagnostics: None,
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
            target,
            before,
            ..
        } = &*self.0;
        self.0.analysis.get_or_init(|| {
            let reading = match self.0.reader {
                Reader::Any(read) => Some(read(text, target)),
                Reader::Definitions => read_definition(text),
            };
            let is_awaited = reading.is_none();
            let reading = reading.unwrap_or_else(Reading::awaited);
            Arc::new(Analysis::of(reading, is_awaited, before.clone()))
        })
    }

    /// Whether the text is still to be read elsewhere; until then nothing is known of it.
    pub fn is_awaited(&self) -> bool {
        self.analysis().is_awaited
    }

    /// Whether the rules of the language have been looked at, so that what is not among the
    /// problems is right.
    pub fn is_checked(&self) -> bool {
        self.0.diagnostics.is_some() || self.analysis().reading.is_checked
    }

    /// How the text is written.
    pub fn notation(&self) -> Notation {
        self.analysis().reading.notation
    }

    /// What is around the definition; nothing if the text is the definition.
    pub fn shell(&self) -> Option<&Shell> {
        self.analysis().reading.shell.as_ref()
    }

    /// The definition as JSON; the text itself, if it is that.
    pub fn definition(&self) -> Arc<str> {
        let reading = &self.analysis().reading;
        let is_itself = reading.notation == Notation::Json && reading.shell.is_none();
        if is_itself {
            return self.0.text.clone();
        }
        reading.root.to_value().to_pretty().into()
    }

    /// The text.
    pub fn text(&self) -> &Arc<str> {
        &self.0.text
    }

    /// The type that the state machine will have.
    pub fn workflow_type(&self) -> WorkflowType {
        self.0.target.type_in(self.shell())
    }

    /// Which state machine of the text is meant, and as what.
    pub fn target(&self) -> &Target {
        &self.0.target
    }

    /// The tree.
    pub fn root(&self) -> &Node {
        &self.analysis().reading.root
    }

    /// The model of the text as it stands, however broken.
    pub fn machine(&self) -> &Arc<StateMachine> {
        &self.analysis().reading.machine
    }

    /// The problems, in the order of the text.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        let elsewhere = self.0.diagnostics.as_ref();
        elsewhere.unwrap_or_else(|| &self.analysis().reading.diagnostics)
    }

    /// Placeholders that must have a value before the machine can run.
    pub fn unresolved(&self) -> &[Diagnostic] {
        &self.analysis().reading.unresolved
    }

    /// Every placeholder of the text that can be given a value.
    pub fn placeholders(&self) -> Vec<Placeholder> {
        let definition = self.definition();
        if Arc::ptr_eq(&definition, self.text()) {
            return placeholders(self.text(), self.root());
        }
        // Their places in the text are those of the values they stand in.
        let mut found = placeholders(&definition, &json::parse(&definition).root);
        for place in found.iter_mut().flat_map(|found| &mut found.places) {
            if let Some(node) = self.root().find(&place.pointer) {
                place.span = node.span;
                place.form = Form::Part;
            }
        }
        found
    }

    /// The definition with values in the place of placeholders, those that its host gives
    /// included; nothing if there are none to put in, or if errors come first.
    pub fn with_values(&self, values: &Substitutions) -> Option<Self> {
        let definition = self.definition();
        let is_itself = Arc::ptr_eq(&definition, self.text());
        if !is_itself && self.has_errors() {
            return None;
        }
        let given = self.shell().map_or(&[][..], |shell| &shell.substitutions);
        let known = given.iter().filter(|given| given.is_known());
        let mut all: Substitutions = known
            .map(|given| (given.name.to_string(), given.value.clone()))
            .collect();
        all.extend(values.clone());
        let text = substitute(&definition, &all);
        let target = Target::of_type(self.workflow_type());
        (text != *definition).then(|| Self::new(text.into(), target, None, self.0.reader))
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
    fn of(reading: Reading, is_awaited: bool, before: Option<Arc<StateMachine>>) -> Self {
        let machine = &reading.machine;
        let hidden = before.clone().filter(|latest| {
            is_awaited || (!reading.is_readable && hides_states_of(machine, latest))
        });
        let drawable = Drawable {
            is_stale: hidden.is_some(),
            machine: hidden.unwrap_or_else(|| machine.clone()),
        };
        Self {
            readable: match reading.is_readable {
                true => Some(machine.clone()),
                false => before,
            },
            drawable,
            is_awaited,
            reading,
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
    /// By text and what is meant in it: everything else follows from them, but for the memory of
    /// the latest readable model.
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
            || (self.0.text == other.0.text && self.0.target == other.0.target)
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
    fn problems_found_elsewhere_are_those_of_the_document() {
        let text = TWO_STATES.replace("Succeed", "Sucseed");
        let document = Document::open_definition(&*text, Target::default());
        assert!(!document.is_checked() && !document.has_errors());
        let found = Document::open(&*text).diagnostics().to_vec();
        let checked = document.with_diagnostics(found);
        assert!(checked.is_checked() && checked.has_errors());
        assert!(Arc::ptr_eq(checked.machine(), document.machine()));
        let broken = Document::open_definition("{\"StartAt\" \"A\"}", Target::default());
        assert!(!broken.is_checked() && broken.has_errors());
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
