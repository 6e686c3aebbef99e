//! Holes: values that are not known yet, and what a machine asks of them.

use std::sync::Arc;

use indexmap::IndexMap;

use super::sample::{candidates, is_of_kind, sample};
use crate::asl::Operator;
use crate::execution::interpreter::holds;
use crate::source::json::{Object, Value};

/// A place of the input or of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct HoleId(usize);

/// All holes of one machine.
#[derive(Clone, Debug, Default)]
pub(super) struct Holes(Vec<Hole>);

/// What stands around a hole; each is bounded, as values grow with all of them.
#[derive(Clone, Copy, Debug, Default)]
struct Around {
    depth: usize,
    arrays: usize,
    texts: usize,
}

const MAX_DEPTH: usize = 64;
/// An array that a high index asks for is not filled up to it, and arrays in arrays in
/// arrays have one element.
const MOST_ITEMS: usize = 8;
const MOST_FILLED_ARRAYS: usize = 2;
/// Quotes double with every text in a text.
const MOST_TEXTS: usize = 3;
/// Parts of a text that is split.
const MOST_PARTS: usize = 32;

#[derive(Clone, Debug)]
struct Hole {
    /// The last name on the way to it, which tells what could stand here.
    name: Arc<str>,
    content: Content,
    tests: Vec<Test>,
    presence: Presence,
    around: Around,
    /// What usually stands here.
    usual: Option<Value>,
}

#[derive(Clone, Debug)]
enum Content {
    Unknown,
    Object(IndexMap<Arc<str>, HoleId>),
    Array {
        item: HoleId,
        count: usize,
    },
    /// A string that is the text of another value.
    Json(HoleId),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Presence {
    /// Only there if something inside is asked for.
    Free,
    Needed,
    Refused,
}

/// A comparison of a Choice Rule, and how it is to turn out.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Test {
    pub operator: Operator,
    pub operand: Value,
    pub is_wanted: bool,
}

impl Test {
    fn passes(&self, value: &Value) -> bool {
        holds(self.operator, value, &self.operand) == self.is_wanted
    }
}

impl Holes {
    /// A hole that nothing was asked of yet.
    pub fn add(&mut self, name: impl Into<Arc<str>>) -> HoleId {
        self.add_inside(name, Around::default())
    }

    fn add_inside(&mut self, name: impl Into<Arc<str>>, around: Around) -> HoleId {
        self.0.push(Hole {
            name: name.into(),
            content: Content::Unknown,
            tests: Vec::new(),
            presence: Presence::Free,
            around,
            usual: None,
        });
        HoleId(self.0.len() - 1)
    }

    /// A hole in which `usual` stands as far as nothing else is asked.
    pub fn add_usual(&mut self, name: impl Into<Arc<str>>, usual: &Value) -> HoleId {
        let id = self.add(name);
        self.fill(id, usual);
        id
    }

    fn fill(&mut self, id: HoleId, usual: &Value) {
        self.need(id);
        match usual {
            Value::Object(object) if !object.is_empty() => {
                self.object(id);
                for (name, value) in object.iter() {
                    if let Some(member) = self.member(id, name)
                        && !value.is_null()
                    {
                        self.fill(member, value);
                    }
                }
            }
            Value::Array(_) => {
                if let Some(item) = self.element(id, 0)
                    && let Some(value) = usual.at(0)
                {
                    self.fill(item, value);
                }
            }
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Object(_) => {
                self.set_usual(id, usual);
            }
        }
    }

    /// What stands around a hole inside this one; nothing where it is too much.
    fn around(&self, id: HoleId, arrays: usize, texts: usize) -> Option<Around> {
        let outer = self.get(id)?.around;
        let around = Around {
            depth: outer.depth + 1,
            arrays: outer.arrays + arrays,
            texts: outer.texts + texts,
        };
        (around.depth <= MAX_DEPTH && around.texts <= MOST_TEXTS).then_some(around)
    }

    fn get(&self, id: HoleId) -> Option<&Hole> {
        self.0.get(id.0)
    }

    fn get_mut(&mut self, id: HoleId) -> Option<&mut Hole> {
        self.0.get_mut(id.0)
    }

    /// Asks for a value; whether there may be one.
    pub fn need(&mut self, id: HoleId) -> bool {
        let Some(hole) = self.get_mut(id) else {
            return false;
        };
        if hole.presence == Presence::Free {
            hole.presence = Presence::Needed;
        }
        hole.presence == Presence::Needed
    }

    /// Says what usually stands in a place.
    pub fn set_usual(&mut self, id: HoleId, usual: &Value) {
        if let Some(hole) = self.get_mut(id) {
            hole.usual = Some(usual.clone());
        }
    }

    /// Asks for a text that falls into parts, of which there is one at `index`.
    pub fn split(&mut self, id: HoleId, separators: &str, index: i64) {
        let Some(hole) = self.get_mut(id) else { return };
        let (Ok(index), Some(separator)) = (usize::try_from(index), separators.get(..1)) else {
            return;
        };
        let parts = |text: &str| text.split(|char| separators.contains(char)).count();
        let usual = hole.usual.as_ref().and_then(Value::as_str);
        let mut text = usual.unwrap_or(&hole.name).to_owned();
        while parts(&text) <= index.min(MOST_PARTS) {
            text.push_str(separator);
            text.push_str("part");
        }
        hole.usual = Some(text.into());
    }

    /// Asks for there being nothing; whether that is possible.
    pub fn refuse(&mut self, id: HoleId) -> bool {
        let is_free = !self.is_needed(id);
        if let Some(hole) = self.get_mut(id)
            && is_free
        {
            hole.presence = Presence::Refused;
        }
        is_free
    }

