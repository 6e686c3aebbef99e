//! Reading a pattern, with what JavaScript allows for the sake of old pages: braces and
//! brackets that stand for themselves, octal escapes, escapes of anything.

use super::class::Class;
use super::error::Reason;
use super::tree::{Direction, Node, Pattern, Repeat};

/// How deep groups may stand in one another.
const MAX_NESTING: usize = 100;

/// Longest pattern, in units.
const MAX_LEN: usize = 100_000;

pub(super) fn parse(pattern: &str) -> Result<Pattern, Reason> {
    let units: Vec<u16> = pattern.encode_utf16().collect();
    if units.len() > MAX_LEN {
        return Err(Reason::TooLarge);
    }
    let names = group_names(&units)?;
    let mut parser = Parser {
        units: &units,
        at: 0,
        groups: 0,
        depth: 0,
        names: &names,
    };
    let root = parser.choice()?;
    if parser.at < units.len() {
        return Err(Reason::UnmatchedParenthesis);
    }
    Ok(Pattern {
        root,
        groups: parser.groups,
    })
}

struct Parser<'a> {
    units: &'a [u16],
    at: usize,
    /// Groups that have begun.
    groups: usize,
    depth: usize,
    /// Name of every group of the whole pattern, in order.
    names: &'a [Option<String>],
}

/// The capturing groups, found before anything else is read: what `\1` and `\k` mean
/// depends on all of them.
fn group_names(units: &[u16]) -> Result<Vec<Option<String>>, Reason> {
    let mut names: Vec<Option<String>> = Vec::new();
    let mut is_class = false;
    let mut at = 0;
    let is = |at: usize, c: char| units.get(at) == Some(&(c as u16));
    while at < units.len() {
        if is(at, '\\') {
            at += 1;
        } else if is(at, '[') {
            is_class = true;
        } else if is(at, ']') {
            is_class = false;
        } else if is(at, '(') && !is_class {
            if !is(at + 1, '?') {
                names.push(None);
            } else if is(at + 2, '<') && !is(at + 3, '=') && !is(at + 3, '!') {
                let (name, _) = name(units, at + 3).ok_or(Reason::GroupName)?;
                if names.iter().flatten().any(|other| *other == name) {
                    return Err(Reason::DuplicateName);
                }
                names.push(Some(name));
            }
        }
        at += 1;
    }
    Ok(names)
}

/// A name up to `>`, and the place behind that.
fn name(units: &[u16], at: usize) -> Option<(String, usize)> {
    let rest = units.get(at..)?;
    let len = rest.iter().position(|unit| *unit == '>' as u16)?;
    let name = String::from_utf16(rest.get(..len)?).ok()?;
    let mut chars = name.chars();
    let is_start = |c: char| c.is_alphabetic() || c == '$' || c == '_';
    let is_name = chars.next().is_some_and(is_start)
        && chars.all(|c| is_start(c) || c.is_numeric() || c == '\u{200C}' || c == '\u{200D}');
    is_name.then_some((name, at + len + 1))
}

