//! The form of a test file.

use std::fmt;
use std::sync::Arc;

use indexmap::IndexMap;

use super::expect::{Expect, StatusWord};
use crate::execution::interpreter::Mocks;
use crate::execution::item::Objects;
use crate::source::Span;
use crate::source::json::{Node, NodeKind, Value, parse};

/// A test file.
#[derive(Clone, Debug, PartialEq)]
pub struct TestFile {
    /// The definition that is tested.
    pub definition: Text,
    /// State machines that tasks can start, by name.
    pub machines: IndexMap<Arc<str>, Text>,
    /// The cases, in order.
    pub cases: Vec<TestCase>,
}

/// A text that stands in the test file, or in a file beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Text {
    /// The path of a file, relative to the test file.
    Path(Arc<str>),
    /// The text itself.
    Inline(String),
}

/// One case.
#[derive(Clone, Debug, PartialEq)]
pub struct TestCase {
    /// Its name.
    pub name: Arc<str>,
    /// The input; `{}` if it is not given.
    pub input: Value,
    /// Where results come from.
    pub mocks: CaseMocks,
    /// What randomness starts from.
    pub seed: u64,
    /// The objects that item readers find.
    pub objects: Objects,
    /// What is to come out.
    pub expect: Expect,
}

/// Where the results of a case come from.
#[derive(Clone, Debug, PartialEq)]
pub enum CaseMocks {
    /// There are none.
    None,
    /// `mocks`: responses by state.
    Inline(Mocks),
    /// `mockConfig`: a file, and maybe the name of a test case in it.
    Config {
        /// The path, relative to the test file.
        path: Arc<str>,
        /// `testCase`
        test_case: Option<Arc<str>>,
    },
}

/// One place where a test file is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestFileError {
    /// What is wrong.
    pub message: String,
    /// Where.
    pub span: Span,
}

impl fmt::Display for TestFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for TestFileError {}

/// The members of a test file, of a case and of what it expects. Others are reported, as a
/// misspelt expectation would never fail.
const FILE: [&str; 4] = ["$schema", "definition", "machines", "cases"];
const CASE: [&str; 8] = [
    "name",
    "input",
    "mocks",
    "mockConfig",
    "testCase",
    "seed",
    "s3",
    "expect",
];
const EXPECT: [&str; 5] = ["status", "output", "outputSubset", "error", "path"];

impl TestFile {
    /// Reads a test file; all that is wrong with it if it is not one.
    pub fn parse(text: &str) -> Result<Self, Vec<TestFileError>> {
        let parse = parse(text);
        let mut reader = Reader { errors: Vec::new() };
        let errors = parse.errors.iter();
        for error in errors.filter(|error| !error.kind.is_readable()) {
            reader.error(error.span, error.kind.to_string());
        }
        let file = reader.file(&parse.root);
        match reader.errors.is_empty() {
            true => Ok(file),
            false => Err(reader.errors),
        }
    }
}

struct Reader {
    errors: Vec<TestFileError>,
}

impl Reader {
    fn error(&mut self, span: Span, message: impl Into<String>) {
        let message = message.into();
        self.errors.push(TestFileError { message, span });
    }

    /// The members of an object, each of which must be known.
    fn object(&mut self, node: &Node, what: &str, known: &[&str]) {
        let Some(members) = node.members() else {
            let message = format!("{what} must be an object, not {}", node.describe());
            return self.error(node.span, message);
        };
        for member in members {
            if !known.contains(&&*member.key.name) {
                let message = format!("{what} has no member {}", member.key.name);
                self.error(member.key.span, message);
            }
        }
    }

    fn text(&mut self, node: &Node, name: &str) -> Option<Arc<str>> {
        let node = node.get(name)?;
        if node.as_str().is_none() {
            let message = format!("{name} must be a string, not {}", node.describe());
            self.error(node.span, message);
        }
        node.as_str().cloned()
    }

