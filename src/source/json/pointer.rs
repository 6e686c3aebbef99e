//! JSON Pointers (RFC 6901): the identity of a node across edits.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// A place in a tree: `/States/Ship/Retry/0`. The root is the empty pointer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pointer(Arc<str>);

impl Pointer {
    /// The whole document.
    pub fn root() -> Self {
        Self("".into())
    }

    /// Reads the text form; anything that does not start with `/` is the root.
    pub fn parse(text: &str) -> Self {
        Self(if text.starts_with('/') {
            text.into()
        } else {
            "".into()
        })
    }

    /// The place of member `name` of the object here.
    #[must_use]
    pub fn child(&self, name: &str) -> Self {
        let name = name.replace('~', "~0").replace('/', "~1");
        Self(format!("{}/{name}", self.0).into())
    }

    /// The place of element `index` of the array here.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        Self(format!("{}/{index}", self.0).into())
    }

    /// The place that holds this one; `None` for the root.
    pub fn parent(&self) -> Option<Self> {
        self.0
            .rfind('/')
            .map(|slash| Self(self.0.get(..slash).unwrap_or("").into()))
    }

    /// The tokens on the way from the root, unescaped.
    pub fn tokens(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.0.split('/').skip(1).map(|token| {
            if token.contains('~') {
                return token.replace("~1", "/").replace("~0", "~").into();
            }
            token.into()
        })
    }

    /// Whether this place is `other` or inside it.
    pub fn is_within(&self, other: &Pointer) -> bool {
        self.0
            .strip_prefix(&*other.0)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The text form.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for Pointer {
    fn default() -> Self {
        Self::root()
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_names() {
        let pointer = Pointer::root().child("States").child("a/b~c").index(0);
        assert_eq!(pointer.as_str(), "/States/a~1b~0c/0");
        assert_eq!(
            pointer.tokens().collect::<Vec<_>>(),
            ["States", "a/b~c", "0"]
        );
        assert_eq!(pointer.parent().unwrap().as_str(), "/States/a~1b~0c");
        assert_eq!(Pointer::root().parent(), None);
    }

    #[test]
    fn knows_what_lies_within() {
        let state = Pointer::parse("/States/A");
        assert!(Pointer::parse("/States/A/Next").is_within(&state));
        assert!(state.is_within(&state));
        assert!(!Pointer::parse("/States/AB").is_within(&state));
        assert!(state.is_within(&Pointer::root()));
    }
}
