//! What was read from a text, on its way from the worker to the page.
//!
//! Trees are large, so they are one flat list: for each node its place and what stands there.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use crate::asl::{WorkflowType, lower};
use crate::authoring::document::{Notation, Reading, Shell, Target};
use crate::authoring::exchange::{Given, Host};
use crate::source::json::{Key, Member, Node, NodeKind, Object, Value, Wire, put, take};
use crate::source::text::{Replacement, TextEdit};
use crate::source::{Code, Diagnostic, Fix, Hint, Severity, Span};

impl Wire for Reading {
    fn to_value(&self) -> Value {
        let mut object = Object::default();
        object.insert("notation", notation_name(self.notation));
        object.insert("root", node_to_value(&self.root));
        put(&mut object, "shell", &self.shell);
        put(&mut object, "diagnostics", &self.diagnostics);
        put(&mut object, "is_checked", &self.is_checked);
        put(&mut object, "unresolved", &self.unresolved);
        put(&mut object, "is_readable", &self.is_readable);
        object.into()
    }

    /// The model is lowered again, which is quicker than to send it.
    fn from_value(value: &Value) -> Option<Self> {
        let object = value.as_object()?;
        let root = node_from_value(object.get("root")?)?;
        let name = object.get("notation")?.as_str()?;
        let notations = [Notation::Json, Notation::Yaml, Notation::Other];
        Some(Self {
            notation: notations
                .into_iter()
                .find(|notation| notation_name(*notation) == name)?,
            shell: take(object, "shell")?,
            machine: lower(&root).machine,
            root,
            diagnostics: take(object, "diagnostics")?,
            is_checked: take(object, "is_checked")?,
            unresolved: take(object, "unresolved")?,
            is_readable: take(object, "is_readable")?,
        })
    }
}

fn notation_name(notation: Notation) -> &'static str {
    match notation {
        Notation::Json => "JSON",
        Notation::Yaml => "YAML",
        Notation::Other => "other",
    }
}

/// In preorder: nesting would be deeper than what is read back.
fn node_to_value(node: &Node) -> Value {
    let mut parts = Vec::new();
    write_node(&mut parts, node);
    parts.into()
}

fn write_node(parts: &mut Vec<Value>, node: &Node) {
    parts.extend(span_to_values(node.span));
    let (tag, content) = match &node.kind {
        NodeKind::Missing => ("missing", None),
        NodeKind::Null => ("null", None),
        NodeKind::Bool(value) => ("bool", Some(Value::Bool(*value))),
        NodeKind::Number(number) => ("number", Some(Value::Number(number.clone()))),
        NodeKind::String(text) => ("string", Some(Value::String(text.clone()))),
        NodeKind::Substitution(text) => ("substitution", Some(Value::String(text.clone()))),
        NodeKind::Array(items) => ("array", Some((items.len() as i64).into())),
        NodeKind::Object(members) => ("object", Some((members.len() as i64).into())),
    };
    parts.push(tag.into());
    parts.extend(content);
    for item in node.items().unwrap_or_default() {
        write_node(parts, item);
    }
    for member in node.members().unwrap_or_default() {
        parts.extend(span_to_values(member.key.span));
        parts.push(Value::String(member.key.name.clone()));
        write_node(parts, &member.value);
    }
}

fn node_from_value(value: &Value) -> Option<Node> {
    read_node(&mut value.as_array()?.iter())
}

