//! What a first visit shows. It comes with the page; all other examples are fetched when
//! somebody looks for one.

/// A definition with what its first run needs.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// Its name.
    pub name: &'static str,
    /// Its definition.
    pub definition: &'static str,
    /// An input for it.
    pub input: &'static str,
    /// Mocks for it.
    pub mocks: &'static str,
}

/// The first of the examples.
pub const FIRST: Example = Example {
    name: "order-processing",
    definition: include_str!("../../../www/examples/order-processing/definition.asl.json"),
    input: include_str!("../../../www/examples/order-processing/input.json"),
    mocks: include_str!("../../../www/examples/order-processing/mocks.json"),
};
