//! What holds for any text. Each function panics where it does not.

use std::sync::Arc;

use statelab::asl::{
    self, StateMachine, WorkflowType, service_diagnostics, service_diagnostics_of_state,
};
use statelab::authoring::document::Document;
use statelab::authoring::ide;
use statelab::diagram::layout::{LayoutOptions, layout};
use statelab::diagram::sizing::{estimate, to_layout};
use statelab::diagram::state_graph;
use statelab::execution::generate::generate;
use statelab::execution::history::{HistoryEvent, Payload, parse_history, write_history};
use statelab::execution::interpreter::{
    Entropy, Fuel, Generator, Mocks, Options, Quotas, Simulation, Status,
};
use statelab::execution::projection::{table, trace};
use statelab::expr::Roots;
use statelab::expr::intrinsic::Call;
use statelab::expr::jsonata;
use statelab::expr::jsonpath::{Path, ReferencePath};
use statelab::expr::regex::Regex;
use statelab::source::Span;
use statelab::source::json::{Node, Pointer, SyntaxError, SyntaxErrorKind, Value, parse};
use statelab::source::text::{LineIndex, TextEdit};
use statelab::source::yaml;
use statelab::time::Timestamp;

/// A tree has its spans in the text, pointers lead where they say, values survive being
/// written, and edits can be undone.
pub fn json(text: &str) {
    let parse = parse(text);
    let lines = LineIndex::new(text);
    for error in &parse.errors {
        check_span(text, error.span);
        lines.position(text, error.span.start as usize);
    }
    let is_unique = |error: &SyntaxError| !matches!(error.kind, SyntaxErrorKind::DuplicateKey(_));
    // Beyond this number of errors some are not told.
    let is_told = parse.errors.len() < 500;
    let is_unique = is_told && parse.errors.iter().all(is_unique);
    let root = is_unique.then_some(&parse.root);
    check_node(text, root, &parse.root, &Pointer::root());
    let mut printed = String::new();
    print(text, &parse.root, &mut printed);
    printed.push_str(&text[printed.len()..]);
    assert_eq!(printed, text);
    let step = text.len() / 16 + 1;
    for offset in (0..=text.len()).step_by(step) {
        let offset = text.floor_char_boundary(offset);
        let pointer = parse.root.pointer_at(offset);
        assert!(parse.root.find(&pointer).is_some(), "nothing at {pointer}");
        assert_eq!(lines.byte(text, lines.utf16(text, offset)), offset);
    }
    if let Ok(value) = Value::parse(text) {
        let written = value.to_string();
        assert_eq!(value.text_len(), written.len());
        assert_eq!(
            Value::parse(&written).expect("what was written reads"),
            value
        );
        assert_eq!(
            Value::parse(&value.to_pretty()).expect("what was written reads"),
            value
        );
    }
    let (a, b) = text.split_at(text.floor_char_boundary(text.len() / 2));
    let edit = TextEdit::between(a, b);
    let inverse = edit.invert(a);
    assert_eq!(edit.apply(a).expect("the edit fits"), b);
    assert_eq!(inverse.apply(b).expect("the inverse fits"), a);
}

/// Prints a tree, token by token with what stands between them: no byte is lost, and none
/// comes twice.
fn print(text: &str, node: &Node, printed: &mut String) {
    fn up_to(text: &str, end: u32, printed: &mut String) {
        let token = text.get(printed.len()..end as usize);
        printed.push_str(token.expect("tokens follow one another"));
    }
    for item in node.items().unwrap_or_default() {
        print(text, item, printed);
    }
    for member in node.members().unwrap_or_default() {
        up_to(text, member.key.span.end, printed);
        print(text, &member.value, printed);
    }
    up_to(text, node.span.end, printed);
}

/// Whether spans stand within one another; and whether pointers find their nodes, in a
/// tree where each has one.
fn check_node(text: &str, root: Option<&Node>, node: &Node, pointer: &Pointer) {
    check_span(text, node.span);
    if let Some(root) = root {
        let found = root.find(pointer).expect("every node is found");
        assert!(std::ptr::eq(found, node), "{pointer} finds another node");
    }
    for (index, item) in node.items().unwrap_or_default().iter().enumerate() {
        assert!(node.span.contains(item.span));
        check_node(text, root, item, &pointer.index(index));
    }
    for member in node.members().unwrap_or_default() {
        check_span(text, member.key.span);
        assert!(node.span.contains(member.span()));
        let pointer = pointer.child(&member.key.name);
        check_node(text, root, &member.value, &pointer);
    }
}

