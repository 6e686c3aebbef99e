//! Events to tree.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use saphyr_parser::{Event, Parser, ScalarStyle, Tag};

use super::{Yaml, YamlError, YamlErrorKind, missing, scalar};
use crate::source::json::{Key, MAX_DEPTH, Member, Node, NodeKind};
use crate::source::text::{LineIndex, Span};

/// Aliases may be nested so that a short text stands for more than any memory holds.
const MAX_ALIASED: usize = 1_000_000;

/// The tree of a text, or of all of it before the first error. Places are counted on from
/// `base`, as the text may be a part of another one.
pub(super) fn build(text: &str, base: usize) -> Yaml {
    let lines = LineIndex::new(text);
    let mut builder = Builder {
        text,
        base,
        stack: Vec::new(),
        depth: 0,
        root: None,
        anchors: HashMap::new(),
        aliased: 0,
        errors: Vec::new(),
    };
    let byte = |char: usize| lines.byte_of_char(text, char);
    let mut documents = 0;
    // The iterator repeats an error forever.
    for event in Parser::new_from_str(text) {
        let (event, span) = match event {
            Ok(event) => event,
            Err(error) => {
                let at = byte(error.marker().index());
                builder.error(YamlErrorKind::read(error.info()), at, at);
                break;
            }
        };
        let (start, end) = (byte(span.start.index()), byte(span.end.index()));
        if let Event::DocumentStart(_) = event {
            documents += 1;
            if documents > 1 {
                builder.error(YamlErrorKind::TrailingDocument, start, end);
                break;
            }
        }
        if !builder.event(event, start, end) {
            break;
        }
    }
    builder.finish()
}

struct Builder<'a> {
    text: &'a str,
    base: usize,
    stack: Vec<Open>,
    /// How many containers of the tree are open: a tag of CloudFormation is one as well.
    depth: usize,
    root: Option<Node>,
    anchors: HashMap<usize, Anchored>,
    /// Nodes that are held for aliases and that aliases stand for.
    aliased: usize,
    errors: Vec<YamlError>,
}

struct Anchored {
    node: Node,
    nodes: usize,
    depth: usize,
}

/// The containers that one makes: a call of a function is around what its tag stands before.
fn levels(tag: Option<&Arc<str>>) -> usize {
    1 + usize::from(tag.is_some())
}

/// A container that is not closed yet.
struct Open {
    start: usize,
    anchor: usize,
    tag: Option<Arc<str>>,
    content: Content,
}

enum Content {
    Array(Vec<Node>),
    Object {
        members: Vec<Member>,
        names: HashSet<Arc<str>>,
        key: Option<Key>,
        /// Mappings to take in.
        merged: Vec<Node>,
    },
}

