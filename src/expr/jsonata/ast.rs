//! The compiled expression: paths put together, ancestors resolved, tail calls known.

use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use super::error::Spot;
use super::function::Builtin;
use super::parse::Operator;
use super::signature::Signature;
use crate::expr::regex::Regex;
use crate::source::text::Span;

/// A node of a compiled expression.
#[derive(Debug)]
pub(crate) struct Node {
    pub(crate) kind: Kind,
    /// The bytes of the expression that it was read from.
    pub(crate) span: Span,
    /// One past the token that makes the node what it is; where errors are reported.
    pub(crate) position: u32,
    /// Whether `[]` keeps a result of one element an array.
    pub(crate) keep_array: bool,
    /// Predicates on the whole result.
    pub(crate) predicates: Stages,
    /// The grouping `{…}` behind the node.
    pub(crate) group: Option<Box<Group>>,
    /// What matters where the node is a step of a path.
    pub(crate) step: Step,
}

/// What a node has as the step of a path.
#[derive(Debug, Default)]
pub(crate) struct Step {
    /// What is done with the items of each result.
    pub(crate) stages: Stages,
    /// Whether results carry bindings.
    pub(crate) is_tuple: bool,
    /// Whether it is an array constructor, whose result counts as one item.
    pub(crate) is_array: bool,
    /// What few steps have.
    names: Option<Box<Names>>,
}

/// What a step binds and asks for by name.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// The variable of `@`.
    pub(crate) focus: Option<Arc<str>>,
    /// The variable of `#`.
    pub(crate) index: Option<Arc<str>>,
    /// The names by which `%` asks for the item that this step starts from.
    pub(crate) ancestors: Vec<Arc<str>>,
    /// The `%` within that have not found their step; none in a finished expression.
    pub(crate) seeking: Vec<u32>,
}

/// What is to be bound; `@$` and `#$` name nothing.
pub(crate) fn named(name: &Option<Arc<str>>) -> Option<&Arc<str>> {
    name.as_ref().filter(|name| !name.is_empty())
}

static NO_NAMES: Names = Names {
    focus: None,
    index: None,
    ancestors: Vec::new(),
    seeking: Vec::new(),
};

impl Step {
    /// What it binds and asks for by name.
    pub(crate) fn names(&self) -> &Names {
        self.names.as_deref().unwrap_or(&NO_NAMES)
    }

    /// The same, to be written.
    pub(crate) fn names_mut(&mut self) -> &mut Names {
        self.names.get_or_insert_default()
    }
}

/// What follows a step.
#[derive(Debug)]
pub(crate) enum Stage {
    /// `[…]`
    Filter(Node),
    /// `#$name` behind a predicate.
    Index(Arc<str>),
}

/// Stages in their order; most nodes have none and carry no list.
#[derive(Debug, Default)]
#[expect(clippy::box_collection)] // nodes are moved more often than their stages are looked at
pub(crate) struct Stages(Option<Box<Vec<Stage>>>);

impl Stages {
    pub(crate) fn push(&mut self, stage: Stage) {
        self.0.get_or_insert_default().push(stage);
    }

    /// Takes all of `others`.
    pub(crate) fn append(&mut self, others: &mut Self) {
        if let Some(others) = &mut others.0 {
            self.0.get_or_insert_default().append(others);
        }
    }
}

impl Deref for Stages {
    type Target = [Stage];

    fn deref(&self) -> &[Stage] {
        self.0.as_deref().map_or(&[], Vec::as_slice)
    }
}

impl<'a> IntoIterator for &'a Stages {
    type Item = &'a Stage;
    type IntoIter = std::slice::Iter<'a, Stage>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// Pairs of key and value, in a constructor or a grouping.
#[derive(Debug)]
pub(crate) struct Group {
    pub(crate) pairs: Vec<(Node, Node)>,
    pub(crate) position: u32,
}

/// One expression of an order-by clause.
#[derive(Debug)]
pub(crate) struct Term {
    pub(crate) is_descending: bool,
    pub(crate) expression: Node,
}

/// What a node does.
#[derive(Debug)]
pub(crate) enum Kind {
    Path {
        steps: Vec<Node>,
        keep_array: bool,
    },
    Name(Arc<str>),
    Variable {
        name: Arc<str>,
        builtin: Option<&'static Builtin>,
    },
    String(Arc<str>),
    Number(f64),
    Bool(bool),
    Null,
    Regex(Arc<Pattern>),
    Wildcard,
    Descendants,
    /// `%`: its number, and the name under which the ancestor is bound.
    Parent(u32, Arc<str>),
    Negate(Box<Node>),
    Binary(Operator, Box<Node>, Box<Node>),
    Array(Vec<Node>),
    Object(Group),
    Sort(Vec<Term>),
    Block(Vec<Node>),
    Condition {
        condition: Box<Node>,
        then: Box<Node>,
        otherwise: Option<Box<Node>>,
    },
    Bind {
        name: Arc<str>,
        value: Box<Node>,
    },
    Apply {
        left: Box<Node>,
        right: Box<Node>,
    },
    Call(Call),
    Lambda(Arc<Lambda>),
    Transform(Arc<Transform>),
    /// The `?` of a partial application.
    Placeholder,
}

/// A call of a function, or its partial application.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) procedure: Box<Node>,
    pub(crate) arguments: Vec<Node>,
    pub(crate) is_partial: bool,
}