    fn items<'a>(&mut self, node: Option<&'a Node>, name: &str) -> &'a [Node] {
        let Some(node) = node else { return &[] };
        match node.items() {
            Some(items) => items,
            None => {
                let message = format!("{name} must be an array, not {}", node.describe());
                self.error(node.span, message);
                &[]
            }
        }
    }

    fn file(&mut self, root: &Node) -> TestFile {
        self.object(root, "A test file", &FILE);
        if root.members().is_some() {
            for name in ["definition", "cases"] {
                if root.get(name).is_none() {
                    self.error(root.span, format!("A test file needs {name}"));
                }
            }
        }
        let definition = root.get("definition").map(|node| self.inline(node));
        let machines = root.get("machines").and_then(Node::members);
        let machines = machines
            .unwrap_or_default()
            .iter()
            .map(|member| (member.key.name.clone(), self.inline(&member.value)));
        let machines = machines.collect();
        let cases = self.items(root.get("cases"), "cases").iter();
        TestFile {
            definition: definition.unwrap_or(Text::Inline(String::new())),
            machines,
            cases: cases.map(|case| self.case(case)).collect(),
        }
    }

    fn inline(&mut self, node: &Node) -> Text {
        match &node.kind {
            NodeKind::String(path) => Text::Path(path.clone()),
            NodeKind::Object(_) => Text::Inline(node.to_value().to_string()),
            _ => {
                let message = format!(
                    "A definition is a path or an object, not {}",
                    node.describe()
                );
                self.error(node.span, message);
                Text::Inline(String::new())
            }
        }
    }

    fn case(&mut self, node: &Node) -> TestCase {
        self.object(node, "A case", &CASE);
        let name = self.text(node, "name");
        if name.is_none() && node.members().is_some() && node.get("name").is_none() {
            self.error(node.span, "A case needs a name");
        }
        let expect = match node.get("expect") {
            Some(expect) => self.expect(expect),
            None => {
                if node.members().is_some() {
                    self.error(node.span, "A case needs expect");
                }
                Expect::default()
            }
        };
        TestCase {
            name: name.unwrap_or_default(),
            input: node
                .get("input")
                .map_or_else(Value::empty_object, Node::to_value),
            mocks: self.mocks(node),
            seed: self.seed(node.get("seed")),
            objects: self.objects(node.get("s3")),
            expect,
        }
    }

    fn seed(&mut self, node: Option<&Node>) -> u64 {
        let Some(node) = node else { return 0 };
        let seed = node
            .to_value()
            .as_i64()
            .and_then(|seed| u64::try_from(seed).ok());
        if seed.is_none() {
            self.error(
                node.span,
                "seed must be a whole number that is not negative",
            );
        }
        seed.unwrap_or_default()
    }

    fn mocks(&mut self, node: &Node) -> CaseMocks {
        let (inline, path) = (node.get("mocks"), self.text(node, "mockConfig"));
        let test_case = self.text(node, "testCase");
        if let (Some(inline), true) = (inline, path.is_some()) {
            self.error(inline.span, "A case has mocks or mockConfig, not both");
        }
        if let (Some(test_case), true) = (node.get("testCase"), path.is_none()) {
            self.error(
                test_case.span,
                "testCase chooses from a mockConfig, which is missing",
            );
        }
        match (inline, path) {
            (Some(inline), _) => match Mocks::parse_states(inline) {
                Ok(mocks) => CaseMocks::Inline(mocks),
                Err(errors) => {
                    for error in errors {
                        self.error(error.span, error.message);
                    }
                    CaseMocks::None
                }
            },
            (None, Some(path)) => CaseMocks::Config { path, test_case },
            (None, None) => CaseMocks::None,
        }
    }

    /// `{"bucket": {"key": "text"}}`; JSON that is no string stands for its text.
    fn objects(&mut self, node: Option<&Node>) -> Objects {
        let mut objects = Objects::default();
        let Some(node) = node else { return objects };
        let Some(buckets) = node.members() else {
            self.error(
                node.span,
                "s3 must be an object with a member for each bucket",
            );
            return objects;
        };
        for bucket in buckets {
            let Some(keys) = bucket.value.members() else {
                let message = "A bucket must be an object with a member for each key";
                self.error(bucket.value.span, message);
                continue;
            };
            for key in keys {
                let text = match key.value.as_str() {
                    Some(text) => text.clone(),
                    None => key.value.to_value().to_string().into(),
                };
                objects.insert(bucket.key.name.clone(), key.key.name.clone(), text);
            }
        }
        objects
    }

    fn expect(&mut self, node: &Node) -> Expect {
        self.object(node, "expect", &EXPECT);
        let status = self.text(node, "status").and_then(|text| {
            let status = StatusWord::parse(&text);
            if let (None, Some(node)) = (status, node.get("status")) {
                let message = "status is SUCCEEDED, FAILED, TIMED_OUT, ABORTED or PENDING";
                self.error(node.span, message);
            }
            status
        });
        let path = node.get("path").map(|path| {
            let names = self.items(Some(path), "path").iter();
            names
                .filter_map(|name| {
                    if name.as_str().is_none() {
                        self.error(name.span, "path lists the names of states");
                    }
                    name.as_str().cloned()
                })
                .collect()
        });
        Expect {
            status,
            output: node.get("output").map(Node::to_value),
            output_subset: node.get("outputSubset").map(Node::to_value),
            error: self.text(node, "error"),
            path,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_a_case_says() {
        let text = r#"{"definition": "a.asl.json", "cases": [
            {"name": "one", "input": [1], "seed": 7, "s3": {"b": {"k": "text", "j": [1]}},
             "mocks": {"T": {"0": {"Return": 1}}},
             "expect": {"status": "SUCCEEDED", "output": 1, "path": ["A", "B"]}},
            {"name": "two", "mockConfig": "m.json", "testCase": "x", "expect": {"error": "E"}}]}"#;
        let file = TestFile::parse(text).unwrap();
        assert_eq!(file.definition, Text::Path("a.asl.json".into()));
        let [one, two] = file.cases.as_slice() else {
            panic!("{file:?}");
        };
        assert_eq!((one.seed, one.input.to_string()), (7, "[1]".to_owned()));
        assert_eq!(one.objects.get("b", "j").map(|text| &**text), Some("[1]"));
        assert!(matches!(one.mocks, CaseMocks::Inline(_)));
        assert_eq!(one.expect.status, Some(StatusWord::Succeeded));
        assert_eq!(two.input, Value::empty_object());
        assert_eq!(two.expect.error.as_deref(), Some("E"));
    }

    #[test]
    fn tells_every_mistake() {
        for (text, message) in [
            ("[]", "A test file must be an object, not an array"),
            (r#"{"cases": []}"#, "A test file needs definition"),
            (
                r#"{"definition": 1, "cases": []}"#,
                "A definition is a path or an object, not a number",
            ),
            (
                r#"{"definition": "a", "cases": [{}]}"#,
                "A case needs a name",
            ),
            (
                r#"{"definition": "a", "cases": [{"name": "n"}]}"#,
                "A case needs expect",
            ),
            (
                r#"{"definition": "a", "cases": [{"name": "n", "expect": {"outputs": 1}}]}"#,
                "expect has no member outputs",
            ),
            (
                r#"{"definition": "a", "cases": [{"name": "n", "expect": {"status": "OK"}}]}"#,
                "status is SUCCEEDED, FAILED, TIMED_OUT, ABORTED or PENDING",
            ),
            (
                r#"{"definition": "a", "cases": [{"name": "n", "testCase": "x", "expect": {}}]}"#,
                "testCase chooses from a mockConfig, which is missing",
            ),
            (
                r#"{"definition": "a", "cases": [{"name": "n", "mocks": {"T": {"x": {}}}, "expect": {}}]}"#,
                "x is neither an attempt nor a range such as 0-2",
            ),
        ] {
            let errors = TestFile::parse(text).unwrap_err();
            assert!(
                errors.iter().any(|error| error.message == message),
                "{text}: {errors:?}"
            );
        }
        assert!(TestFile::parse("{").is_err());
    }

    /// What editors are told is what is read.
    #[test]
    fn the_schema_has_the_same_members() {
        let schema = include_str!("../../../schemas/asl.test.schema.json");
        let schema: serde_json::Value = serde_json::from_str(schema).unwrap();
        let names = |value: &serde_json::Value| -> Vec<String> {
            assert_eq!(value["additionalProperties"], false);
            value["properties"]
                .as_object()
                .unwrap()
                .keys()
                .cloned()
                .collect()
        };
        let sorted = |names: &[&str]| {
            let mut names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            names.sort();
            names
        };
        let case = &schema["properties"]["cases"]["items"];
        for (known, value) in [
            (&FILE[..], &schema),
            (&CASE[..], case),
            (&EXPECT[..], &case["properties"]["expect"]),
        ] {
            let mut found = names(value);
            found.sort();
            assert_eq!(found, sorted(known));
        }
    }
}
