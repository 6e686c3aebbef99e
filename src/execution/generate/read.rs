//! Expressions and templates over values in the making.

use std::sync::Arc;

use indexmap::IndexMap;

use super::hole::{Holes, Test};
use super::symbol::{Look, Symbol};
use crate::asl::{Expression, Operator, PathField, Template};
use crate::expr::Roots;
use crate::expr::intrinsic::{Argument, Call, Intrinsic};
use crate::expr::jsonpath::{Path, Root};
use crate::source::json::Value;

/// What expressions see besides their input.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    /// What `$$` shows.
    pub context: Symbol,
    /// What `$name` shows.
    pub variables: IndexMap<Arc<str>, Symbol>,
}

/// A kind of value that a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Number,
    Text,
    Timestamp,
}

impl Holes {
    /// Asks for a value of a kind.
    pub fn want(&mut self, symbol: &Symbol, kind: Kind) {
        let operator = match kind {
            Kind::Number => Operator::IsNumeric,
            Kind::Text => Operator::IsString,
            Kind::Timestamp => Operator::IsTimestamp,
        };
        if let Symbol::Hole(hole) = symbol {
            let test = Test {
                operator,
                operand: true.into(),
                is_wanted: true,
            };
            self.test(*hole, test);
        }
    }

    /// The value of a path or of an intrinsic function; nothing where it surely has none.
    pub fn expression(
        &mut self,
        expression: &Expression,
        input: &Symbol,
        scope: &Scope,
        look: Look,
    ) -> Option<Symbol> {
        if expression.text.starts_with('$') {
            let path = Path::parse(&expression.text).ok()?;
            return self.path(&path, input, scope, look);
        }
        let call = Call::parse(&expression.text).ok()?;
        Some(self.call(&call, input, scope))
    }

    fn path(&mut self, path: &Path, input: &Symbol, scope: &Scope, look: Look) -> Option<Symbol> {
        let root = match path.root() {
            Root::Input => input,
            Root::Context => &scope.context,
            Root::Variable(name) => scope.variables.get(name)?,
        };
        self.at(path, root, look)
    }

    /// `InputPath`, `OutputPath`.
    pub fn path_field(
        &mut self,
        field: Option<&PathField>,
        input: &Symbol,
        scope: &Scope,
    ) -> Option<Symbol> {
        match field {
            None => Some(input.clone()),
            Some(PathField::Null) => Some(Symbol::Known(Value::empty_object())),
            Some(PathField::Path(path)) => self.expression(path, input, scope, Look::Ask),
        }
    }

    /// `ResultPath`: the raw input with the result in its place.
    pub fn result_path(
        &mut self,
        field: Option<&PathField>,
        raw: &Symbol,
        result: Symbol,
    ) -> Symbol {
        match field {
            None => result,
            Some(PathField::Null) => raw.clone(),
            Some(PathField::Path(path)) => match Path::parse(&path.text) {
                Ok(path) => self.with_at(raw.clone(), &path.outline(), result),
                Err(_) => raw.clone(),
            },
        }
    }

    /// A payload template; what has no value is left out.
    pub fn template(&mut self, template: &Template, input: &Symbol, scope: &Scope) -> Symbol {
        match template {
            Template::Literal(value) => Symbol::Known(value.clone()),
            Template::Expression(expression) => {
                let found = self.expression(expression, input, scope, Look::Ask);
                found.unwrap_or(Symbol::Known(Value::Null))
            }
            Template::Array(items) => Symbol::array(
                items
                    .iter()
                    .map(|item| self.template(item, input, scope))
                    .collect(),
            ),
            Template::Object(members) => Symbol::object(
                members
                    .iter()
                    .map(|(name, member)| (name.clone(), self.template(member, input, scope)))
                    .collect(),
            ),
        }
    }

