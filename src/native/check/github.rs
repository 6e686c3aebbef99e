//! Problems as annotations of GitHub Actions: `::error file=…,line=…::message`.

use std::fmt::Write;

use super::Checked;
use crate::source::Severity;

/// One command per problem.
pub fn write(checked: &[Checked]) -> String {
    let mut out = String::new();
    for Checked { name, document } in checked {
        for problem in document.diagnostics() {
            let start = document.position(problem.span.start as usize);
            let end = document.position(problem.span.end as usize);
            let command = match problem.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info => "notice",
            };
            let mut message = problem.message.clone();
            for hint in &problem.hints {
                message.push('\n');
                message.push_str(&hint.0);
            }
            let _ = write!(
                out,
                "::{command} file={},line={},endLine={}",
                property(name),
                start.line,
                end.line
            );
            // The service ignores columns of a problem that spans several lines.
            if start.line == end.line {
                let _ = write!(out, ",col={},endColumn={}", start.column, end.column);
            }
            let _ = writeln!(
                out,
                ",title={}::{}",
                property(problem.code.0),
                data(&message)
            );
        }
    }
    out
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_breaks_out_of_a_command() {
        assert_eq!(property("a:b,c\n%"), "a%3Ab%2Cc%0A%25");
        assert_eq!(data("a:b,\r\n::error::"), "a:b,%0D%0A::error::");
    }
}
