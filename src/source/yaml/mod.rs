//! YAML in and out of the same tree as JSON.
//!
//! [`parse`] never fails: after an error every entry of a mapping is read alone, by its
//! indentation, so that what is broken hides as little as possible. Tags of CloudFormation
//! (`!Sub`) become the objects they stand for (`{"Fn::Sub": …}`), anchors are followed and
//! merge keys (`<<`) taken in. Only the first document of a stream is read.

mod build;
mod error;
mod format;
mod recover;
mod scalar;
mod write;

pub use error::{YamlError, YamlErrorKind};
pub use format::format;
pub use write::{is_plain, write_scalar, write_yaml};

use crate::source::json::{Node, NodeKind};
use crate::source::sort::sort_by_number;
use crate::source::text::Span;

/// What [`parse`] gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Yaml {
    /// The tree of all that could be read.
    pub root: Node,
    /// What could not, in the order of the text.
    pub errors: Vec<YamlError>,
}

/// Reads a text into a tree. Never fails.
pub fn parse(text: &str) -> Yaml {
    let whole = build::build(text, 0);
    let is_broken = whole.errors.iter().any(|error| error.kind.is_local());
    let Yaml { root, mut errors } = match is_broken {
        true => recover::recover(text, whole),
        false => whole,
    };
    sort_by_number(&mut errors, |error| error.span.order());
    Yaml { root, errors }
}