    fn call(&mut self, call: &Call, input: &Symbol, scope: &Scope) -> Symbol {
        let arguments: Vec<Symbol> = call
            .arguments()
            .iter()
            .map(|argument| match argument {
                Argument::Value(value) => Symbol::Known(value.clone()),
                Argument::Text(text) => Symbol::Known(text.clone().into()),
                Argument::Call(call) => self.call(call, input, scope),
                Argument::Path(path) => self
                    .path(path, input, scope, Look::Ask)
                    .unwrap_or(Symbol::Opaque),
            })
            .collect();
        let is_random = matches!(call.function(), Intrinsic::Uuid | Intrinsic::MathRandom);
        if !is_random && arguments.iter().all(|argument| argument.known().is_some()) {
            return self.compute(call, input, scope);
        }
        let first = arguments.first().cloned().unwrap_or(Symbol::Opaque);
        match call.function() {
            Intrinsic::Array => Symbol::array(arguments),
            Intrinsic::StringToJson => match first {
                Symbol::Hole(hole) => self.json(hole).map_or(Symbol::Opaque, Symbol::Hole),
                _ => Symbol::Opaque,
            },
            Intrinsic::ArrayGetItem => {
                let index = arguments.get(1).and_then(Symbol::known);
                let index = index.and_then(Value::as_i64).unwrap_or(0);
                if let Some(Argument::Call(inner)) = call.arguments().first() {
                    self.split_parts(inner, index, input, scope);
                }
                self.element_of(&first, index).unwrap_or(Symbol::Opaque)
            }
            Intrinsic::ArrayUnique => {
                self.element_of(&first, 0);
                first
            }
            Intrinsic::ArrayPartition => {
                let item = self.element_of(&first, 0).unwrap_or(Symbol::Opaque);
                Symbol::each(Symbol::each(item))
            }
            Intrinsic::ArrayContains | Intrinsic::ArrayLength => {
                self.element_of(&first, 0);
                Symbol::Opaque
            }
            Intrinsic::ArrayRange => {
                self.numbers(&arguments);
                Symbol::each(Symbol::Opaque)
            }
            Intrinsic::MathAdd | Intrinsic::MathRandom => {
                self.numbers(&arguments);
                Symbol::Opaque
            }
            Intrinsic::JsonMerge => {
                for argument in arguments.iter().take(2) {
                    if let Symbol::Hole(hole) = argument {
                        self.object(*hole);
                    }
                }
                first
            }
            Intrinsic::StringSplit => {
                self.want(&first, Kind::Text);
                Symbol::each(Symbol::Opaque)
            }
            Intrinsic::Base64Encode => {
                self.want(&first, Kind::Text);
                Symbol::Opaque
            }
            Intrinsic::Base64Decode => {
                if let Symbol::Hole(hole) = first {
                    self.set_usual(hole, &"dGV4dA==".into());
                }
                Symbol::Opaque
            }
            Intrinsic::Format | Intrinsic::JsonToString | Intrinsic::Hash | Intrinsic::Uuid => {
                Symbol::Opaque
            }
        }
    }

    /// Asks for the part at `index` of a text that a call splits.
    fn split_parts(&mut self, call: &Call, index: i64, input: &Symbol, scope: &Scope) {
        if let (Intrinsic::StringSplit, [Argument::Path(path), Argument::Text(separators)]) =
            (call.function(), call.arguments())
            && let Some(Symbol::Hole(hole)) = self.path(path, input, scope, Look::Ask)
        {
            self.split(hole, separators, index);
        }
    }

    fn numbers(&mut self, arguments: &[Symbol]) {
        for argument in arguments {
            self.want(argument, Kind::Number);
        }
    }

    /// The result of a call all of whose arguments are known.
    fn compute(&mut self, call: &Call, input: &Symbol, scope: &Scope) -> Symbol {
        let input = self.fill_in(input);
        let context = self.fill_in(&scope.context);
        let roots = Roots {
            input: &input,
            context: &context,
            variables: &|name| scope.variables.get(name).map(|symbol| self.fill_in(symbol)),
        };
        let value = call.evaluate(&roots, &mut || 0);
        value.map_or(Symbol::Opaque, Symbol::of)
    }
}
