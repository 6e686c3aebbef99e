//! From a text to the tree and the problems of the definition in it, whatever the text is.

use std::sync::Arc;

use super::foreign;
use super::syntax::{self, SYNTAX};
use crate::asl::{self, StateMachine, WorkflowType};
use crate::authoring::exchange::{self, Embedded, Form, Given, Host, Inlay};
use crate::source::json::{self, Node, NodeKind, Parse};
use crate::source::sort::sort_by_number;
use crate::source::text::Replacement;
use crate::source::yaml::{self, Yaml, YamlError, YamlErrorKind};
use crate::source::{Diagnostic, Fix, Span};

/// What was read from a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// How the text is written.
    pub notation: Notation,
    /// What is around the definition; nothing if the text is the definition.
    pub shell: Option<Shell>,
    /// The tree of the definition; its places are those of the text.
    pub root: Node,
    /// Its model.
    pub machine: Arc<StateMachine>,
    /// Its problems, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether `diagnostics` has what the rules of the language find, or syntax errors alone.
    pub is_checked: bool,
    /// Placeholders that must have a value before the machine can run.
    pub unresolved: Vec<Diagnostic>,
    /// Whether the text has no syntax errors that could hide something.
    pub is_readable: bool,
}

/// How a text is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Notation {
    /// As JSON.
    #[default]
    Json,
    /// As YAML.
    Yaml,
    /// As something else that holds JSON.
    Other,
}

/// What is around a definition.
#[derive(Clone, Debug, PartialEq)]
pub struct Shell {
    /// What the text is.
    pub host: Host,
    /// The name of the state machine there.
    pub name: Arc<str>,
    /// Where the definition stands as a text inside the text.
    pub inlay: Option<Inlay>,
    /// What the host puts in for placeholders.
    pub substitutions: Vec<Given>,
    /// The names of all state machines in the text, this one included.
    pub names: Vec<Arc<str>>,
    /// The type that the host gives the state machine.
    pub workflow_type: Option<WorkflowType>,
}

/// Which state machine of a text is meant, and as what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Target {
    /// Its name in the host; without one, or where there is none of that name, the first.
    pub machine: Option<String>,
    /// Its type; without one that which the host says, or else Standard.
    pub workflow_type: Option<WorkflowType>,
}

impl Target {
    /// The first one, as one of a type.
    pub fn of_type(workflow_type: WorkflowType) -> Self {
        Self {
            machine: None,
            workflow_type: Some(workflow_type),
        }
    }

    fn machine(&self) -> Option<&str> {
        self.machine.as_deref()
    }

    /// The type of a state machine to which its host gives one, or none.
    pub(super) fn type_in(&self, shell: Option<&Shell>) -> WorkflowType {
        let own = shell.and_then(|shell| shell.workflow_type);
        self.workflow_type.or(own).unwrap_or_default()
    }
}

/// Reads any text.
pub fn read(text: &str, target: &Target) -> Reading {
    let begins = text.trim_start_matches('\u{feff}').trim_start();
    if begins.starts_with(['{', '[', '"', '}', ']', ',', ':', '/', '$', '\'']) || begins.is_empty()
    {
        return read_json(text, json::parse(text), target);
    }
    if let Some(problem) = foreign::recognize_broken(text) {
        return Reading::nothing(Notation::Other, vec![problem]);
    }
    if let Some(found) = exchange::find_in_terraform(text, target.machine()) {
        return embedded(text, Notation::Other, found, Vec::new(), target);
    }
    if let Some(problem) = foreign::terraform(text) {
        return Reading::nothing(Notation::Other, vec![problem]);
    }
    let yaml = yaml::parse(text);
    let is_yaml = yaml
        .root
        .members()
        .is_some_and(|members| !members.is_empty());
    match foreign::prose(text) {
        Some(problem) if !is_yaml => Reading::nothing(Notation::Other, vec![problem]),
        _ if is_yaml || yaml.root.items().is_some() => read_yaml(text, yaml, target),
        _ => read_json(text, json::parse(text), target),
    }
}

/// Reads a text that is a definition in JSON, right or broken, without the rules of the
/// language. Nothing for anything else, which takes [`read`].
pub fn read_definition(text: &str) -> Option<Reading> {
    let begins = text.trim_start_matches('\u{feff}').trim_start();
    if begins.is_empty() {
        return Some(unchecked(text, json::parse(text)));
    }
    if !begins.starts_with('{') || begins.starts_with("{\\") {
        return None;
    }
    let parse = json::parse(text);
    let is_machine = parse.root.get("StartAt").is_some() || parse.root.get("States").is_some();
    let is_empty = parse.root.members().is_some_and(<[_]>::is_empty);
    (is_machine || is_empty).then(|| unchecked(text, parse))
}

/// The tree of the definition in a YAML text, without looking at what it says.
pub fn yaml_tree(text: &str) -> Node {
    let root = yaml::parse(text).root;
    let is_machine = root.get("StartAt").is_some() || root.get("States").is_some();
    let found = (!is_machine)
        .then(|| exchange::find(text, &root, None))
        .flatten();
    match found.map(|found| found.form) {
        Some(Form::Tree(tree)) => tree,
        Some(Form::Text(_)) | None => root,
    }
}

