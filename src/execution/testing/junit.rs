//! Results in the form that build servers read: JUnit's XML.

use std::fmt::Write;
use std::time::Duration;

use super::run::{CaseResult, FileResult};

/// The results of test files as one XML document.
pub fn junit(files: &[FileResult]) -> String {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let cases = || files.iter().flat_map(|file| &file.cases);
    let failed = cases().filter(|case| !case.passed()).count();
    let _ = writeln!(
        xml,
        r#"<testsuites name="statelab" tests="{}" failures="{failed}">"#,
        cases().count()
    );
    for file in files {
        write_file(&mut xml, file);
    }
    xml.push_str("</testsuites>\n");
    xml
}

fn write_file(xml: &mut String, file: &FileResult) {
    let failed = file.cases.iter().filter(|case| !case.passed()).count();
    let took: Duration = file.cases.iter().map(|case| case.took).sum();
    let _ = writeln!(
        xml,
        r#"  <testsuite name="{}" tests="{}" failures="{failed}" errors="0" skipped="0" time="{}">"#,
        escape(&file.name),
        file.cases.len(),
        took.as_secs_f64()
    );
    for case in &file.cases {
        write_case(xml, &file.name, case);
    }
    xml.push_str("  </testsuite>\n");
}

fn write_case(xml: &mut String, file: &str, case: &CaseResult) {
    let _ = write!(
        xml,
        r#"    <testcase classname="{}" name="{}" time="{}""#,
        escape(file),
        escape(&case.name),
        case.took.as_secs_f64()
    );
    let Some(first) = case.mismatches.first() else {
        xml.push_str("/>\n");
        return;
    };
    let _ = write!(
        xml,
        ">\n      <failure message=\"{}\">",
        escape(&first.to_string())
    );
    for mismatch in &case.mismatches {
        let _ = writeln!(xml, "{}", escape(&mismatch.to_string()));
    }
    xml.push_str("</failure>\n    </testcase>\n");
}

/// Text for an attribute or an element. Characters that XML cannot hold are replaced.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\t' | '\r' => escaped.push(char),
            '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            char if char.is_control() => escaped.push('\u{fffd}'),
            char => escaped.push(char),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::super::expect::Mismatch;
    use super::*;

    #[test]
    fn writes_what_build_servers_read() {
        let case = |name: &str, mismatches| CaseResult {
            name: name.into(),
            mismatches,
            took: Duration::from_millis(1500),
        };
        let wrong = Mismatch::Error {
            expected: "A<b>\u{0}".into(),
            actual: None,
        };
        let files = [FileResult {
            name: "a&b.asl.test.json".into(),
            cases: vec![case("good", vec![]), case("\"bad\"", vec![wrong])],
        }];
        assert_eq!(
            junit(&files),
            r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="statelab" tests="2" failures="1">
  <testsuite name="a&amp;b.asl.test.json" tests="2" failures="1" errors="0" skipped="0" time="3">
    <testcase classname="a&amp;b.asl.test.json" name="good" time="1.5"/>
    <testcase classname="a&amp;b.asl.test.json" name="&quot;bad&quot;" time="1.5">
      <failure message="error: expected A&lt;b&gt;�, got nothing">error: expected A&lt;b&gt;�, got nothing
</failure>
    </testcase>
  </testsuite>
</testsuites>
"#
        );
    }
}