/// Every text is a document: problems stand in the text, fixes fit, every state is found
/// again, and the graph can be laid out.
pub fn asl(text: &str) {
    for workflow_type in WorkflowType::ALL {
        let document = Document::of_type(text, workflow_type);
        for problem in document.diagnostics() {
            check_span(text, problem.span);
            assert!(!problem.message.is_empty());
            for fix in &problem.fixes {
                document.apply(&fix.edit).expect("a fix fits the text");
            }
        }
        for said in service_diagnostics(text, workflow_type) {
            assert!(!said.message.is_empty());
            assert!(said.location.is_none_or(|place| place.starts_with('/')));
        }
    }
    service_diagnostics_of_state(text);
    let document = Document::open(text);
    let machine = document.machine();
    for state in machine.walk() {
        check_span(text, state.span);
        assert!(
            machine.find(&state.pointer).is_some(),
            "{} is not found",
            state.pointer
        );
    }
    let graph = state_graph(machine);
    let sized = to_layout(&graph, &Default::default(), &estimate);
    let drawing = layout(&sized.graph, &LayoutOptions::default());
    assert_eq!(drawing.nodes.len(), sized.graph.nodes.len());
    assert!(drawing.size.width.is_finite() && drawing.size.height.is_finite());
}

/// A text in any notation is a document whose tree stands in the text; help has an answer or
/// none at any place, and what it changes fits. A value that is written as YAML reads the same.
pub fn read(text: &str) {
    let document = Document::open(text);
    check_tree(text, document.root());
    for problem in document.diagnostics() {
        check_span(text, problem.span);
        for fix in &problem.fixes {
            document.apply(&fix.edit).expect("a fix fits the text");
        }
    }
    let step = text.len() / 8 + 1;
    for offset in (0..=text.len()).step_by(step) {
        let offset = text.floor_char_boundary(offset);
        for insertion in ide::complete(&document, offset)
            .iter()
            .flat_map(|all| &all.items)
        {
            document
                .apply(&insertion.edit)
                .expect("a completion fits the text");
        }
        if let Some(hover) = ide::hover(&document, offset) {
            check_span(text, hover.span);
        }
        if let Some(target) = ide::target(&document, offset) {
            check_span(text, target);
        }
        if let Ok(edit) = ide::rename_at(&document, offset, "Another name") {
            document.apply(&edit).expect("a new name fits the text");
        }
    }
    if let Ok(Some(edit)) = ide::layout(&document) {
        document.apply(&edit).expect("the layout fits the text");
    }
    let last = document.machine().walk().last();
    check_form(&document, &Pointer::root());
    check_form(
        &document,
        &last.map_or_else(Pointer::root, |state| state.pointer.clone()),
    );
    let value = document.root().to_value();
    // YAML has no names above 1,024 characters.
    if longest_name(document.root()) < 500 {
        let written = yaml::write_yaml(&value);
        assert_eq!(yaml::parse(&written).root.to_value(), value, "{written}");
    }
}

/// Whatever is entered, added and taken out of a form is an edit that fits.
fn check_form(document: &Document, pointer: &Pointer) {
    let Some(form) = ide::form(document, pointer) else {
        return;
    };
    let fits = |edit: Result<Option<TextEdit>, ide::Refusal>| {
        if let Ok(Some(edit)) = edit {
            document.apply(&edit).expect("a form's edit fits the text");
        }
    };
    for row in form.rows.iter().take(2) {
        fits(ide::enter(
            document,
            pointer,
            &row.name,
            "[{\"a: b\": \"#\"}]",
        ));
        fits(ide::take_out(document, pointer, &row.name));
    }
    if let Some(more) = form.more.last() {
        fits(ide::add(document, pointer, more.name));
    }
}

