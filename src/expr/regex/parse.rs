//! Reading a pattern: JavaScript's with what it allows for the sake of old pages (braces and
//! brackets that stand for themselves, octal escapes, escapes of anything), Java's without
//! Unicode properties and without classes within classes.

use super::class::Class;
use super::error::Reason;
use super::tree::{Direction, Edge, Look, Node, Pattern, Repeat};
use super::{Flags, Syntax};

/// How deep groups may stand in one another.
const MAX_NESTING: usize = 100;

/// Longest pattern, in units.
const MAX_LEN: usize = 100_000;

pub(super) fn parse(pattern: &str, flags: Flags, syntax: Syntax) -> Result<Pattern, Reason> {
    let units: Vec<u32> = match syntax {
        Syntax::JavaScript => pattern.encode_utf16().map(u32::from).collect(),
        Syntax::Java => pattern.chars().map(u32::from).collect(),
    };
    if units.len() > MAX_LEN {
        return Err(Reason::TooLarge);
    }
    let names = group_names(&units)?;
    let mut parser = Parser {
        syntax,
        flags,
        units: &units,
        at: 0,
        groups: 0,
        depth: 0,
        names: &names,
    };
    let mut root = parser.choice()?;
    if parser.at < units.len() {
        return Err(Reason::UnmatchedParenthesis);
    }
    if syntax == Syntax::Java {
        root = Node::Sequence(vec![Node::Start(Edge::Text), root, Node::End(Edge::Text)]);
    }
    Ok(Pattern {
        syntax,
        root,
        groups: parser.groups,
    })
}

pub(super) struct Parser<'a> {
    pub(super) syntax: Syntax,
    /// What holds here: in Java a pattern can change it.
    pub(super) flags: Flags,
    pub(super) units: &'a [u32],
    pub(super) at: usize,
    /// Groups that have begun.
    pub(super) groups: usize,
    pub(super) depth: usize,
    /// Name of every group of the whole pattern, in order.
    pub(super) names: &'a [Option<String>],
}

