//! An input and mocks made on behalf of the page, which has no room for what makes them.

use super::messages::Report;
use crate::asl;
use crate::execution::generate::generate;
use crate::source::json::parse;

/// Makes them for a definition; `name` is what the mocks call the machine.
pub fn generated(order: u32, name: &str, definition: &str) -> Report {
    let machine = asl::lower(&parse(definition).root).machine;
    let generated = generate(&machine, name);
    Report::Generated {
        order,
        input: generated.input_text(),
        mocks: generated.mocks_text(),
    }
}