fn longest_name(node: &Node) -> usize {
    let items = node.items().unwrap_or_default().iter().map(longest_name);
    let members = node.members().unwrap_or_default().iter();
    let members = members.map(|member| longest_name(&member.value).max(member.key.name.len()));
    items.chain(members).max().unwrap_or(0)
}

/// Whether all places of a tree stand in its text.
fn check_tree(text: &str, node: &Node) {
    check_span(text, node.span);
    for item in node.items().unwrap_or_default() {
        check_tree(text, item);
    }
    for member in node.members().unwrap_or_default() {
        check_span(text, member.key.span);
        check_tree(text, &member.value);
    }
}

/// A path has a value or an error, twice the same; what a Reference Path sets, it gets.
pub fn jsonpath(text: &str) {
    let (path, input) = text.split_once('\n').unwrap_or((text, "{}"));
    let input = Value::parse(input).unwrap_or_default();
    let roots = Roots::of(&input);
    match Path::parse(path) {
        Ok(path) => {
            let value = path.evaluate(&roots);
            assert_eq!(value, path.evaluate(&roots));
            if let Err(error) = value {
                assert!(!error.to_string().is_empty());
            }
        }
        Err(error) => check_span(path, error.span),
    }
    match ReferencePath::parse(path) {
        Ok(path) => {
            if let Ok(set) = path.set(input.clone(), Value::from("new")) {
                assert!(set.to_string().contains("\"new\""));
            }
            let _ = path.get(&roots);
        }
        Err(error) => check_span(path, error.span),
    }
}

/// A call has a value or an error, and equal entropy gives equal ones.
pub fn intrinsic(text: &str) {
    let (call, input) = text.split_once('\n').unwrap_or((text, "{}"));
    let input = Value::parse(input).unwrap_or_default();
    let roots = Roots::of(&input);
    match Call::parse(call) {
        Ok(call) => {
            let evaluate = || {
                let mut entropy = Entropy::new(1);
                call.evaluate(&roots, &mut || entropy.next_u64())
                    .map_err(|error| error.to_string())
            };
            assert_eq!(evaluate(), evaluate());
        }
        Err(error) => check_span(call, error.span),
    }
}

/// A JSONata expression has an answer or an error in good time, and equal entropy gives
/// equal ones.
pub fn jsonata(text: &str) {
    let (expression, input) = text.split_once('\n').unwrap_or((text, "{}"));
    let input = Value::parse(input).unwrap_or_default();
    for dialect in [jsonata::Dialect::Jsonata, jsonata::Dialect::States] {
        match jsonata::compile(expression, dialect) {
            Ok(expression) => {
                let evaluate = || {
                    let mut entropy = Entropy::new(1);
                    let mut entropy = || entropy.next_u64();
                    let mut options =
                        jsonata::Options::new(Timestamp::from_millis(0), &mut entropy);
                    options.fuel = 20_000;
                    // Without optimization a level takes more stack than tests have.
                    options.depth = 60;
                    expression.evaluate(Some(&input), &[], &mut options)
                };
                assert_eq!(evaluate(), evaluate());
            }
            Err(error) => {
                assert!(
                    error
                        .offset()
                        .is_none_or(|offset| offset <= expression.len())
                );
            }
        }
    }
}

/// Mocks that can be read survive being written.
pub fn mocks(text: &str) {
    match Mocks::parse(text) {
        Ok(mocks) => {
            let written = mocks.to_text();
            assert_eq!(
                Mocks::parse(&written).expect("what was written reads"),
                mocks
            );
        }
        Err(errors) => {
            assert!(!errors.is_empty());
            for error in errors {
                check_span(text, error.span);
            }
        }
    }
}

/// A history that can be read survives the wire, and every projection takes it.
pub fn history(text: &str) {
    let Ok(events) = parse_history(text) else {
        return;
    };
    let written = write_history(&events).to_string();
    assert_eq!(
        parse_history(&written).expect("what was written reads"),
        events
    );
    let machine = asl::lower(&parse(MAP).root).machine;
    let trace = trace(&machine, &events);
    let _ = trace.statuses();
    assert_eq!(table(&trace, &events).len(), events.len());
}