impl Parser<'_> {
    fn peek(&self) -> Option<u16> {
        self.units.get(self.at).copied()
    }

    fn eat(&mut self, c: char) -> bool {
        let is_there = self.peek() == Some(c as u16);
        self.at += usize::from(is_there);
        is_there
    }

    fn eat_all(&mut self, text: &str) -> bool {
        let end = self.at + text.len();
        let is_there = self
            .units
            .get(self.at..end)
            .is_some_and(|units| text.encode_utf16().eq(units.iter().copied()));
        if is_there {
            self.at = end;
        }
        is_there
    }

    fn choice(&mut self) -> Result<Node, Reason> {
        let mut nodes = vec![self.sequence()?];
        while self.eat('|') {
            nodes.push(self.sequence()?);
        }
        Ok(match nodes.len() {
            1 => nodes.pop().unwrap_or(Node::Empty),
            _ => Node::Choice(nodes),
        })
    }

    fn sequence(&mut self) -> Result<Node, Reason> {
        let mut nodes = Vec::new();
        while let Some(unit) = self.peek() {
            if unit == '|' as u16 || unit == ')' as u16 {
                break;
            }
            let first_group = self.groups + 1;
            let node = self.term()?;
            nodes.push(self.quantified(node, first_group)?);
        }
        Ok(match nodes.len() {
            0 => Node::Empty,
            1 => nodes.pop().unwrap_or(Node::Empty),
            _ => Node::Sequence(nodes),
        })
    }

    fn term(&mut self) -> Result<Node, Reason> {
        let Some(unit) = self.peek() else {
            return Ok(Node::Empty);
        };
        let start = self.at;
        self.at += 1;
        Ok(match u8::try_from(unit).unwrap_or(0) {
            b'^' => Node::Start,
            b'$' => Node::End,
            b'.' => Node::Any,
            b'(' => self.group()?,
            b'[' => Node::Class(self.class()?),
            b'\\' => self.escape()?,
            b'*' | b'+' | b'?' => return Err(Reason::NothingToRepeat),
            b'{' => {
                self.at = start;
                if self.braces().is_some() {
                    return Err(Reason::NothingToRepeat);
                }
                self.at = start + 1;
                Node::Unit(unit)
            }
            _ => Node::Unit(unit),
        })
    }

    fn quantified(&mut self, node: Node, first_group: usize) -> Result<Node, Reason> {
        let (min, max) = if self.eat('*') {
            (0, u32::MAX)
        } else if self.eat('+') {
            (1, u32::MAX)
        } else if self.eat('?') {
            (0, 1)
        } else {
            let start = self.at;
            match self.braces() {
                Some(bounds) => bounds,
                None => {
                    self.at = start;
                    return Ok(node);
                }
            }
        };
        if min > max {
            return Err(Reason::QuantifierOrder);
        }
        let is_greedy = !self.eat('?');
        match &node {
            Node::Start | Node::End | Node::Boundary | Node::NoBoundary => {
                return Err(Reason::NothingToRepeat);
            }
            Node::Look { direction, .. } if *direction == Direction::Behind => {
                return Err(Reason::InvalidQuantifier);
            }
            _ => {}
        }
        Ok(Node::Repeat(Box::new(Repeat {
            node,
            min,
            max,
            is_greedy,
            groups: (first_group, self.groups + 1),
        })))
    }

    /// `{2}`, `{2,}` or `{2,3}`.
    fn braces(&mut self) -> Option<(u32, u32)> {
        if !self.eat('{') {
            return None;
        }
        let min = self.number()?;
        let max = if self.eat(',') {
            match self.peek() {
                Some(unit) if unit == '}' as u16 => u32::MAX,
                _ => self.number()?,
            }
        } else {
            min
        };
        self.eat('}').then_some((min, max))
    }

    fn number(&mut self) -> Option<u32> {
        let mut value: Option<u32> = None;
        while let Some(digit) = self.peek().and_then(|unit| digit(unit, 10)) {
            let sum = value.unwrap_or(0).saturating_mul(10);
            value = Some(sum.saturating_add(digit));
            self.at += 1;
        }
        value
    }

    fn group(&mut self) -> Result<Node, Reason> {
        self.depth += 1;
        if self.depth > MAX_NESTING {
            return Err(Reason::TooLarge);
        }
        let look = |direction, is_negative| Some((direction, is_negative));
        let mut number = None;
        let look = if !self.eat('?') {
            self.groups += 1;
            number = Some(self.groups);
            None
        } else if self.eat(':') {
            None
        } else if self.eat('=') {
            look(Direction::Ahead, false)
        } else if self.eat('!') {
            look(Direction::Ahead, true)
        } else if self.eat_all("<=") {
            look(Direction::Behind, false)
        } else if self.eat_all("<!") {
            look(Direction::Behind, true)
        } else if self.eat('<') {
            let (_, end) = name(self.units, self.at).ok_or(Reason::GroupName)?;
            self.at = end;
            self.groups += 1;
            number = Some(self.groups);
            None
        } else {
            return Err(Reason::InvalidGroup);
        };
        let node = Box::new(self.choice()?);
        if !self.eat(')') {
            return Err(Reason::UnterminatedGroup);
        }
        self.depth -= 1;
        Ok(match (look, number) {
            (Some((direction, is_negative)), _) => Node::Look {
                direction,
                is_negative,
                node,
            },
            (None, Some(number)) => Node::Group(number, node),
            // Kept apart, as what cannot be repeated alone can be in parentheses.
            (None, None) => Node::Sequence(vec![*node]),
        })
    }

    /// What follows a backslash outside a class.
    fn escape(&mut self) -> Result<Node, Reason> {
        let unit = self.peek().ok_or(Reason::Backslash)?;
        match u8::try_from(unit).unwrap_or(0) {
            b'b' => {
                self.at += 1;
                return Ok(Node::Boundary);
            }
            b'B' => {
                self.at += 1;
                return Ok(Node::NoBoundary);
            }
            b'k' if self.names.iter().any(Option::is_some) => {
                self.at += 1;
                return self.named_reference();
            }
            b'1'..=b'9' => {
                let start = self.at;
                let number = self.number().unwrap_or(0) as usize;
                if number <= self.names.len() {
                    return Ok(Node::Reference(number));
                }
                self.at = start;
            }
            _ => {}
        }
        if let Some(class) = Class::escape(unit) {
            self.at += 1;
            return Ok(Node::Class(class));
        }
        Ok(Node::Unit(self.character_escape()?))
    }

    fn named_reference(&mut self) -> Result<Node, Reason> {
        if !self.eat('<') {
            return Err(Reason::NamedReference);
        }
        let (name, end) = name(self.units, self.at).ok_or(Reason::NamedReference)?;
        self.at = end;
        let is_named = |group: &Option<String>| group.as_deref() == Some(name.as_str());
        let index = self.names.iter().position(is_named);
        let index = index.ok_or(Reason::UnknownName)?;
        Ok(Node::Reference(index + 1))
    }

    /// An escape that stands for one unit.
    fn character_escape(&mut self) -> Result<u16, Reason> {
        let unit = self.peek().ok_or(Reason::Backslash)?;
        self.at += 1;
        Ok(match u8::try_from(unit).unwrap_or(0) {
            b't' => 0x09,
            b'n' => 0x0A,
            b'v' => 0x0B,
            b'f' => 0x0C,
            b'r' => 0x0D,
            b'c' => match self.peek().and_then(|unit| u8::try_from(unit).ok()) {
                Some(letter) if letter.is_ascii_alphabetic() => {
                    self.at += 1;
                    u16::from(letter % 32)
                }
                _ => {
                    self.at -= 1; // The backslash stands for itself, and `c` follows.
                    '\\' as u16
                }
            },
            b'0'..=b'7' => {
                self.at -= 1;
                self.octal()
            }
            b'x' => self.hex(2).unwrap_or(unit),
            b'u' => self.hex(4).unwrap_or(unit),
            _ => unit,
        })
    }

    /// Up to three octal digits, no more than 377.
    fn octal(&mut self) -> u16 {
        let mut value = 0;
        for _ in 0..3 {
            let Some(digit) = self.peek().and_then(|unit| digit(unit, 8)) else {
                break;
            };
            let next = value * 8 + digit;
            if next > 0o377 {
                break;
            }
            value = next;
            self.at += 1;
        }
        value as u16
    }

    fn hex(&mut self, len: usize) -> Option<u16> {
        let digits = self.units.get(self.at..self.at + len)?;
        let mut value = 0;
        for unit in digits {
            value = value * 16 + digit(*unit, 16)?;
        }
        self.at += len;
        u16::try_from(value).ok()
    }

    /// What stands between brackets.
    fn class(&mut self) -> Result<Class, Reason> {
        let mut class = Class {
            ranges: Vec::new(),
            is_negated: self.eat('^'),
        };
        loop {
            if self.peek().is_none() {
                return Err(Reason::UnterminatedClass);
            }
            if self.eat(']') {
                return Ok(class);
            }
            let first = self.class_member()?;
            let is_range = self.peek() == Some('-' as u16)
                && !matches!(self.units.get(self.at + 1), None | Some(0x5D));
            if !is_range {
                class.add(first);
                continue;
            }
            self.at += 1;
            let last = self.class_member()?;
            match (first, last) {
                (Member::Unit(first), Member::Unit(last)) if first > last => {
                    return Err(Reason::RangeOrder);
                }
                (Member::Unit(first), Member::Unit(last)) => class.ranges.push((first, last)),
                (first, last) => {
                    // A range from or to a class is three members.
                    class.add(first);
                    class.add(Member::Unit('-' as u16));
                    class.add(last);
                }
            }
        }
    }

    fn class_member(&mut self) -> Result<Member, Reason> {
        let unit = self.peek().ok_or(Reason::UnterminatedClass)?;
        self.at += 1;
        if unit != '\\' as u16 {
            return Ok(Member::Unit(unit));
        }
        let escaped = self.peek().ok_or(Reason::Backslash)?;
        if let Some(class) = Class::escape(escaped) {
            self.at += 1;
            return Ok(Member::Class(class));
        }
        match u8::try_from(escaped).unwrap_or(0) {
            b'b' => {
                self.at += 1;
                Ok(Member::Unit(0x08))
            }
            b'c' => Ok(Member::Unit(self.class_control())),
            _ => Ok(Member::Unit(self.character_escape()?)),
        }
    }

    /// `\c` in a class takes digits and `_` too.
    fn class_control(&mut self) -> u16 {
        let next = self.units.get(self.at + 1).copied().unwrap_or(0);
        match u8::try_from(next) {
            Ok(byte) if byte.is_ascii_alphanumeric() || byte == b'_' => {
                self.at += 2;
                u16::from(byte % 32)
            }
            _ => '\\' as u16,
        }
    }
}

enum Member {
    Unit(u16),
    Class(Class),
}

impl Class {
    fn add(&mut self, member: Member) {
        match member {
            Member::Unit(unit) => self.ranges.push((unit, unit)),
            Member::Class(class) => self.ranges.extend(class.ranges),
        }
    }
}

fn digit(unit: u16, radix: u32) -> Option<u32> {
    char::from_u32(u32::from(unit)).and_then(|c| c.to_digit(radix))
}