/// A function defined in the expression.
#[derive(Debug)]
pub(crate) struct Lambda {
    pub(crate) parameters: Arc<[Arc<str>]>,
    pub(crate) signature: Option<Arc<Signature>>,
    pub(crate) body: Node,
}

/// `|…|…|…|`
#[derive(Debug)]
pub(crate) struct Transform {
    pub(crate) position: u32,
    pub(crate) pattern: Node,
    pub(crate) update: Node,
    pub(crate) delete: Option<Node>,
}

/// A regular expression and how it was written.
#[derive(Debug)]
pub(crate) struct Pattern {
    pub(crate) source: Arc<str>,
    pub(crate) regex: Regex,
    pub(crate) position: u32,
}

impl Node {
    pub(crate) fn new(kind: Kind, span: Span, position: u32) -> Self {
        Self {
            kind,
            span,
            position,
            keep_array: false,
            predicates: Stages::default(),
            group: None,
            step: Step::default(),
        }
    }
}

impl Node {
    /// Where the reference has the node: paths and parents have no place there.
    pub(crate) fn spot(&self) -> Spot {
        match self.kind {
            Kind::Path { .. } | Kind::Parent(..) => Spot::Nowhere,
            _ => self.position.into(),
        }
    }

    /// The name that a step asks for, if that is all it does.
    pub(crate) fn plain_name(&self) -> Option<&Arc<str>> {
        let is_plain = self.step.stages.is_empty()
            && !self.step.is_tuple
            && !self.step.is_array
            && self.predicates.is_empty()
            && self.group.is_none()
            && !self.keep_array;
        match &self.kind {
            Kind::Name(name) if is_plain => Some(name),
            _ => None,
        }
    }

    /// Whether a step orders what there is, and does nothing else.
    pub(crate) fn is_bare_sort(&self) -> bool {
        matches!(self.kind, Kind::Sort(_)) && self.step.stages.is_empty() && !self.step.is_tuple
    }
}

impl Kind {
    /// What the reference calls it.
    pub(crate) fn type_name(&self) -> &'static str {
        match self {
            Kind::Path { .. } => "path",
            Kind::Name(_) => "name",
            Kind::Variable { .. } => "variable",
            Kind::String(_) => "string",
            Kind::Number(_) => "number",
            Kind::Bool(_) | Kind::Null => "value",
            Kind::Regex(_) => "regex",
            Kind::Wildcard => "wildcard",
            Kind::Descendants => "descendant",
            Kind::Parent(..) => "parent",
            Kind::Negate(_) | Kind::Array(_) | Kind::Object(_) => "unary",
            Kind::Binary(..) => "binary",
            Kind::Sort(_) => "sort",
            Kind::Block(_) => "block",
            Kind::Condition { .. } => "condition",
            Kind::Bind { .. } => "bind",
            Kind::Apply { .. } => "apply",
            Kind::Call(call) if call.is_partial => "partial",
            Kind::Call(_) => "function",
            Kind::Lambda(_) => "lambda",
            Kind::Transform(_) => "transform",
            Kind::Placeholder => "operator",
        }
    }

    /// What the reference has as the value of a node, by which it calls the functions that the
    /// node comes to: a name, or the sign that it begins with.
    fn value(&self) -> Option<&Arc<str>> {
        static SIGNS: OnceLock<[Arc<str>; 6]> = OnceLock::new();
        let [call, array, object, negate, wildcard, descendants] =
            SIGNS.get_or_init(|| ["(", "[", "{", "-", "*", "**"].map(Arc::from));
        Some(match self {
            Kind::Name(name) | Kind::Variable { name, .. } | Kind::String(name) => name,
            Kind::Call(_) => call,
            Kind::Array(_) => array,
            Kind::Object(_) => object,
            Kind::Negate(_) => negate,
            Kind::Wildcard => wildcard,
            Kind::Descendants => descendants,
            _ => return None,
        })
    }
}

impl Call {
    /// What the function is called by, if anything.
    pub(crate) fn name(&self) -> Option<&Arc<str>> {
        match &self.procedure.kind {
            Kind::Path { steps, .. } => steps.first()?.kind.value(),
            kind => kind.value(),
        }
    }
}
