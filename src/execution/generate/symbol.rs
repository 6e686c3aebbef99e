//! Values in the making: known parts around holes.

use std::sync::Arc;

use indexmap::IndexMap;

use super::hole::{HoleId, Holes};
use crate::expr::jsonpath::{Asked, Path};
use crate::source::json::{Object, Value};

/// What is known of a value.
#[derive(Clone, Debug)]
pub(super) enum Symbol {
    /// All of it.
    Known(Value),
    /// Nothing but what is asked of it.
    Hole(HoleId),
    /// Some members, before those of another value.
    Object(Arc<Members>),
    /// The elements of an array.
    Array(Arc<Items>),
    /// An array of some elements that are alike.
    Each(Arc<Items>),
    /// Nothing, and nothing can be asked: a computed text or number.
    Opaque,
}

/// Members before those of another value.
#[derive(Clone, Debug)]
pub(super) struct Members {
    base: Symbol,
    own: IndexMap<Arc<str>, Symbol>,
    depth: usize,
}

/// Elements; one that stands for all in [`Symbol::Each`].
#[derive(Clone, Debug)]
pub(super) struct Items {
    items: Vec<Symbol>,
    depth: usize,
}

/// Deeper or longer than this nothing is followed: a machine that wraps its data again and
/// again would make it grow without end.
const MAX_DEPTH: usize = 100;
const MAX_BYTES: usize = 262_144;
const MAX_FILLED: usize = 20_000;

impl Symbol {
    /// A known value, unless it is too large to be followed.
    pub fn of(value: Value) -> Self {
        match value.depth() <= MAX_DEPTH && value.text_len() <= MAX_BYTES {
            true => Symbol::Known(value),
            false => Symbol::Opaque,
        }
    }

    /// An object with these members and no others.
    pub fn object(own: IndexMap<Arc<str>, Symbol>) -> Self {
        let known: Option<Object> = own
            .iter()
            .map(|(name, symbol)| Some((name.clone(), symbol.known()?.clone())))
            .collect();
        match known {
            Some(object) => Symbol::of(object.into()),
            None => Self::over(Symbol::Known(Value::empty_object()), own),
        }
    }

    /// An array of these elements.
    pub fn array(items: Vec<Symbol>) -> Self {
        let known: Option<Vec<Value>> = items.iter().map(|item| item.known().cloned()).collect();
        if let Some(items) = known {
            return Symbol::of(items.into());
        }
        let depth = 1 + items.iter().map(Symbol::depth).max().unwrap_or(0);
        match depth <= MAX_DEPTH {
            true => Symbol::Array(Arc::new(Items { items, depth })),
            false => Symbol::Opaque,
        }
    }

    /// An array of elements like this one.
    pub fn each(item: Symbol) -> Self {
        let depth = 1 + item.depth();
        match depth <= MAX_DEPTH {
            true => Symbol::Each(Arc::new(Items {
                items: vec![item],
                depth,
            })),
            false => Symbol::Opaque,
        }
    }

    fn over(base: Symbol, own: IndexMap<Arc<str>, Symbol>) -> Self {
        let inner = own.values().map(Symbol::depth).max().unwrap_or(0);
        let depth = 1 + inner.max(base.depth());
        match depth <= MAX_DEPTH {
            true => Symbol::Object(Arc::new(Members { base, own, depth })),
            false => Symbol::Opaque,
        }
    }

    fn depth(&self) -> usize {
        match self {
            Symbol::Known(_) | Symbol::Hole(_) | Symbol::Opaque => 0,
            Symbol::Object(members) => members.depth,
            Symbol::Array(items) | Symbol::Each(items) => items.depth,
        }
    }

    /// The value, where all of it is known.
    pub fn known(&self) -> Option<&Value> {
        match self {
            Symbol::Known(value) => Some(value),
            Symbol::Hole(_)
            | Symbol::Object(_)
            | Symbol::Array(_)
            | Symbol::Each(_)
            | Symbol::Opaque => None,
        }
    }

    /// This value with another member.
    pub fn with(self, name: Arc<str>, value: Symbol) -> Self {
        let (base, mut own) = match self {
            Symbol::Object(members) => (members.base.clone(), members.own.clone()),
            base => (base, IndexMap::new()),
        };
        own.insert(name, value);
        Self::over(base, own)
    }
}

/// Whether a look at a place asks for something being there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// It does.
    Ask,
    /// It does not: something is put over it, or it is about to be refused.
    Only,
}

impl Holes {
    /// The value at a member; nothing where there surely is none.
    pub fn member_of(&mut self, symbol: &Symbol, name: &Arc<str>, look: Look) -> Option<Symbol> {
        match symbol {
            Symbol::Known(value) => value.get(name).cloned().map(Symbol::Known),
            Symbol::Hole(hole) => {
                let member = self.member(*hole, name)?;
                (look == Look::Only || self.need(member)).then_some(Symbol::Hole(member))
            }
            Symbol::Object(members) => match members.own.get(name) {
                Some(symbol) => Some(symbol.clone()),
                None => self.member_of(&members.base, name, look),
            },
            Symbol::Array(_) | Symbol::Each(_) => None,
            Symbol::Opaque => Some(Symbol::Opaque),
        }
    }

