//! Reading escapes and classes, as each syntax has them.

use super::class::Class;
use super::error::Reason;
use super::parse::{Parser, digit, name};
use super::tree::{Edge, Node};

impl Parser<'_> {
    /// What follows a backslash outside a class.
    pub(super) fn escape(&mut self) -> Result<Node, Reason> {
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
            b'A' if self.is_java() => {
                self.at += 1;
                return Ok(Node::Start(Edge::Text));
            }
            b'z' if self.is_java() => {
                self.at += 1;
                return Ok(Node::End(Edge::Text));
            }
            b'Z' if self.is_java() => {
                self.at += 1;
                return Ok(Node::End(Edge::LastLine));
            }
            b'R' if self.is_java() => {
                self.at += 1;
                return Ok(self.line_break());
            }
            b'k' if self.names.iter().any(Option::is_some) => {
                self.at += 1;
                return self.named_reference();
            }
            b'1'..=b'9' => {
                let start = self.at;
                let number = self.number().unwrap_or(0) as usize;
                if number <= self.names.len() {
                    return Ok(self.reference(number));
                }
                if self.is_java() {
                    return Err(Reason::Escape);
                }
                self.at = start;
            }
            _ => {}
        }
        if let Some(class) = Class::escape(unit, self.syntax) {
            self.at += 1;
            return Ok(self.class_node(class));
        }
        let unit = self.character_escape()?;
        Ok(self.unit_node(unit))
    }

    fn reference(&self, group: usize) -> Node {
        Node::Reference {
            group,
            ignores_case: self.flags.ignores_case,
        }
    }

    /// `\R`
    fn line_break(&self) -> Node {
        let unit = |c: char| Node::Unit {
            unit: u32::from(c),
            ignores_case: false,
        };
        Node::Choice(vec![
            Node::Sequence(vec![unit('\r'), unit('\n')]),
            self.class_node(Class::line_ends()),
        ])
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
        Ok(self.reference(index + 1))
    }

    /// An escape that stands for one unit.
    fn character_escape(&mut self) -> Result<u32, Reason> {
        let unit = self.peek().ok_or(Reason::Backslash)?;
        self.at += 1;
        Ok(match u8::try_from(unit).unwrap_or(0) {
            b't' => 0x09,
            b'n' => 0x0A,
            b'v' => 0x0B,
            b'f' => 0x0C,
            b'r' => 0x0D,
            b'a' if self.is_java() => 0x07,
            b'e' if self.is_java() => 0x1B,
            b'c' => match self.peek().and_then(|unit| u8::try_from(unit).ok()) {
                Some(letter) if letter.is_ascii_alphabetic() => {
                    self.at += 1;
                    u32::from(letter % 32)
                }
                _ => {
                    self.at -= 1; // The backslash stands for itself, and `c` follows.
                    u32::from('\\')
                }
            },
            b'0' if self.is_java() => self.octal(),
            b'0'..=b'7' if !self.is_java() => {
                self.at -= 1;
                self.octal()
            }
            letter @ (b'x' | b'u') => {
                let len = if letter == b'x' { 2 } else { 4 };
                match self.hex(len) {
                    Some(unit) => unit,
                    None if self.is_java() => return Err(Reason::Escape),
                    None => unit,
                }
            }
            byte if self.is_java() && byte.is_ascii_alphanumeric() => return Err(Reason::Escape),
            _ => unit,
        })
    }

    /// Up to three octal digits, no more than 377.
    fn octal(&mut self) -> u32 {
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
        value
    }

    fn hex(&mut self, len: usize) -> Option<u32> {
        let digits = self.units.get(self.at..self.at + len)?;
        let mut value = 0;
        for unit in digits {
            value = value * 16 + digit(*unit, 16)?;
        }
        self.at += len;
        Some(value)
    }

    /// What stands between brackets.
    pub(super) fn class(&mut self) -> Result<Class, Reason> {
        let mut class = Class {
            ranges: Vec::new(),
            is_negated: self.eat('^'),
        };
        let start = self.at;
        loop {
            if self.is_java() {
                self.skip_remarks();
            }
            if self.peek().is_none() {
                return Err(Reason::UnterminatedClass);
            }
            // In Java a bracket that comes first stands for itself.
            if !(self.is_java() && self.at == start) && self.eat(']') {
                return Ok(class);
            }
            let first = self.class_member()?;
            let is_range = self.peek() == Some(u32::from('-'))
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
                    class.add(Member::Unit(u32::from('-')));
                    class.add(last);
                }
            }
        }
    }

    fn class_member(&mut self) -> Result<Member, Reason> {
        let unit = self.peek().ok_or(Reason::UnterminatedClass)?;
        self.at += 1;
        if unit != u32::from('\\') {
            let is_both = unit == u32::from('&') && self.peek() == Some(unit);
            return match self.is_java() && (is_both || unit == u32::from('[')) {
                true => Err(Reason::NestedClass),
                false => Ok(Member::Unit(unit)),
            };
        }
        let escaped = self.peek().ok_or(Reason::Backslash)?;
        if let Some(class) = Class::escape(escaped, self.syntax) {
            self.at += 1;
            return Ok(Member::Class(class));
        }
        match u8::try_from(escaped).unwrap_or(0) {
            b'b' if !self.is_java() => {
                self.at += 1;
                Ok(Member::Unit(0x08))
            }
            b'c' if !self.is_java() => Ok(Member::Unit(self.class_control())),
            _ => Ok(Member::Unit(self.character_escape()?)),
        }
    }

    /// `\c` in a class takes digits and `_` too.
    fn class_control(&mut self) -> u32 {
        let next = self.units.get(self.at + 1).copied().unwrap_or(0);
        match u8::try_from(next) {
            Ok(byte) if byte.is_ascii_alphanumeric() || byte == b'_' => {
                self.at += 2;
                u32::from(byte % 32)
            }
            _ => u32::from('\\'),
        }
    }
}

enum Member {
    Unit(u32),
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
