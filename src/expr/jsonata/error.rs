//! What is wrong with an expression, or with the values that it meets.

use std::fmt;

use super::ast::Node;
use super::code::Code;
use super::value::{Val, quoted};

/// An error with JSONata's code, message, position and token.
///
/// Syntax and evaluation share the type, as they share the codes: `$eval` turns one into
/// the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Error(Box<Inner>);

#[derive(Clone, Debug, PartialEq)]
struct Inner {
    code: Code,
    spot: Spot,
    /// The innermost place of the expression around a spot that is not in it.
    around: Option<u32>,
    /// The spot in UTF-16 code units, known once the error has met its text.
    position: Option<usize>,
    facts: Vec<(&'static str, Fact)>,
}

/// Where something is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Spot {
    #[default]
    Nowhere,
    /// In bytes of the expression; one past the token at fault.
    Here(u32),
    /// In a text that the reference made up to put functions together.
    MadeUp(u32),
}

impl Spot {
    /// Whether it is a place. The reference takes a position of zero for none.
    pub(crate) fn is_known(self) -> bool {
        !matches!(self, Spot::Nowhere | Spot::Here(0))
    }
}

impl From<u32> for Spot {
    fn from(offset: u32) -> Self {
        Spot::Here(offset)
    }
}

/// A value that stands in a message.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Fact {
    /// A text; quoted where the template asks for JSON.
    Text(String),
    /// JSON already.
    Json(String),
}

impl Error {
    pub(crate) fn new(code: Code) -> Self {
        Self(Box::new(Inner {
            code,
            spot: Spot::Nowhere,
            around: None,
            position: None,
            facts: Vec::new(),
        }))
    }

    /// An error that brings its code and its whole sentence along.
    pub(crate) fn foreign(code: Code, message: &dyn fmt::Display) -> Self {
        Self::new(code).text("message", message.to_string())
    }

    /// The error at a place of the expression.
    pub(crate) fn at(code: Code, offset: u32) -> Self {
        Self::new(code).move_to(offset)
    }

    /// The error of a node, which the reference may have no place for.
    pub(crate) fn of(code: Code, node: &Node) -> Self {
        let mut error = Self::new(code).move_to(node.spot());
        error.0.around = Some(node.position);
        error
    }

    /// Adds a fact that is a text.
    pub(crate) fn text(self, name: &'static str, text: impl Into<String>) -> Self {
        self.fact(name, Fact::Text(text.into()))
    }

    /// Adds a fact that is a number.
    pub(crate) fn number(self, name: &'static str, number: f64) -> Self {
        self.fact(name, Fact::Json(super::number::to_exact_json(number)))
    }

    /// Adds the token.
    pub(crate) fn token(self, token: impl Into<String>) -> Self {
        self.text("token", token)
    }

    /// Adds a fact that is any value.
    pub(crate) fn value(self, name: &'static str, value: Option<&Val>) -> Self {
        match value {
            None | Some(Val::Function(_)) => self,
            Some(Val::Str(text)) => self.text(name, &**text),
            Some(value) => self.fact(name, Fact::Json(value.to_message())),
        }
    }

    pub(crate) fn fact(mut self, name: &'static str, fact: Fact) -> Self {
        self.0.facts.retain(|(known, _)| *known != name);
        self.0.facts.push((name, fact));
        self
    }

    /// Moves the error to a place.
    pub(crate) fn move_to(mut self, spot: impl Into<Spot>) -> Self {
        self.0.spot = spot.into();
        self
    }

    /// Moves the error to a place, if that is known.
    pub(crate) fn move_to_known(self, spot: Spot) -> Self {
        match spot.is_known() {
            true => self.move_to(spot),
            false => self,
        }
    }

    /// Moves the error to a place unless it has one.
    pub(crate) fn or_at(mut self, spot: impl Into<Spot>) -> Self {
        let spot = spot.into();
        if !self.0.spot.is_known() {
            self.0.spot = spot;
        } else if let Spot::Here(offset) = spot {
            self.0.around.get_or_insert(offset);
        }
        self
    }

    /// Adds the token unless there is one.
    pub(crate) fn or_token(self, token: &str) -> Self {
        if self.find("token").is_some() {
            return self;
        }
        self.token(token)
    }

    /// Counts the position in the text that was evaluated.
    pub(crate) fn locate(mut self, text: &str) -> Self {
        if self.0.position.is_none() {
            self.0.position = match self.0.spot {
                Spot::Nowhere => None,
                Spot::Here(offset) => {
                    let before = text.get(..offset as usize).unwrap_or(text);
                    Some(before.encode_utf16().count())
                }
                Spot::MadeUp(position) => Some(position as usize),
            };
        }
        self
    }

    /// The code.
    pub fn code(&self) -> Code {
        self.0.code
    }

    /// Where the token at fault ends: in UTF-16 code units from the start of the
    /// expression, as editors and the reference count.
    pub fn position(&self) -> Option<usize> {
        self.0.position
    }

    /// The same place in bytes; the nearest one around it where the reference tells of none, or
    /// of one in a text of its own.
    pub fn offset(&self) -> Option<usize> {
        let offset = match self.0.spot {
            Spot::Here(offset) => Some(offset),
            Spot::Nowhere | Spot::MadeUp(_) => self.0.around,
        };
        offset.map(|offset| offset as usize)
    }

    /// The operator, function or name at fault.
    pub fn token_text(&self) -> Option<&str> {
        match self.find("token")? {
            Fact::Text(text) | Fact::Json(text) => Some(text),
        }
    }

    /// The token as JSON.
    pub fn token_json(&self) -> Option<String> {
        self.find("token").map(Fact::to_json)
    }

    /// Whether it is a limit of this engine rather than an error of the language.
    pub fn is_limit(&self) -> bool {
        self.0.code == Code::U1001
    }

    fn find(&self, name: &str) -> Option<&Fact> {
        let mut facts = self.0.facts.iter();
        facts
            .find(|(known, _)| *known == name)
            .map(|(_, fact)| fact)
    }
}

impl Fact {
    fn to_json(&self) -> String {
        match self {
            Fact::Text(text) => quoted(text),
            Fact::Json(json) => json.clone(),
        }
    }
}

impl fmt::Display for Error {
    /// The message, word for word as the reference puts it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0.code.template();
        while let Some((before, after)) = rest.split_once("{{") {
            f.write_str(before)?;
            let is_bare = after.starts_with('{');
            let (open, close) = if is_bare { ("{", "}}}") } else { ("", "}}") };
            let Some((name, after)) = after.split_once(close) else {
                return f.write_str(rest);
            };
            match self.find(name.trim_start_matches(open)) {
                None => f.write_str("undefined")?,
                Some(Fact::Text(text)) if is_bare => f.write_str(text)?,
                Some(fact) => f.write_str(&fact.to_json())?,
            }
            rest = after;
        }
        f.write_str(rest)
    }
}

impl std::error::Error for Error {}