    fn is_needed(&self, id: HoleId) -> bool {
        let Some(hole) = self.get(id) else {
            return false;
        };
        let is_filled = match &hole.content {
            Content::Object(members) => members.values().any(|member| self.is_needed(*member)),
            Content::Array { .. } | Content::Json(_) => true,
            Content::Unknown => false,
        };
        hole.presence == Presence::Needed || is_filled
    }

    /// Makes it an object; whether it can be one.
    pub fn object(&mut self, id: HoleId) -> bool {
        let empty = Value::empty_object();
        let Some(hole) = self.get_mut(id) else {
            return false;
        };
        match hole.content {
            Content::Object(_) => true,
            Content::Unknown
                if hole.presence != Presence::Refused
                    && hole.tests.iter().all(|test| test.passes(&empty)) =>
            {
                hole.content = Content::Object(IndexMap::new());
                true
            }
            Content::Unknown | Content::Array { .. } | Content::Json(_) => false,
        }
    }

    /// The member of an object, whether there is one or not; nothing if this cannot be an object.
    pub fn member(&mut self, id: HoleId, name: &Arc<str>) -> Option<HoleId> {
        if !self.object(id) {
            return None;
        }
        let Content::Object(members) = &self.get(id)?.content else {
            return None;
        };
        if let Some(member) = members.get(name) {
            return Some(*member);
        }
        let around = self.around(id, 0, 0)?;
        let member = self.add_inside(name.clone(), around);
        if let Content::Object(members) = &mut self.get_mut(id)?.content {
            members.insert(name.clone(), member);
        }
        Some(member)
    }

    /// The element of an array, of which all are alike; nothing if this cannot be an array.
    pub fn element(&mut self, id: HoleId, index: i64) -> Option<HoleId> {
        let arrays = self.get(id)?.around.arrays;
        let most = if arrays < MOST_FILLED_ARRAYS {
            MOST_ITEMS
        } else {
            1
        };
        let least = usize::try_from(index).map_or(1, |index| index.saturating_add(1));
        let least = least.min(most);
        let empty = Value::from(Vec::new());
        let hole = self.get(id)?;
        let can_be =
            hole.presence != Presence::Refused && hole.tests.iter().all(|test| test.passes(&empty));
        match hole.content {
            Content::Array { item, .. } => {
                if let Content::Array { count, .. } = &mut self.get_mut(id)?.content {
                    *count = (*count).max(least);
                }
                Some(item)
            }
            Content::Unknown if can_be => {
                let name: Arc<str> = singular(&hole.name).into();
                let around = self.around(id, 1, 0)?;
                let item = self.add_inside(name, around);
                self.need(item);
                self.get_mut(id)?.content = Content::Array { item, count: least };
                Some(item)
            }
            Content::Unknown | Content::Object(_) | Content::Json(_) => None,
        }
    }

    /// The value whose text it is; nothing if this cannot be a string.
    pub fn json(&mut self, id: HoleId) -> Option<HoleId> {
        let hole = self.get(id)?;
        match hole.content {
            Content::Json(inner) => Some(inner),
            Content::Unknown if hole.tests.is_empty() => {
                let around = self.around(id, 0, 1)?;
                let inner = self.add_inside("", around);
                self.need(inner);
                self.get_mut(id)?.content = Content::Json(inner);
                Some(inner)
            }
            Content::Unknown | Content::Object(_) | Content::Array { .. } => None,
        }
    }

    /// Asks for an outcome of a comparison; whether a value can have it beside all that
    /// was asked before.
    pub fn test(&mut self, id: HoleId, test: Test) -> bool {
        if !self.need(id) {
            return false;
        }
        let Some(hole) = self.get_mut(id) else {
            return false;
        };
        if hole.tests.contains(&test) {
            return true;
        }
        hole.tests.push(test);
        let is_possible = self.choose(id).is_some();
        if let Some(hole) = self.get_mut(id)
            && !is_possible
        {
            hole.tests.pop();
        }
        is_possible
    }

    /// The value that fills a hole; nothing where nothing is to be.
    pub fn value(&self, id: HoleId) -> Option<Value> {
        if !self.is_needed(id) {
            return None;
        }
        self.choose(id)
    }

    fn choose(&self, id: HoleId) -> Option<Value> {
        let hole = self.get(id)?;
        let fits = |value: &Value| hole.tests.iter().all(|test| test.passes(value));
        let value = match &hole.content {
            Content::Object(members) => {
                let members = members
                    .iter()
                    .filter_map(|(name, member)| Some((name.clone(), self.value(*member)?)));
                members.collect::<Object>().into()
            }
            Content::Array { item, count } => {
                let item = self.value(*item).unwrap_or_default();
                vec![item; *count].into()
            }
            Content::Json(inner) => self.value(*inner).unwrap_or_default().to_string().into(),
            Content::Unknown => {
                let sample = sample(&hole.name);
                // A text is not false, but who compares with `false` means a boolean.
                let is_kind = hole.tests.iter().all(|test| is_of_kind(test, &sample));
                let usual = hole.usual.clone().into_iter();
                let likely = usual.chain(Some(sample.clone()).filter(|_| is_kind));
                let asked = hole.tests.iter().flat_map(candidates);
                return likely.chain(asked).chain([sample]).find(fits);
            }
        };
        Some(value).filter(fits)
    }
}

fn singular(name: &str) -> &str {
    name.strip_suffix('s')
        .filter(|name| !name.is_empty())
        .unwrap_or(name)
}