/// What stands where nothing can be read.
fn missing(at: usize) -> Node {
    Node {
        span: Span::at(at),
        kind: NodeKind::Missing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::json::MAX_DEPTH;

    fn json(text: &str) -> String {
        parse(text).root.to_value().to_string()
    }

    fn kinds(text: &str) -> Vec<YamlErrorKind> {
        let errors = parse(text).errors;
        errors.into_iter().map(|error| error.kind).collect()
    }

    #[test]
    fn reads_what_people_write() {
        for (text, expected) in [
            (
                "a: 1\nb:\n  - x\n  - y: true\n",
                r#"{"a":1,"b":["x",{"y":true}]}"#,
            ),
            ("# note\n---\na: 'it''s'\n", r#"{"a":"it's"}"#),
            (
                "a: |\n  one\n    two\n\nb: >-\n  one\n  two\n",
                r#"{"a":"one\n  two\n","b":"one two"}"#,
            ),
            ("{a: 1, \"b\": [x, 'y']}", r#"{"a":1,"b":["x","y"]}"#),
            (
                "a: &x {b: 1}\nc: *x\nd:\n  <<: *x\n  e: 2\n",
                r#"{"a":{"b":1},"c":{"b":1},"d":{"e":2,"b":1}}"#,
            ),
            (
                "a: !Sub '${B}'\nc: !GetAtt d.Arn\ne: !Ref F\ng: !Join ['', [x, !Ref Y]]\n",
                r#"{"a":{"Fn::Sub":"${B}"},"c":{"Fn::GetAtt":"d.Arn"},"e":{"Ref":"F"},"g":{"Fn::Join":["",["x",{"Ref":"Y"}]]}}"#,
            ),
            ("a: !!str 12\n", r#"{"a":"12"}"#),
            ("a:\nb: ~\n", r#"{"a":null,"b":null}"#),
            ("1: x\ntrue: y\n", r#"{"1":"x","true":"y"}"#),
        ] {
            assert_eq!(json(text), expected, "{text}");
            assert_eq!(kinds(text), [], "{text}");
        }
    }

    #[test]
    fn spans_are_bytes() {
        let text = "ä:\n  b: [1, 'ü']\n  c: \"d\"\n\nl: |\n  x\n\n";
        let root = parse(text).root;
        let member = root.member("ä").unwrap();
        assert_eq!(member.key.span.of(text), "ä");
        assert_eq!(member.value.span.of(text), "b: [1, 'ü']\n  c: \"d\"");
        let items = member.value.get("b").unwrap();
        assert_eq!(items.span.of(text), "[1, 'ü']");
        assert_eq!(items.items().unwrap()[1].span.of(text), "'ü'");
        assert_eq!(root.get("l").unwrap().span.of(text), "|\n  x");
        let at = text.find('ü').unwrap();
        assert_eq!(root.pointer_at(at).as_str(), "/ä/b/1");
    }

    #[test]
    fn an_error_hides_only_its_entry() {
        let text = "StartAt: A\nStates:\n  A:\n    Type: Pass\n    Next: B\n  B:\n    Type: Task\n    Resource: \"open\n    End: true\n  C:\n    Type: Succeed\n";
        let yaml = parse(text);
        let states = yaml.root.get("States").unwrap();
        let names: Vec<&str> = states
            .members()
            .unwrap()
            .iter()
            .map(|member| &*member.key.name)
            .collect();
        assert_eq!(names, ["A", "B", "C"]);
        assert_eq!(
            states.get("C").unwrap().to_value().to_string(),
            r#"{"Type":"Succeed"}"#
        );
        assert_eq!(
            states
                .get("B")
                .unwrap()
                .get("Type")
                .unwrap()
                .as_str()
                .unwrap()
                .as_ref(),
            "Task"
        );
        assert_eq!(yaml.errors.len(), 1, "{:?}", yaml.errors);
        let line = text
            .get(..yaml.errors[0].span.start as usize)
            .unwrap()
            .lines()
            .count();
        assert!((8..=10).contains(&line), "{line}");
    }

    #[test]
    fn bad_texts_have_errors_and_no_more() {
        assert_eq!(kinds(""), [YamlErrorKind::Empty]);
        assert_eq!(kinds("# x\n"), [YamlErrorKind::Empty]);
        assert_eq!(
            kinds("a: 1\na: 2\n"),
            [YamlErrorKind::DuplicateKey("a".into())]
        );
        assert_eq!(
            kinds("a: 1\n---\nb: 2\n"),
            [YamlErrorKind::TrailingDocument]
        );
        assert!(kinds(&"- ".repeat(5_000)).contains(&YamlErrorKind::TooDeep));
        // A tag is a level of the tree: with one on each of them half as many are left.
        let tagged = |levels: usize, scalar: &str| {
            format!("{}{scalar}{}", "!Ref [".repeat(levels), "]".repeat(levels))
        };
        for (text, is_deep) in [
            (tagged(MAX_DEPTH / 2, "1"), false),
            (tagged(MAX_DEPTH / 2, "!Ref 1"), true),
            (tagged(MAX_DEPTH / 2 + 1, "1"), true),
        ] {
            assert_eq!(kinds(&text).contains(&YamlErrorKind::TooDeep), is_deep);
            assert!(json(&text).matches(['[', '{']).count() <= MAX_DEPTH);
        }
        assert!(!kinds(&"[".repeat(5_000)).is_empty());
        let mut laughs = String::from("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for level in 1..10 {
            let inner = vec![format!("*a{}", level - 1); 10].join(",");
            laughs.push_str(&format!("a{level}: &a{level} [{inner}]\n"));
        }
        assert!(kinds(&laughs).contains(&YamlErrorKind::TooLarge));
    }

    #[test]
    fn any_mixture_of_marks_is_read() {
        let pieces = [
            "a:", " ", "\n", "\n  ", "\n    ", "- ", "x", "'", "\"", "|", ">", "&a ", "*a", "{",
            "}", "[", "]", ",", "#", "!Sub ", "é", "\t", "---\n", "<<: ", "? ", ": ", "%", "\r\n",
            "𝄞", "...", "!<", "\u{feff}",
        ];
        let mut seed = 11_u64;
        for _ in 0..4_000 {
            let mut text = String::new();
            for _ in 0..20 {
                seed = seed
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                text.push_str(pieces[(seed >> 33) as usize % pieces.len()]);
            }
            let yaml = parse(&text);
            assert!(
                yaml.errors
                    .iter()
                    .all(|error| text.get(error.span.range()).is_some()),
                "{text:?}"
            );
            assert!(
                Span::new(0, text.len()).contains(yaml.root.span),
                "{text:?}"
            );
        }
    }
}
