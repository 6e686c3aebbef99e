//! CSV as the service reads it: RFC 4180 with a choice of delimiters, one row at a time.

use super::objects::Text;

/// `CSVDelimiter`
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Delimiter {
    /// `COMMA`
    #[default]
    Comma,
    /// `PIPE`
    Pipe,
    /// `SEMICOLON`
    Semicolon,
    /// `SPACE`
    Space,
    /// `TAB`
    Tab,
}

impl Delimiter {
    /// Reads the spelling of `CSVDelimiter`.
    pub fn parse(text: &str) -> Option<Self> {
        Some(match text {
            "COMMA" => Self::Comma,
            "PIPE" => Self::Pipe,
            "SEMICOLON" => Self::Semicolon,
            "SPACE" => Self::Space,
            "TAB" => Self::Tab,
            _ => return None,
        })
    }

    fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Pipe => b'|',
            Self::Semicolon => b';',
            Self::Space => b' ',
            Self::Tab => b'\t',
        }
    }
}

/// The rows of a text. Rows without a single character are passed over.
#[derive(Clone, Debug)]
pub(super) struct Rows {
    text: Text,
    at: usize,
    delimiter: u8,
}

impl Rows {
    pub fn new(text: Text, delimiter: Delimiter) -> Self {
        let at = if text.starts_with('\u{feff}') { 3 } else { 0 };
        Self {
            text,
            at,
            delimiter: delimiter.byte(),
        }
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The field that begins here; stops before a delimiter, a line break or the end.
    fn field(&mut self) -> String {
        let mut field = String::new();
        if self.byte() == Some(b'"') {
            self.quoted(&mut field);
        }
        let start = self.at;
        while self
            .byte()
            .is_some_and(|byte| byte != self.delimiter && byte != b'\n' && byte != b'\r')
        {
            self.at += 1;
        }
        field.push_str(self.text.get(start..self.at).unwrap_or_default());
        field
    }

    /// Between quotes a quote is written twice; without a closing one the rest is the field.
    fn quoted(&mut self, field: &mut String) {
        self.at += 1;
        loop {
            let rest = self.text.get(self.at..).unwrap_or_default();
            let Some(end) = rest.find('"') else {
                field.push_str(rest);
                self.at = self.text.len();
                return;
            };
            field.push_str(rest.get(..end).unwrap_or_default());
            self.at += end + 1;
            if self.byte() != Some(b'"') {
                return;
            }
            field.push('"');
            self.at += 1;
        }
    }
}

impl Iterator for Rows {
    type Item = Vec<String>;

    fn next(&mut self) -> Option<Vec<String>> {
        while matches!(self.byte(), Some(b'\n' | b'\r')) {
            self.at += 1;
        }
        self.byte()?;
        let mut row = vec![self.field()];
        while self.byte() == Some(self.delimiter) {
            self.at += 1;
            row.push(self.field());
        }
        Some(row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str, delimiter: Delimiter) -> Vec<Vec<String>> {
        Rows::new(text.into(), delimiter).collect()
    }

    #[test]
    fn reads_rows_and_quotes() {
        let text = "\u{feff}a,b\r\n\"x \"\"y\"\", z\n2\",\n\n   \n,,";
        let expected: [&[&str]; 4] = [&["a", "b"], &["x \"y\", z\n2", ""], &["   "], &["", "", ""]];
        assert_eq!(rows(text, Delimiter::Comma), expected);
        assert_eq!(rows("a|b,c", Delimiter::Pipe), [["a", "b,c"]]);
        assert_eq!(rows("\"open", Delimiter::Comma), [["open"]]);
        assert_eq!(rows("", Delimiter::Comma), Vec::<Vec<String>>::new());
    }

    #[test]
    fn reads_delimiters() {
        for (name, text) in [("SEMICOLON", "1;2"), ("SPACE", "1 2"), ("TAB", "1\t2")] {
            let delimiter = Delimiter::parse(name).unwrap();
            assert_eq!(rows(text, delimiter), [["1", "2"]], "{name}");
        }
        assert_eq!(Delimiter::parse("COLON"), None);
    }
}