/// Reads a text as a definition in JSON, without the rules of the language; anything else is
/// one that is broken.
pub(super) fn read_as_json(text: &str) -> Reading {
    unchecked(text, json::parse(text))
}

fn read_json(text: &str, parse: Parse, target: &Target) -> Reading {
    let is_machine = parse.root.get("StartAt").is_some() || parse.root.get("States").is_some();
    if is_machine {
        return plain(text, parse, target.type_in(None));
    }
    let is_readable = is_readable(&parse);
    if let Some(found) = exchange::find(text, &parse.root, target.machine()) {
        let problems = match is_readable {
            true => Vec::new(),
            false => syntax::merge(text, &parse.errors, Vec::new()),
        };
        return embedded(text, Notation::Json, found, problems, target);
    }
    let foreign = match is_readable {
        true => foreign::recognize(text, &parse.root),
        false => foreign::recognize_broken(text),
    };
    match foreign {
        Some(problem) if !text.trim().is_empty() => Reading {
            diagnostics: vec![problem],
            ..plain(text, parse, target.type_in(None))
        },
        _ => plain(text, parse, target.type_in(None)),
    }
}

fn is_readable(parse: &Parse) -> bool {
    parse.errors.iter().all(|error| error.kind.is_readable())
}

/// A definition in JSON.
fn plain(text: &str, parse: Parse, workflow_type: WorkflowType) -> Reading {
    let rules = |root: &Node, machine: &StateMachine| {
        Some(asl::validate(text, root, machine, workflow_type))
    };
    lowered(text, parse, rules)
}

/// A definition in JSON that nobody has looked at but for its syntax.
fn unchecked(text: &str, parse: Parse) -> Reading {
    lowered(text, parse, |_, _| None)
}

fn lowered(
    text: &str,
    parse: Parse,
    rules: impl FnOnce(&Node, &StateMachine) -> Option<Vec<Diagnostic>>,
) -> Reading {
    let lowered = asl::lower(&parse.root);
    let problems = rules(&parse.root, &lowered.machine);
    Reading {
        notation: Notation::Json,
        shell: None,
        machine: lowered.machine,
        is_checked: problems.is_some(),
        diagnostics: syntax::merge(text, &parse.errors, problems.unwrap_or_default()),
        unresolved: lowered.unresolved,
        is_readable: is_readable(&parse),
        root: parse.root,
    }
}

fn read_yaml(text: &str, Yaml { root, errors }: Yaml, target: &Target) -> Reading {
    let is_readable = errors.iter().all(|error| error.kind.is_readable());
    let problems: Vec<Diagnostic> = errors.iter().map(yaml_problem).collect();
    let is_machine = root.get("StartAt").is_some() || root.get("States").is_some();
    if !is_machine {
        if let Some(found) = exchange::find(text, &root, target.machine()) {
            return embedded(text, Notation::Yaml, found, problems, target);
        }
        if let Some(problem) = foreign::recognize_yaml(text, &root) {
            return Reading {
                root,
                ..Reading::nothing(Notation::Yaml, vec![problem])
            };
        }
    }
    let read = Tree {
        notation: Notation::Yaml,
        shell: None,
        root,
        problems,
        is_readable,
    };
    tree(text, read, target)
}

fn yaml_problem(error: &YamlError) -> Diagnostic {
    let message = error.kind.to_string();
    match &error.kind {
        YamlErrorKind::DuplicateKey(_) => {
            Diagnostic::warning(SYNTAX, error.span, message).with_hint("The last one counts")
        }
        YamlErrorKind::TrailingDocument => Diagnostic::warning(SYNTAX, error.span, message)
            .with_hint("Open the others as documents of their own"),
        YamlErrorKind::Tab => {
            Diagnostic::error(SYNTAX, error.span, message).with_hint("Write two spaces for a tab")
        }
        YamlErrorKind::Empty
        | YamlErrorKind::Syntax(_)
        | YamlErrorKind::TooDeep
        | YamlErrorKind::TooLarge
        | YamlErrorKind::ComplexKey => Diagnostic::error(SYNTAX, error.span, message),
    }
}

/// A definition that is a tree of the text's own.
struct Tree {
    notation: Notation,
    shell: Option<Shell>,
    root: Node,
    problems: Vec<Diagnostic>,
    is_readable: bool,
}

fn tree(text: &str, read: Tree, target: &Target) -> Reading {
    let Tree {
        notation,
        shell,
        root,
        problems,
        is_readable,
    } = read;
    let lowered = asl::lower(&root);
    let mut diagnostics = problems;
    // While the text is broken what the rules miss may only be unreadable.
    if is_readable {
        let found = asl::validate(
            text,
            &root,
            &lowered.machine,
            target.type_in(shell.as_ref()),
        );
        diagnostics.extend(found);
    }
    if notation == Notation::Yaml {
        let mut scalars = Vec::new();
        collect_scalars(&root, &mut scalars);
        for problem in &mut diagnostics {
            problem.fixes.retain(|fix| is_yaml_fix(fix, &scalars));
        }
    }
    sort_by_number(&mut diagnostics, |problem| problem.span.order());
    Reading {
        notation,
        shell,
        root,
        machine: lowered.machine,
        diagnostics,
        is_checked: true,
        unresolved: lowered.unresolved,
        is_readable,
    }
}

