//! Terraform: the heredoc that `definition` of a state machine is.

use super::inlay::Inlay;
use super::{Embedded, Form, Host};
use crate::asl::WorkflowType;

const RESOURCE: &str = "resource \"aws_sfn_state_machine\"";

/// The definitions in heredocs. What Terraform builds by `jsonencode` or reads by
/// `templatefile` is not in the text as JSON.
pub(super) fn find(text: &str) -> impl Iterator<Item = Embedded> {
    text.match_indices(RESOURCE)
        .filter_map(|(at, _)| heredoc(text, at))
}

fn heredoc(text: &str, resource: usize) -> Option<Embedded> {
    let rest = text.get(resource + RESOURCE.len()..)?;
    let name = rest.split('"').nth(1)?;
    // The block ends where the next one begins.
    let end = rest.find("\nresource ").unwrap_or(rest.len());
    let block = rest.get(..end)?;
    let mut at = resource + RESOURCE.len();
    let mut lines = block.split_inclusive('\n');
    let marker = loop {
        let line = lines.next()?;
        at += line.len();
        let value = line.trim().strip_prefix("definition").map(str::trim_start);
        if let Some(value) = value.and_then(|value| value.strip_prefix('=')) {
            break value.trim().strip_prefix("<<")?;
        }
    };
    let (marker, is_indented) = match marker.strip_prefix(['-', '~']) {
        Some(marker) => (marker, true),
        None => (marker, false),
    };
    let start = at;
    let mut indent = usize::MAX;
    for line in lines {
        if line.trim() == marker {
            let indent = if is_indented && indent < usize::MAX {
                indent
            } else {
                0
            };
            return Some(Embedded {
                host: Host::Terraform,
                name: name.into(),
                form: Form::Text(Inlay::of_lines(text, start, at, indent)),
                substitutions: Vec::new(),
                workflow_type: own_type(block),
                names: Vec::new(),
            });
        }
        if !line.trim().is_empty() {
            indent = indent.min(line.len() - line.trim_start_matches(' ').len());
        }
        at += line.len();
    }
    None
}

/// What `type = "EXPRESS"` says.
fn own_type(block: &str) -> Option<WorkflowType> {
    block.lines().find_map(|line| {
        let value = line.trim().strip_prefix("type")?.trim_start();
        let value = value.strip_prefix('=')?.trim().trim_matches('"');
        WorkflowType::parse(value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Span, TextEdit};

    #[test]
    fn finds_the_heredoc() {
        let text = "resource \"aws_sfn_state_machine\" \"orders\" {\n  name = \"orders\"\n  type     = \"EXPRESS\"\n  definition = <<-EOF\n    {\n      \"StartAt\": \"A\",\n      \"States\": {\"A\": {\"Type\": \"Task\", \"Resource\": \"${aws_lambda_function.f.arn}\", \"End\": true}}\n    }\n  EOF\n}\n";
        let found = find(text).next().unwrap();
        assert_eq!(&*found.name, "orders");
        assert_eq!(found.workflow_type, Some(WorkflowType::Express));
        let Form::Text(inlay) = found.form else {
            panic!("a text")
        };
        assert!(inlay.text().starts_with("{\n  \"StartAt\": \"A\",\n"));
        let at = inlay.text().find("\"A\"").unwrap();
        let edit = TextEdit::replace(Span::new(at, at + 3), "\"A\",\n  \"X\": 1");
        let edited = inlay.edit(&edit).unwrap().apply(text).unwrap();
        assert!(
            edited.contains("      \"StartAt\": \"A\",\n      \"X\": 1,\n"),
            "{edited}"
        );
        for text in [
            "",
            RESOURCE,
            "resource \"aws_sfn_state_machine\" \"a\" {\n definition = jsonencode({})\n}",
        ] {
            assert_eq!(find(text).count(), 0);
        }
    }
}
