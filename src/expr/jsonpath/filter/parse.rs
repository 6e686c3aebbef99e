//! Reads the text of a filter.
//!
//! ```text
//! any     = all { '||' all }
//! all     = one { '&&' one }
//! one     = '!' one | '(' any ')' | operand [ operator operand ]
//! ```

use super::super::PathSyntaxErrorKind;
use super::super::cursor::{Parsed, Parser, unescape};
use super::{Expression, Operand, Operator, literal};
use crate::expr::regex::Regex;
use crate::source::json::{Number, parse_f64};
use crate::source::text::Span;

impl Parser<'_> {
    /// A filter from the parenthesis after `[?` up to and with the closing bracket.
    pub fn filter(&mut self) -> Parsed<Expression> {
        self.skip_blanks();
        let start = self.at;
        if self.peek() != Some(b'(') {
            return Err(self.error(PathSyntaxErrorKind::UnclosedFilter, start));
        }
        let filter = self.any()?;
        self.skip_blanks();
        if !self.eat(b']') {
            return Err(self.error(PathSyntaxErrorKind::UnclosedFilter, self.at));
        }
        Ok(filter)
    }

    fn any(&mut self) -> Parsed<Expression> {
        self.joined("||", Self::all, Expression::Any)
    }

    fn all(&mut self) -> Parsed<Expression> {
        self.joined("&&", Self::one, Expression::All)
    }

    fn joined(
        &mut self,
        operator: &str,
        part: fn(&mut Self) -> Parsed<Expression>,
        join: fn(Vec<Expression>) -> Expression,
    ) -> Parsed<Expression> {
        let first = part(self)?;
        let mut parts = vec![first];
        loop {
            self.skip_blanks();
            if !self.rest().starts_with(operator) {
                break;
            }
            self.at += operator.len();
            parts.push(part(self)?);
        }
        Ok(match parts.len() {
            1 => parts.remove(0),
            _ => join(parts),
        })
    }

    fn one(&mut self) -> Parsed<Expression> {
        self.skip_blanks();
        match self.peek() {
            Some(b'!') => {
                let start = self.at;
                self.at += 1;
                self.skip_blanks();
                if matches!(self.peek(), Some(b'@' | b'$')) {
                    self.at = start;
                    return self.comparison();
                }
                let inner = self.nested(Self::one)?;
                Ok(Expression::Not(Box::new(inner)))
            }
            Some(b'(') => {
                self.at += 1;
                let inner = self.nested(Self::any)?;
                self.skip_blanks();
                if !self.eat(b')') {
                    return Err(self.error(PathSyntaxErrorKind::UnclosedFilter, self.at));
                }
                Ok(inner)
            }
            _ => self.comparison(),
        }
    }

    /// A comparison, or a path that is to exist. A `!` before a path belongs to the
    /// question whether it exists; before a comparison it is lost, as in Jayway.
    fn comparison(&mut self) -> Parsed<Expression> {
        let is_wanted = !self.eat(b'!');
        self.skip_blanks();
        let left = self.operand()?;
        self.skip_blanks();
        let is_alone = matches!(self.peek(), Some(b')' | b'&' | b'|') | None);
        if let (Operand::Element(path) | Operand::Document(path), true) = (&left, is_alone) {
            return Ok(Expression::Exists {
                path: path.clone(),
                is_wanted,
            });
        }
        let operator = self.operator()?;
        let right = self.right_operand()?;
        Ok(Expression::Compare {
            left,
            operator,
            right,
        })
    }

    fn operator(&mut self) -> Parsed<Operator> {
        let is_symbol = |char: char| "<>=~!".contains(char);
        let (start, rest) = (self.at, self.rest());
        let len = if rest.starts_with(is_symbol) {
            rest.find(|char| !is_symbol(char))
        } else {
            rest.find(' ')
        };
        let text = rest.get(..len.unwrap_or(rest.len())).unwrap_or("");
        self.at += text.len();
        operator(text).ok_or_else(|| {
            let kind = match text {
                "" => PathSyntaxErrorKind::UnclosedFilter,
                text => PathSyntaxErrorKind::UnknownOperator(text.to_owned()),
            };
            self.error_within(kind, start, self.at)
        })
    }

    /// On the right, a word without quotes is a string. Jayway 2.9 does not read it, but
    /// definitions in use have such filters: `[?(@.Name==Receipt)]`.
    fn right_operand(&mut self) -> Parsed<Operand> {
        self.skip_blanks();
        let is_word = |char: char| char.is_alphanumeric() || char == '_' || char == '-';
        let rest = self.rest();
        let len = rest.find(|char| !is_word(char)).unwrap_or(rest.len());
        let word = rest.get(..len).unwrap_or("");
        let is_bare = word.starts_with(|char: char| char.is_alphabetic() || char == '_');
        if !is_bare || matches!(word, "true" | "false" | "null") {
            return self.operand();
        }
        self.at += len;
        Ok(Operand::String(word.into()))
    }

    fn operand(&mut self) -> Parsed<Operand> {
        self.skip_blanks();
        let start = self.at;
        match self.peek() {
            Some(b'@') => Ok(Operand::Element(self.inner_path()?)),
            Some(b'$') => Ok(Operand::Document(self.inner_path()?)),
            Some(quote @ (b'\'' | b'"')) => {
                self.at += 1;
                match self.quoted(quote) {
                    Some(text) => Ok(Operand::String(unescape(text).into())),
                    None => Err(self.error(PathSyntaxErrorKind::UnclosedString, start)),
                }
            }
            Some(b'/') => self.pattern(),
            Some(b'[' | b'{') => {
                let end = self.closing_bracket(start);
                let value = literal::read(Span::new(start, end).of(self.text));
                self.at = end;
                value
                    .map(Operand::Json)
                    .ok_or_else(|| self.error_within(PathSyntaxErrorKind::BadLiteral, start, end))
            }
            _ => self.word(),
        }
    }

    fn word(&mut self) -> Parsed<Operand> {
        for (word, value) in [
            ("true", Operand::Bool(true)),
            ("false", Operand::Bool(false)),
            ("null", Operand::Null),
        ] {
            if self.rest().starts_with(word) {
                self.at += word.len();
                return Ok(value);
            }
        }
        let start = self.at;
        let is_number = |char: char| char.is_ascii_digit() || "-.eE".contains(char);
        let len = self.rest().find(|char| !is_number(char));
        let text = self
            .rest()
            .get(..len.unwrap_or(self.rest().len()))
            .unwrap_or("");
        self.at += text.len();
        number(text)
            .map(Operand::Number)
            .ok_or_else(|| self.error(PathSyntaxErrorKind::ExpectedOperand, start))
    }

    /// The steps of a path that ends at a blank, an operator or the parenthesis that
    /// closes the expression.
    fn inner_path(&mut self) -> Parsed<super::Steps> {
        let start = self.at;
        let mut at = start + 1;
        loop {
            match self.byte(at) {
                Some(b'[') => at = self.closing_bracket(at),
                Some(b')') if self.closes_call(start, at) => at += 1,
                None | Some(b')' | b' ' | b'<' | b'>' | b'=' | b'~' | b'!') => break,
                Some(b'(') => match self.call_end(at) {
                    Some(end) => at = end,
                    None => at += 1,
                },
                Some(_) => at += 1,
            }
        }
        let steps = self.steps_within(start, at)?;
        self.at = at;
        Ok(steps)
    }

    /// Whether the parenthesis at `at` is the second of `name()`.
    fn closes_call(&self, start: usize, at: usize) -> bool {
        let before = Span::new(start, at).of(self.text);
        before.trim_end_matches(' ').ends_with('(') && before.contains('.')
    }

    /// One past the end of an argument list without blanks and operators.
    fn call_end(&self, open: usize) -> Option<usize> {
        let inner = self.text.get(open + 1..)?;
        let len = inner.find([')', ' ', '(', '<', '>', '=', '~', '!'])?;
        (len > 0 && self.byte(open + 1 + len) == Some(b')')).then_some(open + len + 2)
    }

    /// One past the bracket that closes the one at `open`, or the end of the text.
    fn closing_bracket(&self, open: usize) -> usize {
        let mut depth = 0_usize;
        let mut quote = None;
        let mut is_escaped = false;
        for (at, byte) in self.text.bytes().enumerate().skip(open) {
            match (quote, byte) {
                _ if is_escaped => is_escaped = false,
                (_, b'\\') => is_escaped = true,
                (Some(open), byte) if open == byte => quote = None,
                (Some(_), _) => {}
                (None, b'\'' | b'"') => quote = Some(byte),
                (None, b'[' | b'{') => depth += 1,
                (None, b']' | b'}') if depth <= 1 => return at + 1,
                (None, b']' | b'}') => depth -= 1,
                _ => {}
            }
        }
        self.text.len()
    }

    /// `/pattern/flags` of Java.
    fn pattern(&mut self) -> Parsed<Operand> {
        let start = self.at;
        self.at += 1;
        let Some(pattern) = self.quoted(b'/') else {
            return Err(self.error(PathSyntaxErrorKind::UnclosedString, start));
        };
        let flags = self.rest();
        let len = flags
            .find(|char: char| !char.is_ascii_alphabetic())
            .unwrap_or(flags.len());
        let flags = flags.get(..len).unwrap_or("");
        self.at += len;
        Regex::parse_java(pattern, flags)
            .map(Operand::Pattern)
            .map_err(|_| self.error_within(PathSyntaxErrorKind::BadPattern, start, self.at))
    }
}