impl Builder<'_> {
    fn error(&mut self, kind: YamlErrorKind, start: usize, end: usize) {
        let span = Span::new(self.base + start, self.base + end);
        self.errors.push(YamlError { kind, span });
    }

    /// Takes an event; whether to go on.
    fn event(&mut self, event: Event<'_>, start: usize, end: usize) -> bool {
        match event {
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => true,
            Event::Alias(anchor) => self.alias(anchor, start, end),
            Event::Scalar(value, style, anchor, tag) => {
                let tag = tag.as_deref();
                let is_text =
                    tag.is_some_and(|tag| tag.is_yaml_core_schema() && tag.suffix == "str");
                let kind = match style {
                    ScalarStyle::Plain if !is_text => scalar::plain(&value),
                    ScalarStyle::Plain
                    | ScalarStyle::SingleQuoted
                    | ScalarStyle::DoubleQuoted
                    | ScalarStyle::Literal
                    | ScalarStyle::Folded => NodeKind::String(Arc::from(&*value)),
                };
                let start = match style {
                    ScalarStyle::Literal | ScalarStyle::Folded => self.header(start),
                    ScalarStyle::Plain | ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
                        start
                    }
                };
                // The space after a block is part of it, but not of what a person selects.
                let raw = self.text.get(start..end).unwrap_or("");
                let end = start + raw.trim_end_matches(['\n', '\r', ' ', '\t']).len();
                let node = Node {
                    span: self.span(start, end),
                    kind,
                };
                let function = tag.and_then(function);
                if function.is_some() && self.depth >= MAX_DEPTH {
                    return self.too_deep(start);
                }
                let node = self.tagged(function, node);
                self.complete(node, anchor)
            }
            Event::SequenceStart(anchor, tag) => {
                self.open(start, anchor, tag.as_deref(), Content::Array(Vec::new()))
            }
            Event::MappingStart(anchor, tag) => {
                let content = Content::Object {
                    members: Vec::new(),
                    names: HashSet::new(),
                    key: None,
                    merged: Vec::new(),
                };
                self.open(start, anchor, tag.as_deref(), content)
            }
            Event::SequenceEnd | Event::MappingEnd => {
                // Only flow collections have an end mark of their own.
                let end = match self.text.get(start..end) {
                    Some("]" | "}") => Some(end),
                    _ => None,
                };
                self.close(end)
            }
        }
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.base + start, self.base + end)
    }

    /// Where the mark of a block scalar stands whose first line begins at `content`.
    fn header(&self, content: usize) -> usize {
        let before = self.text.get(..content).unwrap_or("").trim_end();
        let line = before.rfind('\n').map_or(0, |at| at + 1);
        let header = before.get(line..).unwrap_or("");
        let header = header.split(" #").next().unwrap_or(header);
        header.rfind(['|', '>']).map_or(content, |at| line + at)
    }

    /// The call that a tag of CloudFormation makes of a node; the node behind the tag.
    fn tagged(&self, function: Option<Arc<str>>, node: Node) -> Node {
        let Some(name) = function else { return node };
        let start = node.span.start as usize - self.base;
        let raw = self.text.get(start..).unwrap_or("");
        let tag = match raw.starts_with('!') {
            true => raw.find(|char: char| char.is_whitespace()).unwrap_or(0),
            false => 0,
        };
        let space = raw
            .get(tag..)
            .map_or(0, |rest| rest.len() - rest.trim_start().len());
        let inner = match tag {
            0 => node.span,
            tag => Span::new(self.base + start + tag + space, node.span.end as usize),
        };
        let key = Key {
            span: Span::new(self.base + start, self.base + start + tag),
            name,
        };
        Node {
            span: node.span,
            kind: NodeKind::Object(vec![Member {
                key,
                value: Node {
                    span: inner,
                    kind: node.kind,
                },
            }]),
        }
    }

    fn open(&mut self, start: usize, anchor: usize, tag: Option<&Tag>, content: Content) -> bool {
        let tag = tag.and_then(function);
        let depth = self.depth + levels(tag.as_ref());
        if depth > MAX_DEPTH {
            return self.too_deep(start);
        }
        self.depth = depth;
        self.stack.push(Open {
            start,
            anchor,
            tag,
            content,
        });
        true
    }

    fn too_deep(&mut self, start: usize) -> bool {
        let end = Span::char_at(self.text, start).end as usize;
        self.error(YamlErrorKind::TooDeep, start, end);
        false
    }

    fn close(&mut self, end: Option<usize>) -> bool {
        let Some(open) = self.stack.pop() else {
            return false;
        };
        self.depth -= levels(open.tag.as_ref());
        let (start, base) = (open.start, self.base);
        let from = base + start;
        let (kind, last) = match open.content {
            Content::Array(items) => {
                let last = items.last().map(|item| item.span.end as usize);
                (NodeKind::Array(items), last)
            }
            Content::Object {
                mut members,
                key,
                merged,
                ..
            } => {
                if let Some(key) = key {
                    let value = missing(key.span.end as usize);
                    members.push(Member { key, value });
                }
                let last = members
                    .iter()
                    .map(|member| member.span().end as usize)
                    .max();
                merge(&mut members, merged);
                (NodeKind::Object(members), last)
            }
        };
        let end = end.map(|end| base + end).or(last).unwrap_or(from);
        let node = Node {
            span: Span::new(from, end),
            kind,
        };
        let node = self.tagged(open.tag, node);
        self.complete(node, open.anchor)
    }

    fn alias(&mut self, anchor: usize, start: usize, end: usize) -> bool {
        let Some(Anchored { node, nodes, depth }) = self.anchors.get(&anchor) else {
            return self.complete(missing(self.base + start), 0);
        };
        self.aliased += nodes;
        if self.aliased > MAX_ALIASED {
            self.error(YamlErrorKind::TooLarge, start, end);
            return false;
        }
        if self.depth + depth > MAX_DEPTH {
            self.error(YamlErrorKind::TooDeep, start, end);
            return false;
        }
        let mut node = node.clone();
        place(&mut node, self.span(start, end));
        self.complete(node, 0)
    }

    /// Puts a node where it belongs.
    fn complete(&mut self, node: Node, anchor: usize) -> bool {
        if anchor > 0 {
            let (nodes, depth) = measure(&node);
            self.aliased += nodes;
            if self.aliased <= MAX_ALIASED {
                let node = node.clone();
                self.anchors.insert(anchor, Anchored { node, nodes, depth });
            }
        }
        let Some(open) = self.stack.last_mut() else {
            self.root = Some(node);
            return true;
        };
        match &mut open.content {
            Content::Array(items) => items.push(node),
            Content::Object {
                members,
                names,
                key,
                merged,
            } => {
                let Some(key) = key.take() else {
                    match name(&node) {
                        Some(name) => {
                            let span = node.span;
                            *key = Some(Key { span, name });
                        }
                        None => {
                            let span = node.span;
                            let kind = YamlErrorKind::ComplexKey;
                            self.errors.push(YamlError { kind, span });
                            *key = Some(Key {
                                span,
                                name: "".into(),
                            });
                        }
                    }
                    return true;
                };
                if &*key.name == "<<" {
                    merged.push(node);
                    return true;
                }
                if !names.insert(key.name.clone()) {
                    let kind = YamlErrorKind::DuplicateKey(key.name.to_string());
                    let span = key.span;
                    self.errors.push(YamlError { kind, span });
                }
                members.push(Member { key, value: node });
            }
        }
        true
    }

    fn finish(mut self) -> Yaml {
        while !self.stack.is_empty() && self.close(None) {}
        let root = self.root.take().unwrap_or_else(|| {
            if self.errors.is_empty() {
                self.error(YamlErrorKind::Empty, 0, 0);
            }
            missing(self.base)
        });
        Yaml {
            root,
            errors: self.errors,
        }
    }
}