    /// An element of an array; nothing where there surely is none.
    pub fn element_of(&mut self, symbol: &Symbol, index: i64) -> Option<Symbol> {
        let at = |len: usize| {
            let back = usize::try_from(index.unsigned_abs()).ok()?;
            usize::try_from(index)
                .ok()
                .or_else(|| len.checked_sub(back))
        };
        match symbol {
            Symbol::Known(value) => {
                let items = value.as_array()?;
                items.get(at(items.len())?).cloned().map(Symbol::Known)
            }
            Symbol::Hole(hole) => self.element(*hole, index).map(Symbol::Hole),
            Symbol::Array(items) => items.items.get(at(items.items.len())?).cloned(),
            Symbol::Each(items) => items.items.first().cloned(),
            Symbol::Opaque => Some(Symbol::Opaque),
            Symbol::Object(_) => None,
        }
    }

    /// The value at the end of a path, and what it asks for on the way.
    pub fn at(&mut self, path: &Path, root: &Symbol, look: Look) -> Option<Symbol> {
        let outline = path.outline();
        let last = outline.len().saturating_sub(1);
        let mut current = root.clone();
        let mut is_list = false;
        for (index, asked) in outline.iter().enumerate() {
            let look = if index == last { look } else { Look::Ask };
            current = match asked {
                Asked::Member(name) => self.member_of(&current, name, look)?,
                Asked::Members(names) => {
                    let members = names.iter().map(|name| {
                        let member = self.member_of(&current, name, look)?;
                        Some((name.clone(), member))
                    });
                    Symbol::object(members.collect::<Option<_>>()?)
                }
                Asked::Element(index) => self.element_of(&current, *index)?,
                Asked::Elements => {
                    is_list = true;
                    self.some_element(&current)?
                }
                Asked::Elementwise(places) => {
                    is_list = true;
                    let element = self.some_element(&current)?;
                    for (names, value) in places {
                        self.put(&element, names, value.as_ref());
                    }
                    element
                }
                Asked::Anywhere => {
                    is_list = true;
                    current
                }
                Asked::Function => {
                    self.element_of(&current, 0);
                    return Some(Symbol::Opaque);
                }
            };
        }
        Some(match is_list {
            true => Symbol::each(current),
            false => current,
        })
    }

    /// One element that may stand for all.
    fn some_element(&mut self, symbol: &Symbol) -> Option<Symbol> {
        match symbol {
            Symbol::Known(Value::Object(object)) => {
                object.values().next().cloned().map(Symbol::Known)
            }
            other => self.element_of(other, 0),
        }
    }

    /// Makes a value stand at a place below holes.
    fn put(&mut self, symbol: &Symbol, names: &[Arc<str>], value: Option<&Value>) {
        let mut current = symbol.clone();
        for name in names {
            match self.member_of(&current, name, Look::Ask) {
                Some(member) => current = member,
                None => return,
            }
        }
        if let (Symbol::Hole(hole), Some(value)) = (current, value) {
            self.set_usual(hole, value);
        }
    }

    /// A value with another one put into a place, as `ResultPath` does it.
    pub fn with_at(&mut self, symbol: Symbol, names: &[Asked], value: Symbol) -> Symbol {
        let Some((first, rest)) = names.split_first() else {
            return value;
        };
        let Asked::Member(name) = first else {
            return symbol;
        };
        let inner = match rest.is_empty() {
            true => value,
            false => {
                let inner = self.member_of(&symbol, name, Look::Only);
                let inner = inner.unwrap_or(Symbol::Known(Value::empty_object()));
                self.with_at(inner, rest, value)
            }
        };
        symbol.with(name.clone(), inner)
    }

    /// A value with every hole filled as it stands.
    pub fn fill_in(&self, symbol: &Symbol) -> Value {
        let mut left = MAX_FILLED;
        self.fill_within(symbol, &mut left)
    }

    /// Shared parts are filled again wherever they stand, so their number is bounded.
    fn fill_within(&self, symbol: &Symbol, left: &mut usize) -> Value {
        let Some(rest) = left.checked_sub(1) else {
            return Value::Null;
        };
        *left = rest;
        match symbol {
            Symbol::Known(value) => value.clone(),
            Symbol::Hole(hole) => self.value(*hole).unwrap_or_default(),
            Symbol::Object(members) => {
                let base = self.fill_within(&members.base, left);
                let mut object = match base {
                    Value::Object(object) => Arc::unwrap_or_clone(object),
                    _ => Object::default(),
                };
                for (name, symbol) in &members.own {
                    object.insert(name.clone(), self.fill_within(symbol, left));
                }
                object.into()
            }
            Symbol::Array(items) | Symbol::Each(items) => items
                .items
                .iter()
                .map(|item| self.fill_within(item, left))
                .collect(),
            Symbol::Opaque => "text".into(),
        }
    }
}