fn operator(text: &str) -> Option<Operator> {
    Some(match text.to_ascii_lowercase().as_str() {
        "==" => Operator::Equal,
        "!=" => Operator::NotEqual,
        "===" => Operator::Same,
        "!==" => Operator::NotSame,
        "<" => Operator::Less,
        "<=" => Operator::LessOrEqual,
        ">" => Operator::Greater,
        ">=" => Operator::GreaterOrEqual,
        "=~" => Operator::Matches,
        "in" => Operator::In,
        "nin" => Operator::NotIn,
        "subsetof" => Operator::SubsetOf,
        "anyof" => Operator::AnyOf,
        "noneof" => Operator::NoneOf,
        "contains" => Operator::Contains,
        "size" => Operator::Size,
        "empty" => Operator::Empty,
        "exists" => Operator::Exists,
        "all" | "type" | "matches" => Operator::Never,
        _ => return None,
    })
}

/// A number as Java's `BigDecimal` reads it, which allows `.5` and `1.`.
pub(super) fn number(text: &str) -> Option<Number> {
    if let Some(number) = Number::parse(text) {
        return Some(number);
    }
    Number::from_f64(parse_f64(text)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::json::Value;

    /// A literal as a value; `None` for paths and patterns.
    fn as_value(operand: &Operand) -> Option<Value> {
        match operand {
            Operand::Null => Some(Value::Null),
            Operand::Bool(bool) => Some(Value::Bool(*bool)),
            Operand::Number(number) => Some(number.clone().into()),
            Operand::String(string) => Some(string.clone().into()),
            Operand::Json(value) => Some(value.clone()),
            Operand::Element(_) | Operand::Document(_) | Operand::Pattern(_) => None,
        }
    }

    fn filter(text: &str) -> Parsed<Expression> {
        Parser::new(text).filter()
    }

    fn kind(text: &str) -> PathSyntaxErrorKind {
        filter(text).unwrap_err().kind
    }

    #[test]
    fn reads_precedence() {
        let Expression::Any(parts) = filter("(@.a || @.b && !(@.c))]").unwrap() else {
            panic!("|| binds loosest");
        };
        assert!(matches!(
            parts.as_slice(),
            [Expression::Exists { .. }, Expression::All(_)]
        ));
    }

    #[test]
    fn reads_literals() {
        for (text, json) in [
            ("'it\\'s'", "\"it's\""),
            ("\"x\"", "\"x\""),
            ("-1.5", "-1.5"),
            (".5", "0.5"),
            ("true", "true"),
            ("null", "null"),
            ("['a',\"b\",1,[c]]", r#"["a","b",1,["c"]]"#),
            ("{'a':1}", r#"{"a":1}"#),
        ] {
            let Expression::Compare { right, .. } = filter(&format!("(@ == {text})]")).unwrap()
            else {
                panic!("a comparison");
            };
            assert_eq!(
                as_value(&right),
                Some(Value::parse(json).unwrap()),
                "{text}"
            );
        }
    }

    #[test]
    fn names_errors() {
        assert_eq!(kind("@.a]"), PathSyntaxErrorKind::UnclosedFilter);
        assert_eq!(kind("(@.a"), PathSyntaxErrorKind::UnclosedFilter);
        assert_eq!(
            kind("(@.a is 1)]"),
            PathSyntaxErrorKind::UnknownOperator("is".to_owned())
        );
        assert_eq!(kind("(@.a == 'x)]"), PathSyntaxErrorKind::UnclosedString);
        assert_eq!(kind("(@.a =~ /(?=x/)]"), PathSyntaxErrorKind::BadPattern);
        assert_eq!(kind("(@.a in [1,])]"), PathSyntaxErrorKind::BadLiteral);
    }
}