/// Rules know how members and whole scalars are written in YAML. What is changed inside a
/// scalar may be escaped or folded there, where a rule counts in what it says.
fn is_yaml_fix(fix: &Fix, scalars: &[Span]) -> bool {
    let mut replacements = fix.edit.replacements().iter();
    replacements.all(|Replacement { span, .. }| {
        let before = scalars.partition_point(|scalar| scalar.start < span.start);
        let around = before.checked_sub(1).and_then(|at| scalars.get(at));
        let is_inside = around.is_some_and(|scalar| span.start < scalar.end);
        let from = scalars.get(before);
        let is_head = from.is_some_and(|scalar| {
            scalar.start == span.start && !span.is_empty() && span.end < scalar.end
        });
        !is_inside && !is_head
    })
}

/// The places of names and scalars, in the order of the text.
fn collect_scalars(node: &Node, scalars: &mut Vec<Span>) {
    match &node.kind {
        NodeKind::Array(items) => items.iter().for_each(|item| collect_scalars(item, scalars)),
        NodeKind::Object(members) => {
            for member in members {
                scalars.push(member.key.span);
                collect_scalars(&member.value, scalars);
            }
        }
        NodeKind::Missing => {}
        NodeKind::Null
        | NodeKind::Bool(_)
        | NodeKind::Number(_)
        | NodeKind::String(_)
        | NodeKind::Substitution(_) => scalars.push(node.span),
    }
}

/// A definition inside another text, whose own problems are `problems`.
fn embedded(
    text: &str,
    notation: Notation,
    found: Embedded,
    problems: Vec<Diagnostic>,
    target: &Target,
) -> Reading {
    let mut shell = Shell {
        host: found.host,
        name: found.name,
        inlay: None,
        substitutions: found.substitutions,
        names: found.names,
        workflow_type: found.workflow_type,
    };
    let is_whole = !problems.iter().any(|problem| problem.severity.is_error());
    let inlay = match found.form {
        Form::Tree(root) => {
            let read = Tree {
                notation,
                shell: Some(shell),
                root,
                problems,
                is_readable: is_whole,
            };
            return tree(text, read, target);
        }
        Form::Text(inlay) => inlay,
    };
    let own_type = target.type_in(Some(&shell));
    let inner = plain(inlay.text(), json::parse(inlay.text()), own_type);
    let mut root = inner.root;
    move_to_host(&mut root, &inlay);
    let to_host = |problem: Diagnostic| in_host(problem, &inlay);
    let mut diagnostics = problems;
    diagnostics.extend(inner.diagnostics.into_iter().map(to_host));
    diagnostics.retain(|problem| text.get(problem.span.range()).is_some());
    sort_by_number(&mut diagnostics, |problem| problem.span.order());
    let unresolved = inner.unresolved.into_iter().map(to_host).collect();
    shell.inlay = Some(inlay);
    Reading {
        notation,
        shell: Some(shell),
        machine: asl::lower(&root).machine,
        root,
        diagnostics,
        is_checked: true,
        unresolved,
        is_readable: inner.is_readable && is_whole,
    }
}

fn in_host(problem: Diagnostic, inlay: &Inlay) -> Diagnostic {
    let fixes = problem.fixes.into_iter().filter_map(|fix| {
        let edit = inlay.edit(&fix.edit)?;
        Some(Fix { edit, ..fix })
    });
    Diagnostic {
        span: inlay.to_host(problem.span),
        fixes: fixes.collect(),
        ..problem
    }
}

/// Gives every node its place in the host.
fn move_to_host(node: &mut Node, inlay: &Inlay) {
    node.span = inlay.to_host(node.span);
    match &mut node.kind {
        NodeKind::Array(items) => items.iter_mut().for_each(|item| move_to_host(item, inlay)),
        NodeKind::Object(members) => {
            for member in members {
                member.key.span = inlay.to_host(member.key.span);
                move_to_host(&mut member.value, inlay);
            }
        }
        NodeKind::Missing
        | NodeKind::Null
        | NodeKind::Bool(_)
        | NodeKind::Number(_)
        | NodeKind::String(_)
        | NodeKind::Substitution(_) => {}
    }
}

impl Reading {
    /// No definition, and what is said about that.
    fn nothing(notation: Notation, diagnostics: Vec<Diagnostic>) -> Self {
        Self {
            notation,
            shell: None,
            root: Node {
                span: Span::at(0),
                kind: NodeKind::Missing,
            },
            machine: Arc::default(),
            diagnostics,
            is_checked: true,
            unresolved: Vec::new(),
            is_readable: false,
        }
    }

    /// Of a text that is still being read elsewhere.
    pub(super) fn awaited() -> Self {
        Self::nothing(Notation::Other, Vec::new())
    }
}
