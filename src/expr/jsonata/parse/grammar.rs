//! From tokens to the syntax tree, by binding powers (Pratt's way).

use std::sync::Arc;

use super::MAX_NESTING;
use super::raw::{Raw, RawKind, RawTerm};
use super::token::{Lexer, Operator, Slash, Token, TokenKind};
use crate::expr::jsonata::code::Code;
use crate::expr::jsonata::error::Error;
use crate::expr::jsonata::number::to_json;
use crate::expr::jsonata::signature::Signature;

/// Reads a whole expression.
pub(super) fn read(text: &str) -> Result<Raw<'_>, Error> {
    let mut grammar = Grammar::new(text)?;
    let raw = grammar.expression(0)?;
    match grammar.next.kind {
        TokenKind::End => Ok(raw),
        _ => Err(grammar.error_here(Code::S0201)),
    }
}

/// The reader and the one token that it looks ahead.
struct Grammar<'a> {
    lexer: Lexer<'a>,
    next: Token<'a>,
    /// Where the last token that was taken ends.
    end: u32,
    depth: u32,
}

impl<'a> Grammar<'a> {
    fn new(text: &'a str) -> Result<Self, Error> {
        let mut lexer = Lexer::new(text);
        let next = lexer.next(Slash::Regex)?;
        Ok(Self {
            lexer,
            next,
            end: 0,
            depth: 0,
        })
    }