/// The name of a member: what stands there, as text.
fn name(node: &Node) -> Option<Arc<str>> {
    match &node.kind {
        NodeKind::String(text) | NodeKind::Substitution(text) => Some(text.clone()),
        NodeKind::Null => Some("null".into()),
        NodeKind::Bool(value) => Some(value.to_string().into()),
        NodeKind::Number(number) => Some(number.to_string().into()),
        NodeKind::Missing | NodeKind::Array(_) | NodeKind::Object(_) => None,
    }
}

/// The function that a tag of CloudFormation is short for.
fn function(tag: &Tag) -> Option<Arc<str>> {
    if tag.handle != "!" {
        return None;
    }
    Some(match tag.suffix.as_str() {
        "Ref" | "Condition" => Arc::from(tag.suffix.as_str()),
        suffix => format!("Fn::{suffix}").into(),
    })
}

/// Takes in the members of other mappings, unless they are there already.
fn merge(members: &mut Vec<Member>, merged: Vec<Node>) {
    let maps = merged.into_iter().flat_map(|node| match node.kind {
        NodeKind::Array(items) => items,
        NodeKind::Object(_) => vec![node],
        _ => Vec::new(),
    });
    let mut known: HashSet<Arc<str>> = HashSet::new();
    known.extend(members.iter().map(|member| member.key.name.clone()));
    for map in maps {
        if let NodeKind::Object(inner) = map.kind {
            members.extend(
                inner
                    .into_iter()
                    .filter(|member| known.insert(member.key.name.clone())),
            );
        }
    }
}

/// Gives a tree one place: that of the alias which stands for it.
fn place(node: &mut Node, span: Span) {
    node.span = span;
    match &mut node.kind {
        NodeKind::Array(items) => items.iter_mut().for_each(|item| place(item, span)),
        NodeKind::Object(members) => {
            for member in members {
                member.key.span = Span::at(span.start as usize);
                place(&mut member.value, span);
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

/// How many nodes a tree has, and how many one below the other.
fn measure(node: &Node) -> (usize, usize) {
    let items = node.items().unwrap_or_default().iter();
    let members = node.members().unwrap_or_default().iter();
    let inner = items.chain(members.map(|member| &member.value));
    inner.map(measure).fold((1, 1), |(nodes, depth), inner| {
        (nodes + inner.0, depth.max(inner.1 + 1))
    })
}