/// What the worker sends nests no deeper than [`MAX_DEPTH`](crate::source::json::MAX_DEPTH).
fn read_node(parts: &mut dyn Iterator<Item = &Value>) -> Option<Node> {
    let span = read_span(parts)?;
    let tag = parts.next()?.as_str()?;
    let kind = match tag {
        "missing" => NodeKind::Missing,
        "null" => NodeKind::Null,
        "bool" => NodeKind::Bool(parts.next()?.as_bool()?),
        "number" => NodeKind::Number(parts.next()?.as_number()?.clone()),
        "string" => NodeKind::String(parts.next()?.as_str()?.into()),
        "substitution" => NodeKind::Substitution(parts.next()?.as_str()?.into()),
        "array" => {
            let count = parts.next()?.as_i64()?;
            let items = (0..count).map(|_| read_node(parts));
            NodeKind::Array(items.collect::<Option<_>>()?)
        }
        "object" => {
            let count = parts.next()?.as_i64()?;
            let members = (0..count).map(|_| {
                let span = read_span(parts)?;
                let name = parts.next()?.as_str()?.into();
                let value = read_node(parts)?;
                let key = Key { span, name };
                Some(Member { key, value })
            });
            NodeKind::Object(members.collect::<Option<_>>()?)
        }
        _ => return None,
    };
    Some(Node { span, kind })
}

fn read_span(parts: &mut dyn Iterator<Item = &Value>) -> Option<Span> {
    let mut offset = || usize::try_from(parts.next()?.as_i64()?).ok();
    Some(Span::new(offset()?, offset()?))
}

fn span_to_values(span: Span) -> [Value; 2] {
    [i64::from(span.start).into(), i64::from(span.end).into()]
}

fn span_from_values(values: &[Value]) -> Option<(Span, &[Value])> {
    let [start, end, rest @ ..] = values else {
        return None;
    };
    let span = Span::new(
        usize::try_from(start.as_i64()?).ok()?,
        usize::try_from(end.as_i64()?).ok()?,
    );
    Some((span, rest))
}

impl Wire for Shell {
    /// Without the inlay: what is edited in the page has its place in the host already.
    fn to_value(&self) -> Value {
        let mut object = Object::default();
        object.insert("host", self.host.title());
        object.insert("name", Value::String(self.name.clone()));
        let given = self.substitutions.iter().map(|given| {
            let pair = [
                Value::String(given.name.clone()),
                given.value.as_str().into(),
            ];
            Vec::from(pair).into()
        });
        object.insert("given", given.collect::<Value>());
        let names = self.names.iter().cloned().map(Value::String);
        object.insert("names", names.collect::<Value>());
        if let Some(workflow_type) = self.workflow_type {
            object.insert("type", workflow_type.as_str());
        }
        object.into()
    }

    fn from_value(value: &Value) -> Option<Self> {
        let text = |value: &Value| value.as_str().map(Arc::<str>::from);
        let hosts = [
            Host::CloudFormation,
            Host::Sam,
            Host::Serverless,
            Host::Terraform,
        ];
        let title = value.get("host")?.as_str()?;
        let given = value.get("given")?.as_array()?.iter().map(|pair| {
            let name = text(pair.at(0)?)?;
            let value = pair.at(1)?.as_str()?.to_owned();
            Some(Given { name, value })
        });
        Some(Self {
            host: hosts.into_iter().find(|host| host.title() == title)?,
            name: text(value.get("name")?)?,
            inlay: None,
            substitutions: given.collect::<Option<_>>()?,
            names: value
                .get("names")?
                .as_array()?
                .iter()
                .filter_map(text)
                .collect(),
            workflow_type: value
                .get("type")
                .and_then(Value::as_str)
                .and_then(WorkflowType::parse),
        })
    }
}

impl Wire for Target {
    fn to_value(&self) -> Value {
        let workflow_type = self.workflow_type.map(WorkflowType::as_str);
        let parts = [self.machine.as_deref(), workflow_type];
        parts
            .into_iter()
            .map(|part| part.map_or(Value::Null, Value::from))
            .collect()
    }

    fn from_value(value: &Value) -> Option<Self> {
        let workflow_type = value.at(1)?.as_str();
        Some(Self {
            machine: value.at(0)?.as_str().map(str::to_owned),
            workflow_type: workflow_type.and_then(WorkflowType::parse),
        })
    }
}