    /// Takes the next token; `slash` says what a slash after it would mean.
    fn advance(&mut self, slash: Slash) -> Result<Token<'a>, Error> {
        self.end = self.next.end;
        let next = self.lexer.next(slash)?;
        Ok(std::mem::replace(&mut self.next, next))
    }

    fn is_next(&self, operator: Operator) -> bool {
        matches!(self.next.kind, TokenKind::Operator(next) if next == operator)
    }

    /// Takes the operator that must come now.
    fn expect(&mut self, operator: Operator, slash: Slash) -> Result<(), Error> {
        if self.is_next(operator) {
            return self.advance(slash).map(drop);
        }
        let code = match self.next.kind {
            TokenKind::End => Code::S0203,
            _ => Code::S0202,
        };
        Err(self.error_here(code).text("value", operator.as_str()))
    }

    fn take(&mut self, operator: Operator) -> Result<bool, Error> {
        let is_next = self.is_next(operator);
        if is_next {
            self.advance(Slash::Regex)?;
        }
        Ok(is_next)
    }

    fn error_here(&self, code: Code) -> Error {
        let error = Error::at(code, self.next.end);
        self.next.kind.describe(error, "token")
    }

    /// Reads an expression whose operators bind more tightly than `power`.
    fn expression(&mut self, power: u8) -> Result<Raw<'a>, Error> {
        self.depth += 1;
        if self.depth > MAX_NESTING {
            return Err(super::too_deep(self.next.end));
        }
        let token = self.advance(Slash::Divide)?;
        let mut left = self.prefix(token)?;
        while let TokenKind::Operator(operator) = self.next.kind {
            if binding_power(operator) <= power {
                break;
            }
            let token = self.advance(Slash::Regex)?;
            left = self.infix(left, operator, token.end)?;
        }
        self.depth -= 1;
        Ok(left)
    }

    fn node(&self, kind: RawKind<'a>, start: u32, position: u32) -> Result<Raw<'a>, Error> {
        Ok(Raw {
            depth: above(kind.child_depth(), position)?,
            kind,
            start,
            end: self.end,
            position,
            keep_array: false,
        })
    }

    /// A token where an operand is due.
    fn prefix(&mut self, token: Token<'a>) -> Result<Raw<'a>, Error> {
        let Token { kind, start, end } = token;
        let kind = match kind {
            TokenKind::Name(name) => RawKind::Name(name),
            TokenKind::Variable(name) => RawKind::Variable(name),
            TokenKind::String(text) => RawKind::String(text),
            TokenKind::Number(number) => RawKind::Number(number),
            TokenKind::Bool(bool) => RawKind::Bool(bool),
            TokenKind::Null => RawKind::Null,
            TokenKind::Regex(regex) => RawKind::Regex(regex),
            // A bracket that is not closed is the better complaint, so this one waits.
            TokenKind::End => RawKind::End,
            TokenKind::Operator(operator) => match operator {
                Operator::And | Operator::Or | Operator::In => RawKind::Operator(operator),
                Operator::Minus => RawKind::Negate(Box::new(self.expression(70)?)),
                Operator::Star => RawKind::Wildcard,
                Operator::Power => RawKind::Descendants,
                Operator::Percent => RawKind::Parent,
                Operator::OpenParen => self.block()?,
                Operator::OpenBracket => self.array()?,
                Operator::OpenBrace => RawKind::Object(self.pairs()?),
                Operator::Bar => self.transform()?,
                _ => return Err(Error::at(Code::S0211, end).token(operator.as_str())),
            },
        };
        self.node(kind, start, end)
    }

    /// An operator after an operand; what `position` is past.
    fn infix(
        &mut self,
        left: Raw<'a>,
        operator: Operator,
        position: u32,
    ) -> Result<Raw<'a>, Error> {
        if operator == Operator::Dot {
            return self.step(left, position);
        }
        let start = left.start;
        let left = Box::new(left);
        let kind = match operator {
            Operator::OpenParen => return self.call(left, position),
            Operator::OpenBracket => return self.predicate(left, position),
            Operator::OpenBrace => RawKind::Group(left, self.pairs()?),
            Operator::Caret => RawKind::Sort(left, self.terms()?),
            Operator::Question => self.condition(left)?,
            Operator::Assign => {
                if !matches!(left.kind, RawKind::Variable(_)) {
                    let error = Error::at(Code::S0212, left.position);
                    return Err(describe(&left, error));
                }
                RawKind::Binary(operator, left, Box::new(self.expression(9)?))
            }
            Operator::At | Operator::Hash => {
                let right = self.expression(80)?;
                if !matches!(right.kind, RawKind::Variable(_)) {
                    return Err(Error::at(Code::S0214, right.position).token(operator.as_str()));
                }
                RawKind::Binary(operator, left, Box::new(right))
            }
            _ => {
                let right = self.expression(binding_power(operator))?;
                RawKind::Binary(operator, left, Box::new(right))
            }
        };
        self.node(kind, start, position)
    }

    /// What follows a dot: one more step of the path that stands before it.
    fn step(&mut self, mut left: Raw<'a>, position: u32) -> Result<Raw<'a>, Error> {
        let right = self.expression(binding_power(Operator::Dot))?;
        let RawKind::Path(steps) = &mut left.kind else {
            let start = left.start;
            return self.node(RawKind::Path(vec![left, right]), start, position);
        };
        left.depth = above(left.depth.max(right.depth), position)?;
        steps.push(right);
        left.end = self.end;
        left.position = position;
        Ok(left)
    }

    fn block(&mut self) -> Result<RawKind<'a>, Error> {
        let mut expressions = Vec::new();
        while !self.is_next(Operator::CloseParen) {
            expressions.push(self.expression(0)?);
            if !self.take(Operator::Semicolon)? {
                break;
            }
        }
        self.expect(Operator::CloseParen, Slash::Divide)?;
        Ok(RawKind::Block(expressions))
    }

    fn array(&mut self) -> Result<RawKind<'a>, Error> {
        let mut items = Vec::new();
        if !self.is_next(Operator::CloseBracket) {
            loop {
                let mut item = self.expression(0)?;
                if self.is_next(Operator::Range) {
                    let position = self.advance(Slash::Regex)?.end;
                    let start = item.start;
                    let right = Box::new(self.expression(0)?);
                    let kind = RawKind::Binary(Operator::Range, Box::new(item), right);
                    item = self.node(kind, start, position)?;
                }
                items.push(item);
                if !self.take(Operator::Comma)? {
                    break;
                }
            }
        }
        self.expect(Operator::CloseBracket, Slash::Divide)?;
        Ok(RawKind::Array(items))
    }

    fn pairs(&mut self) -> Result<Vec<(Raw<'a>, Raw<'a>)>, Error> {
        let mut pairs = Vec::new();
        if !self.is_next(Operator::CloseBrace) {
            loop {
                let key = self.expression(0)?;
                self.expect(Operator::Colon, Slash::Regex)?;
                pairs.push((key, self.expression(0)?));
                if !self.take(Operator::Comma)? {
                    break;
                }
            }
        }
        self.expect(Operator::CloseBrace, Slash::Divide)?;
        Ok(pairs)
    }

    fn terms(&mut self) -> Result<Vec<RawTerm<'a>>, Error> {
        self.expect(Operator::OpenParen, Slash::Regex)?;
        let mut terms = Vec::new();
        loop {
            let is_descending = !self.take(Operator::Less)? && self.take(Operator::Greater)?;
            terms.push(RawTerm {
                is_descending,
                expression: self.expression(0)?,
            });
            if !self.take(Operator::Comma)? {
                break;
            }
        }
        self.expect(Operator::CloseParen, Slash::Regex)?;
        Ok(terms)
    }

    fn transform(&mut self) -> Result<RawKind<'a>, Error> {
        let pattern = Box::new(self.expression(0)?);
        self.expect(Operator::Bar, Slash::Regex)?;
        let update = Box::new(self.expression(0)?);
        let delete = match self.take(Operator::Comma)? {
            true => Some(Box::new(self.expression(0)?)),
            false => None,
        };
        self.expect(Operator::Bar, Slash::Regex)?;
        Ok(RawKind::Transform {
            pattern,
            update,
            delete,
        })
    }

    fn condition(&mut self, condition: Box<Raw<'a>>) -> Result<RawKind<'a>, Error> {
        let then = Box::new(self.expression(0)?);
        let otherwise = match self.take(Operator::Colon)? {
            true => Some(Box::new(self.expression(0)?)),
            false => None,
        };
        Ok(RawKind::Condition {
            condition,
            then,
            otherwise,
        })
    }

    /// `[…]` after an operand: a predicate, or the wish to keep an array.
    fn predicate(&mut self, mut left: Box<Raw<'a>>, position: u32) -> Result<Raw<'a>, Error> {
        if self.is_next(Operator::CloseBracket) {
            keep_array(&mut left);
            self.advance(Slash::Regex)?;
            left.end = self.end;
            return Ok(*left);
        }
        let start = left.start;
        let right = Box::new(self.expression(0)?);
        self.expect(Operator::CloseBracket, Slash::Divide)?;
        let kind = RawKind::Binary(Operator::OpenBracket, left, right);
        self.node(kind, start, position)
    }

    fn call(&mut self, procedure: Box<Raw<'a>>, position: u32) -> Result<Raw<'a>, Error> {
        let mut arguments = Vec::new();
        let mut is_partial = false;
        if !self.is_next(Operator::CloseParen) {
            loop {
                if self.is_next(Operator::Question) {
                    is_partial = true;
                    let Token { start, end, .. } = self.advance(Slash::Regex)?;
                    let kind = RawKind::Operator(Operator::Question);
                    arguments.push(self.node(kind, start, end)?);
                } else {
                    arguments.push(self.expression(0)?);
                }
                if !self.take(Operator::Comma)? {
                    break;
                }
            }
        }
        self.expect(Operator::CloseParen, Slash::Divide)?;
        let start = procedure.start;
        let kind = match &procedure.kind {
            RawKind::Name("function" | "λ") => self.lambda(&arguments)?,
            _ => RawKind::Call {
                procedure,
                arguments,
                is_partial,
            },
        };
        self.node(kind, start, position)
    }

    fn lambda(&mut self, arguments: &[Raw<'a>]) -> Result<RawKind<'a>, Error> {
        let mut parameters = Vec::new();
        for (index, argument) in arguments.iter().enumerate() {
            let RawKind::Variable(name) = &argument.kind else {
                let error = Error::at(Code::S0208, argument.position);
                return Err(describe(argument, error).number("value", (index + 1) as f64));
            };
            parameters.push(*name);
        }
        let signature = match self.is_next(Operator::Less) {
            true => Some(Arc::new(self.signature(self.next.end)?)),
            false => None,
        };
        self.expect(Operator::OpenBrace, Slash::Regex)?;
        let body = Box::new(self.expression(0)?);
        self.expect(Operator::CloseBrace, Slash::Regex)?;
        Ok(RawKind::Lambda {
            parameters,
            signature,
            body,
        })
    }

    /// A signature is put together from tokens, so blanks in it do not count.
    fn signature(&mut self, position: u32) -> Result<Signature, Error> {
        let mut text = String::from("<");
        let mut depth = 1;
        while depth > 0 && !self.is_next(Operator::OpenBrace) {
            self.advance(Slash::Regex)?;
            match &self.next.kind {
                TokenKind::Operator(operator) => {
                    depth += match operator {
                        Operator::Less => 1,
                        Operator::Greater => -1,
                        _ => 0,
                    };
                    text.push_str(operator.as_str());
                }
                TokenKind::Name(part) | TokenKind::Variable(part) => text.push_str(part),
                TokenKind::String(part) => text.push_str(part),
                TokenKind::End => break,
                TokenKind::Number(number) => text.push_str(&to_json(*number)),
                TokenKind::Bool(bool) => text.push_str(if *bool { "true" } else { "false" }),
                TokenKind::Null => text.push_str("null"),
                // As JavaScript shows it, looking for all matches.
                TokenKind::Regex(regex) => {
                    let (pattern, flags) = regex.rsplit_once('/').unwrap_or((regex, ""));
                    text.push('/');
                    text.push_str(pattern);
                    text.push_str("/g");
                    text.extend("im".chars().filter(|flag| flags.contains(*flag)));
                }
            }
        }
        self.expect(Operator::Greater, Slash::Regex)?;
        Signature::parse(&text).map_err(|(error, offset)| error.move_to(position + offset))
    }
}

/// The depth of a node around others.
fn above(depth: u32, position: u32) -> Result<u32, Error> {
    match depth < MAX_NESTING {
        true => Ok(depth + 1),
        false => Err(super::too_deep(position)),
    }
}

/// Marks the step that `[]` belongs to: the one before all predicates.
fn keep_array(raw: &mut Raw) {
    match &mut raw.kind {
        RawKind::Binary(Operator::OpenBracket, left, _) => keep_array(left),
        _ => raw.keep_array = true,
    }
}

/// How tightly an operator binds to the operand before it.
fn binding_power(operator: Operator) -> u8 {
    match operator {
        Operator::OpenBracket | Operator::OpenParen | Operator::At | Operator::Hash => 80,
        Operator::Dot => 75,
        Operator::OpenBrace => 70,
        Operator::Star | Operator::Slash | Operator::Percent => 60,
        Operator::Plus | Operator::Minus | Operator::Ampersand => 50,
        Operator::Equal
        | Operator::NotEqual
        | Operator::Less
        | Operator::LessOrEqual
        | Operator::Greater
        | Operator::GreaterOrEqual
        | Operator::In
        | Operator::Caret
        | Operator::Chain => 40,
        Operator::And => 30,
        Operator::Or => 25,
        Operator::Question => 20,
        Operator::Assign => 10,
        Operator::CloseBracket
        | Operator::CloseBrace
        | Operator::CloseParen
        | Operator::Comma
        | Operator::Semicolon
        | Operator::Colon
        | Operator::Bar
        | Operator::Power
        | Operator::Range
        | Operator::Bang
        | Operator::Tilde => 0,
    }
}

/// Adds what stands for a node in messages: the value of its token.
fn describe(raw: &Raw, error: Error) -> Error {
    let kind = match &raw.kind {
        RawKind::Name(text) => TokenKind::Name(text),
        RawKind::Variable(text) => TokenKind::Variable(text),
        RawKind::String(text) => TokenKind::String(text.clone()),
        RawKind::Number(number) => TokenKind::Number(*number),
        RawKind::Bool(bool) => TokenKind::Bool(*bool),
        RawKind::Null => TokenKind::Null,
        RawKind::Regex(_) => return error.token("{}"),
        RawKind::Operator(operator) | RawKind::Binary(operator, ..) => {
            TokenKind::Operator(*operator)
        }
        RawKind::End => TokenKind::End,
        RawKind::Path(_) => TokenKind::Operator(Operator::Dot),
        RawKind::Wildcard => TokenKind::Operator(Operator::Star),
        RawKind::Descendants => TokenKind::Operator(Operator::Power),
        RawKind::Parent => TokenKind::Operator(Operator::Percent),
        RawKind::Negate(_) => TokenKind::Operator(Operator::Minus),
        RawKind::Array(_) => TokenKind::Operator(Operator::OpenBracket),
        RawKind::Object(_) | RawKind::Group(..) => TokenKind::Operator(Operator::OpenBrace),
        RawKind::Sort(..) => TokenKind::Operator(Operator::Caret),
        RawKind::Block(_) | RawKind::Call { .. } | RawKind::Lambda { .. } => {
            TokenKind::Operator(Operator::OpenParen)
        }
        RawKind::Condition { .. } => TokenKind::Operator(Operator::Question),
        RawKind::Transform { .. } => TokenKind::Operator(Operator::Bar),
    };
    kind.describe(error, "token")
}