const MAP: &str = r#"{"StartAt": "M", "States": {"M": {"Type": "Map", "Next": "P", "ItemProcessor":
    {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "End": true}}}},
    "P": {"Type": "Parallel", "End": true, "Branches": [{"StartAt": "B", "States": {"B": {"Type": "Succeed"}}}]}}}"#;

/// Equal runs have equal histories, numbered 1, 2, 3 …, which survive the wire.
pub fn simulate(text: &str) {
    let Some(events) = run(text, 2_000) else {
        return;
    };
    assert_eq!(Some(&events), run(text, 7).as_ref());
    for (index, event) in events.iter().enumerate() {
        assert_eq!(event.id.index(), Some(index));
        assert!(event.previous_event_id < event.id);
    }
    let written = write_history(&events).to_string();
    assert_eq!(
        parse_history(&written).expect("what was written reads"),
        events
    );
}

/// The events of a simulation as text; none if it cannot run.
pub fn history_of(simulation: &str) -> Option<String> {
    let events = run(simulation, 2_000)?;
    Some(Value::from([("events", write_history(&events))]).to_string())
}

/// Whatever a machine asks for, mocks can be made of it, and read again.
fn check_generated(machine: &StateMachine) {
    let generated = generate(machine, "machine");
    assert_eq!(generated, generate(machine, "machine"));
    let mocks = Mocks::parse(&generated.mocks_text()).expect("generated mocks are mocks");
    assert_eq!(mocks.to_text(), generated.mocks_text());
    assert!(Value::parse(&generated.input_text()).is_ok());
}

/// At most some hundred events, however the work is sliced.
fn run(text: &str, slice: u32) -> Option<Vec<HistoryEvent>> {
    let (input, definition) = text.split_once('\n')?;
    let machine: Arc<_> = asl::lower(&parse(definition).root).machine;
    check_generated(&machine);
    machine.start()?;
    let options = Options {
        quotas: Quotas {
            events: 400,
            payload_bytes: Some(64 * 1024),
            ..Quotas::SERVICE
        },
        ..Options::default()
    };
    let input = Payload::from_text(input);
    let at = Timestamp::from_millis(0);
    let mut simulation = Simulation::start(machine, input, options, at, Generator::default());
    loop {
        match simulation.advance(Fuel(slice)) {
            Status::Running => {}
            Status::Pending(_) => panic!("generated results leave no task pending"),
            Status::Ended(_) => return Some(simulation.history().to_vec()),
        }
    }
}

fn check_span(text: &str, span: Span) {
    assert!(
        text.get(span.range()).is_some(),
        "{span:?} is not in {text:?}"
    );
}

/// A regular expression is searched for in bounded time, and what is found lies in the text.
pub fn regex(text: &str) {
    let (pattern, text) = text.split_once('\n').unwrap_or((text, "aaab"));
    let read = [
        Regex::parse(pattern, ""),
        Regex::parse(pattern, "im"),
        Regex::parse_java(pattern, "imsx"),
    ];
    for regex in read.into_iter().flatten() {
        let mut from = 0;
        let mut fuel = 50_000;
        while let Ok(Some(found)) = regex.find(text, from, &mut fuel) {
            assert!(from <= found.start && found.start <= found.end);
            assert!(text.get(found.start..found.end).is_some());
            for (start, end) in found.groups.into_iter().flatten() {
                assert!(text.get(start..end).is_some());
            }
            from = found.end.max(from + 1);
        }
    }
}

/// Any picture writes numbers and times or refuses to, and reads any text or refuses to.
pub fn picture(text: &str) {
    let (picture, text) = text.split_once('\n').unwrap_or((text, "12th May 2025"));
    let options = jsonata::number::Options::default();
    for number in [0.0, -1234.5, 1e21, 1_748_779_445_006.0] {
        let _ = jsonata::number::format(number, picture, &options);
        if let Ok(text) = jsonata::integer::format(number, picture) {
            let _ = jsonata::integer::parse(&text, picture);
        }
        let _ = jsonata::datetime::from_millis(number, Some(picture), Some(text));
    }
    let _ = jsonata::integer::parse(text, picture);
    if let Ok(reader) = jsonata::datetime::Reader::new(picture) {
        let _ = reader.millis(text, 0.0, &mut 1_000_000);
    }
    let _ = jsonata::datetime::to_millis(text);
}