/// The capturing groups, found before anything else is read: what `\1` and `\k` mean
/// depends on all of them.
fn group_names(units: &[u32]) -> Result<Vec<Option<String>>, Reason> {
    let mut names: Vec<Option<String>> = Vec::new();
    let mut is_class = false;
    let mut at = 0;
    let is = |at: usize, c: char| units.get(at) == Some(&u32::from(c));
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
pub(super) fn name(units: &[u32], at: usize) -> Option<(String, usize)> {
    let rest = units.get(at..)?;
    let len = rest.iter().position(|unit| *unit == u32::from('>'))?;
    let name = rest.get(..len)?.iter();
    let name: String = name
        .map(|unit| char::from_u32(*unit))
        .collect::<Option<_>>()?;
    let mut chars = name.chars();
    let is_start = |c: char| c.is_alphabetic() || c == '$' || c == '_';
    let is_name = chars.next().is_some_and(is_start)
        && chars.all(|c| is_start(c) || c.is_numeric() || c == '\u{200C}' || c == '\u{200D}');
    is_name.then_some((name, at + len + 1))
}

impl Parser<'_> {
    pub(super) fn is_java(&self) -> bool {
        self.syntax == Syntax::Java
    }

    pub(super) fn peek(&self) -> Option<u32> {
        self.units.get(self.at).copied()
    }

    pub(super) fn eat(&mut self, c: char) -> bool {
        let is_there = self.peek() == Some(u32::from(c));
        self.at += usize::from(is_there);
        is_there
    }

    pub(super) fn eat_all(&mut self, text: &str) -> bool {
        let end = self.at + text.len();
        let is_there = self
            .units
            .get(self.at..end)
            .is_some_and(|units| text.bytes().map(u32::from).eq(units.iter().copied()));
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
        self.skip_remarks();
        while let Some(unit) = self.peek() {
            if unit == u32::from('|') || unit == u32::from(')') {
                break;
            }
            if self.is_java() && self.eat_all("\\Q") {
                self.quotation(&mut nodes)?;
                continue;
            }
            let first_group = self.groups + 1;
            let node = self.term()?;
            self.skip_remarks();
            nodes.push(self.quantified(node, first_group)?);
            self.skip_remarks();
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
            b'^' if self.flags.is_multiline => Node::Start(Edge::Line),
            b'^' => Node::Start(Edge::Text),
            b'$' if self.flags.is_multiline => Node::End(Edge::Line),
            b'$' if self.is_java() => Node::End(Edge::LastLine),
            b'$' => Node::End(Edge::Text),
            b'.' if self.is_java() => self.class_node(Class::dot(self.flags.dot_is_all)),
            b'.' => Node::Any,
            b'(' => self.group()?,
            b'[' => {
                let class = self.class()?;
                self.class_node(class)
            }
            b'\\' => self.escape()?,
            b'*' | b'+' | b'?' => return Err(Reason::NothingToRepeat),
            b'{' => {
                self.at = start;
                if self.is_java() || self.braces().is_some() {
                    return Err(Reason::NothingToRepeat);
                }
                self.at = start + 1;
                self.unit_node(unit)
            }
            _ => self.unit_node(unit),
        })
    }

    pub(super) fn unit_node(&self, unit: u32) -> Node {
        if self.folds_ascii() {
            return self.class_node(Class::of(&[(unit, unit)]));
        }
        Node::Unit {
            unit,
            ignores_case: self.flags.ignores_case,
        }
    }

    pub(super) fn class_node(&self, mut class: Class) -> Node {
        if self.folds_ascii() {
            class.fold_ascii();
        }
        Node::Class {
            class,
            ignores_case: self.flags.ignores_case && !self.folds_ascii(),
        }
    }

    /// Whether only letters of ASCII have another case: in Java, unless it is told otherwise.
    fn folds_ascii(&self) -> bool {
        self.is_java() && self.flags.ignores_case && !self.flags.is_unicode
    }

    /// Blanks and comments, where the flag `x` lets them say nothing.
    pub(super) fn skip_remarks(&mut self) {
        while self.flags.has_remarks {
            if self.eat('#') {
                while self.peek().is_some_and(|unit| unit != 0x0A) {
                    self.at += 1;
                }
            } else if self
                .peek()
                .is_some_and(|unit| matches!(unit, 0x09..=0x0D | 0x20))
            {
                self.at += 1;
            } else {
                return;
            }
        }
    }

    /// What stands between `\Q` and `\E` or the end stands for itself.
    fn quotation(&mut self, nodes: &mut Vec<Node>) -> Result<(), Reason> {
        while let Some(unit) = self.peek()
            && !self.eat_all("\\E")
        {
            self.at += 1;
            let node = self.unit_node(unit);
            // A quantifier behind the quotation belongs to its last unit.
            let node = match self.eat_all("\\E") {
                true => {
                    nodes.push(self.quantified(node, self.groups + 1)?);
                    break;
                }
                false => node,
            };
            nodes.push(node);
        }
        self.skip_remarks();
        Ok(())
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
        if self.is_java() {
            let repeat = Node::Repeat(Box::new(Repeat {
                node,
                min,
                max,
                is_greedy,
                // A group keeps what it matched in the repetition before.
                groups: (0, 0),
            }));
            return Ok(match is_greedy && self.eat('+') {
                true => takes(repeat),
                false => repeat,
            });
        }
        match &node {
            Node::Start(_) | Node::End(_) | Node::Boundary | Node::NoBoundary => {
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
                Some(unit) if unit == u32::from('}') => u32::MAX,
                _ => self.number()?,
            }
        } else {
            min
        };
        self.eat('}').then_some((min, max))
    }

    pub(super) fn number(&mut self) -> Option<u32> {
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
        let before = self.flags;
        let look = |direction, wants| Some((direction, wants));
        let mut number = None;
        let look = if !self.eat('?') {
            self.groups += 1;
            number = Some(self.groups);
            None
        } else if self.eat(':') {
            None
        } else if self.eat('=') {
            look(Direction::Ahead, Look::Is)
        } else if self.eat('!') {
            look(Direction::Ahead, Look::IsNot)
        } else if self.eat_all("<=") {
            look(Direction::Behind, Look::Is)
        } else if self.eat_all("<!") {
            look(Direction::Behind, Look::IsNot)
        } else if self.is_java() && self.eat('>') {
            look(Direction::Ahead, Look::Takes)
        } else if self.eat('<') {
            let (_, end) = name(self.units, self.at).ok_or(Reason::GroupName)?;
            self.at = end;
            self.groups += 1;
            number = Some(self.groups);
            None
        } else if !self.is_java() {
            return Err(Reason::InvalidGroup);
        } else if self.change_flags()? {
            // For the rest of the group around.
            self.depth -= 1;
            return Ok(Node::Empty);
        } else {
            None
        };
        let node = Box::new(self.choice()?);
        if !self.eat(')') {
            return Err(Reason::UnterminatedGroup);
        }
        self.depth -= 1;
        self.flags = before;
        Ok(match (look, number) {
            (Some((direction, wants)), _) => Node::Look {
                direction,
                wants,
                node,
            },
            (None, Some(number)) => Node::Group(number, node),
            // Kept apart, as what cannot be repeated alone can be in parentheses.
            (None, None) => Node::Sequence(vec![*node]),
        })
    }

    /// The letters of `(?i-m)` or `(?i-m:`, and whether the parenthesis closes behind them.
    fn change_flags(&mut self) -> Result<bool, Reason> {
        let mut is_set = true;
        loop {
            let unit = self.peek().ok_or(Reason::UnterminatedGroup)?;
            self.at += 1;
            match char::from_u32(unit) {
                Some(')') => return Ok(true),
                Some(':') => return Ok(false),
                Some('-') if is_set => is_set = false,
                Some(letter) if self.flags.set(letter, is_set) => {}
                _ => return Err(Reason::InvalidGroup),
            }
        }
    }
}

/// A piece that is taken in one way only.
pub(super) fn takes(node: Node) -> Node {
    Node::Look {
        direction: Direction::Ahead,
        wants: Look::Takes,
        node: Box::new(node),
    }
}

pub(super) fn digit(unit: u32, radix: u32) -> Option<u32> {
    char::from_u32(unit).and_then(|c| c.to_digit(radix))
}