impl Wire for Diagnostic {
    fn to_value(&self) -> Value {
        let mut parts: Vec<Value> = span_to_values(self.span).into();
        let hints = self.hints.iter().map(|hint| hint.0.as_str().into());
        let fixes = self.fixes.iter().map(|fix| {
            let edits = fix.edit.replacements().iter().map(|edit| {
                let mut parts: Vec<Value> = span_to_values(edit.span).into();
                parts.push(edit.text.as_str().into());
                parts.into()
            });
            Vec::from([fix.title.as_str().into(), edits.collect::<Value>()]).into()
        });
        parts.extend([
            self.code.0.into(),
            self.severity.as_str().into(),
            self.message.as_str().into(),
            hints.collect(),
            fixes.collect(),
        ]);
        parts.into()
    }

    fn from_value(value: &Value) -> Option<Self> {
        let (span, rest) = span_from_values(value.as_array()?)?;
        let [code, severity, message, hints, fixes] = rest else {
            return None;
        };
        let severities = [Severity::Error, Severity::Warning, Severity::Info];
        let severity = severity.as_str()?;
        let hints = hints.as_array()?.iter();
        let fixes = fixes.as_array()?.iter().map(|fix| {
            let edits = fix.at(1)?.as_array()?.iter().map(|edit| {
                let (span, rest) = span_from_values(edit.as_array()?)?;
                let text = rest.first()?.as_str()?.to_owned();
                Some(Replacement { span, text })
            });
            Some(Fix {
                title: fix.at(0)?.as_str()?.to_owned(),
                edit: TextEdit::new(edits.collect::<Option<_>>()?).ok()?,
            })
        });
        Some(Self {
            code: code_named(code.as_str()?),
            severity: severities
                .into_iter()
                .find(|known| known.as_str() == severity)?,
            span,
            message: message.as_str()?.to_owned(),
            hints: hints
                .map(|hint| Some(Hint(hint.as_str()?.to_owned())))
                .collect::<Option<_>>()?,
            fixes: fixes.collect::<Option<_>>()?,
        })
    }
}

/// The code of a name. There are as many as there are rules, so that each is kept for good.
fn code_named(name: &str) -> Code {
    thread_local! {
        static KNOWN: RefCell<HashMap<String, Code>> = RefCell::default();
    }
    KNOWN.with_borrow_mut(|known| {
        let code = known.get(name).copied();
        code.unwrap_or_else(|| {
            let code = Code(Box::leak(name.to_owned().into_boxed_str()));
            known.insert(name.to_owned(), code);
            code
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authoring::document::read;
    use crate::web::messages::{decode, encode};

    #[test]
    fn targets_survive_the_way() {
        for target in [
            Target::default(),
            Target {
                machine: Some("Orders".into()),
                workflow_type: Some(WorkflowType::Express),
            },
        ] {
            assert_eq!(decode(&encode(&target)), Some(target));
        }
    }

    #[test]
    fn readings_survive_the_way() {
        for text in [
            "StartAt: A\nStates:\n  A: {Type: Pas, n: [1, true, ~, \"é\"]}\n",
            "Resources:\n  M:\n    Type: AWS::StepFunctions::StateMachine\n    Properties:\n      DefinitionString: '{\"StartAt\": \"A\" \"States\": {}}'\n      DefinitionSubstitutions: {A: b}\n      StateMachineType: EXPRESS\n",
            "{\"a\": ${x}, \"a\": ",
            "hello",
        ] {
            let reading = read(text, &Target::default());
            let read: Reading = decode(&encode(&reading)).unwrap();
            assert_eq!(read.root, reading.root, "{text}");
            assert_eq!(read.diagnostics, reading.diagnostics, "{text}");
            assert_eq!(read.unresolved, reading.unresolved, "{text}");
            assert_eq!(read.machine, reading.machine, "{text}");
            assert_eq!(
                (read.notation, read.is_readable),
                (reading.notation, reading.is_readable)
            );
            let without_inlay = |shell: Option<Shell>| {
                shell.map(|shell| Shell {
                    inlay: None,
                    ..shell
                })
            };
            assert_eq!(without_inlay(read.shell), without_inlay(reading.shell));
        }
    }
}
