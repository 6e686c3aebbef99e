//! Where something stands in a definition, in the notation of the service's diagnostics:
//! `/States/Sort/Choices[0]/Next`.

use std::fmt;

use crate::source::json::{Node, NodeKind, Pointer};

/// A place, linked to the one around it. It lives on the stack of the walk and costs nothing
/// until it is printed.
#[derive(Clone, Copy, Debug)]
pub(super) enum Location<'a> {
    /// The whole definition.
    Root,
    /// A member of an object.
    Field(&'a Location<'a>, &'a str),
    /// An element of an array.
    Index(&'a Location<'a>, usize),
}

impl<'a> Location<'a> {
    /// The place of a member.
    pub fn field(&'a self, name: &'a str) -> Location<'a> {
        Location::Field(self, name)
    }

    /// The place of an element.
    pub fn index(&'a self, index: usize) -> Location<'a> {
        Location::Index(self, index)
    }

    fn write(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Location::Root => Ok(()),
            Location::Field(parent, name) => {
                parent.write(f)?;
                write!(f, "/{name}")
            }
            Location::Index(parent, index) => {
                parent.write(f)?;
                write!(f, "[{index}]")
            }
        }
    }
}

impl fmt::Display for Location<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Location::Root => f.write_str("/"),
            Location::Field(..) | Location::Index(..) => self.write(f),
        }
    }
}

/// The place of a pointer; names are not escaped, as the service has it.
pub(super) fn location_of(root: &Node, pointer: &Pointer) -> String {
    let mut location = String::new();
    let mut node = Some(root);
    for token in pointer.tokens() {
        let items = node.and_then(|node| match &node.kind {
            NodeKind::Array(items) => Some(items),
            _ => None,
        });
        match items {
            Some(items) => {
                location.push_str(&format!("[{token}]"));
                node = token.parse().ok().and_then(|index: usize| items.get(index));
            }
            None => {
                location.push('/');
                location.push_str(&token);
                node = node.and_then(|node| node.get(&token));
            }
        }
    }
    if location.is_empty() {
        location.push('/');
    }
    location
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::json::parse;

    #[test]
    fn places_are_written_as_the_service_does() {
        let states = Location::Root.field("States");
        let state = states.field("a/b");
        let choices = state.field("Choices");
        assert_eq!(Location::Root.to_string(), "/");
        assert_eq!(choices.index(2).to_string(), "/States/a/b/Choices[2]");
    }

    #[test]
    fn pointers_become_places() {
        let root = parse(r#"{"States": {"a/b": {"Choices": [{"0": {}}]}}}"#).root;
        for (pointer, location) in [
            ("", "/"),
            ("/States/a~1b", "/States/a/b"),
            ("/States/a~1b/Choices/0/0", "/States/a/b/Choices[0]/0"),
            ("/States/none/Choices/0", "/States/none/Choices/0"),
        ] {
            assert_eq!(location_of(&root, &Pointer::parse(pointer)), location);
        }
    }
}
