//! The text that somebody edits, as far as help needs it: the definition's own text, its tree
//! and the place of the cursor in it.

use std::sync::Arc;

use crate::authoring::document::{Document, Notation, yaml_tree};
use crate::authoring::exchange::Inlay;
use crate::source::json::{self, Node};
use crate::source::text::{Span, TextEdit};

/// A word that nobody writes: it stands for what is typed next.
pub(super) const MARK: &str = "zq0x";

/// A definition and a place in it.
pub(super) struct Scene {
    /// The text of the definition; of YAML that of the host.
    pub text: Arc<str>,
    /// Its tree.
    pub root: Node,
    /// Whether values are spelled as in YAML.
    pub is_yaml: bool,
    /// The place, in bytes of the text.
    pub at: usize,
    /// How the text lies in that of the document.
    inlay: Option<Inlay>,
}

/// The text of a document's definition, its tree, and how it lies in the document where that
/// holds more.
pub(super) fn own_text(document: &Document) -> (Arc<str>, Node, Option<Inlay>) {
    match document.shell().and_then(|shell| shell.inlay.clone()) {
        Some(inlay) => {
            let root = json::parse(inlay.text()).root;
            (inlay.text().into(), root, Some(inlay))
        }
        None => (document.text().clone(), document.root().clone(), None),
    }
}

impl Scene {
    /// The definition of a document; nothing where the place is not in it.
    pub fn new(document: &Document, offset: usize) -> Option<Self> {
        let (text, root, inlay) = own_text(document);
        let at = match &inlay {
            Some(inlay) => inlay.from_host(offset)?,
            None => text.get(..offset).map(str::len)?,
        };
        Some(Self {
            is_yaml: inlay.is_none() && document.notation() == Notation::Yaml,
            text,
            root,
            at,
            inlay,
        })
    }

    /// A span of the definition's text in that of the document.
    pub fn to_host(&self, span: Span) -> Span {
        match &self.inlay {
            Some(inlay) => inlay.to_host(span),
            None => span,
        }
    }

    /// An edit of the definition's text as one of the document; nothing where its host cannot
    /// take it.
    pub fn edit(&self, edit: TextEdit) -> Option<TextEdit> {
        match &self.inlay {
            Some(inlay) => inlay.edit(&edit),
            None => Some(edit),
        }
    }

    /// The tree of a YAML text with something put in at the cursor.
    pub fn with(&self, inserted: &str) -> Option<Node> {
        let before = self.text.get(..self.at)?;
        let after = self.text.get(self.at..)?;
        Some(yaml_tree(&format!("{before}{inserted}{after}")))
    }

    /// The line up to the cursor.
    pub fn line_before(&self) -> &str {
        let before = self.text.get(..self.at).unwrap_or("");
        before.rsplit('\n').next().unwrap_or("")
    }

    /// The line from the cursor on.
    pub fn line_after(&self) -> &str {
        let after = self.text.get(self.at..).unwrap_or("");
        after.split(['\n', '\r']).next().unwrap_or("")
    }

    /// The spaces that the cursor's line begins with.
    pub fn indent(&self) -> usize {
        let line = self.line_before();
        line.len() - line.trim_start_matches(' ').len()
    }
}
