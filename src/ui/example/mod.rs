//! Definitions to start from, each with an input and mocks.

/// An example.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// Its name.
    pub name: &'static str,
    /// What it teaches, in a sentence.
    pub teaches: &'static str,
    /// Its definition.
    pub definition: &'static str,
    /// An input for it.
    pub input: &'static str,
    /// Mocks for it; empty for none.
    pub mocks: &'static str,
}

/// What a first visit shows.
pub const FIRST: Example = Example {
    name: "order-processing",
    teaches: "A Choice, a Parallel with a Catch, a Map, and mocks that make one attempt fail",
    definition: include_str!("../../../www/examples/order-processing/definition.asl.json"),
    input: include_str!("../../../www/examples/order-processing/input.json"),
    mocks: include_str!("../../../www/examples/order-processing/mocks.json"),
};

/// All of them.
pub const ALL: &[Example] = &[
    FIRST,
    Example {
        name: "retry-with-backoff",
        teaches: "How a Retrier backs off, gives up, and hands over to a Catcher",
        definition: include_str!("../../../www/examples/retry-with-backoff/definition.asl.json"),
        input: include_str!("../../../www/examples/retry-with-backoff/input.json"),
        mocks: include_str!("../../../www/examples/retry-with-backoff/mocks.json"),
    },
    Example {
        name: "ask-a-human",
        teaches: "A callback task without a mock: the run asks you for the decision",
        definition: include_str!("../../../www/examples/ask-a-human/definition.asl.json"),
        input: include_str!("../../../www/examples/ask-a-human/input.json"),
        mocks: include_str!("../../../www/examples/ask-a-human/mocks.json"),
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authoring::document::Document;
    use crate::source::json::Value;

    #[test]
    fn examples_are_flawless() {
        for example in ALL {
            assert_eq!(
                Document::open(example.definition).diagnostics(),
                [],
                "{}",
                example.name
            );
            assert!(Value::parse(example.input).is_ok(), "{}", example.name);
            assert!(
                example.mocks.is_empty() || Value::parse(example.mocks).is_ok(),
                "{}",
                example.name
            );
        }
    }
}
