//! The paths that a source file names: `use` trees spelled out, and paths in expressions,
//! types and macros. Comments, strings and documentation name nothing. A condition on a
//! feature is given as the path `cfg::feature`.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A path as written, without a leading `::`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// The names, `crate`, `super` and `self` included.
    pub segments: Vec<String>,
    /// The line it starts at, from 1.
    pub line: usize,
    /// Whether it stands below `#[cfg(test)]`.
    pub in_tests: bool,
    /// How many inline modules it stands in.
    pub nesting: usize,
}

/// Every path of `source`, single names included, in order.
///
/// # Panics
///
/// When `source` is not Rust.
pub fn paths(source: &str) -> Vec<Path> {
    let tokens: TokenStream = source
        .parse()
        .expect("a source file is made of Rust tokens");
    let mut walker = Walker::default();
    walker.walk(tokens);
    walker.found
}

#[derive(Default)]
struct Walker {
    found: Vec<Path>,
    in_tests: bool,
    in_condition: bool,
    nesting: usize,
}

impl Walker {
    fn walk(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let outside = self.in_tests;
        let mut module = false;
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            match token {
                TokenTree::Ident(name) if name == "mod" => module = true,
                TokenTree::Ident(name) => {
                    let feature = self.in_condition && name == "feature";
                    let prefix = if feature {
                        vec!["cfg".to_owned()]
                    } else {
                        Vec::new()
                    };
                    at = self.path(&tokens, at, &prefix);
                    continue;
                }
                TokenTree::Group(group) => {
                    let attribute = group.delimiter() == Delimiter::Bracket
                        && at > 0
                        && is_punct(tokens.get(at - 1), '#');
                    if attribute && is_cfg_test(group.stream()) {
                        self.in_tests = true;
                    }
                    let condition = matches!(
                        preceding_name(&tokens, at).as_deref(),
                        Some("cfg" | "cfg_attr")
                    );
                    let inline_module = module && group.delimiter() == Delimiter::Brace;
                    self.nesting += usize::from(inline_module);
                    let outer = self.in_condition;
                    self.in_condition |= condition;
                    if !is_doc(attribute, group.stream()) {
                        self.walk(group.stream());
                    }
                    self.in_condition = outer;
                    self.nesting -= usize::from(inline_module);
                    if group.delimiter() == Delimiter::Brace {
                        // The item that the attribute stood before has ended.
                        self.in_tests = outside;
                        module = false;
                    }
                }
                TokenTree::Punct(punct) if punct.as_char() == ';' => {
                    self.in_tests = outside;
                    module = false;
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
            at += 1;
        }
        self.in_tests = outside;
    }

    /// Reads the path that starts at `at` and gives the index after it.
    fn path(&mut self, tokens: &[TokenTree], mut at: usize, prefix: &[String]) -> usize {
        let mut segments = prefix.to_vec();
        let line = tokens.get(at).map_or(0, |token| token.span().start().line);
        while let Some(TokenTree::Ident(name)) = tokens.get(at) {
            segments.push(name.to_string().trim_start_matches("r#").to_owned());
            at += 1;
            if !(is_punct(tokens.get(at), ':') && is_punct(tokens.get(at + 1), ':')) {
                break;
            }
            match tokens.get(at + 2) {
                Some(TokenTree::Ident(_)) => at += 2,
                Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                    self.tree(group.stream(), &segments);
                    return at + 3;
                }
                // A glob, or type arguments.
                _ => {
                    at += 2;
                    break;
                }
            }
        }
        self.found.push(Path {
            segments,
            line,
            in_tests: self.in_tests,
            nesting: self.nesting,
        });
        at
    }

    /// Reads the entries of a `use` tree in braces.
    fn tree(&mut self, tokens: TokenStream, prefix: &[String]) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while at < tokens.len() {
            if matches!(tokens.get(at), Some(TokenTree::Ident(_))) {
                at = self.path(&tokens, at, prefix);
                // A new name after `as` is no path.
                if matches!(tokens.get(at), Some(TokenTree::Ident(word)) if word == "as") {
                    at += 2;
                }
            } else {
                at += 1;
            }
        }
    }
}

fn is_punct(token: Option<&TokenTree>, wanted: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == wanted)
}

/// The name right before `at`, or before the `!` of a macro call.
fn preceding_name(tokens: &[TokenTree], at: usize) -> Option<String> {
    let before = at.checked_sub(1)?;
    let name = if is_punct(tokens.get(before), '!') {
        before.checked_sub(1)?
    } else {
        before
    };
    match tokens.get(name)? {
        TokenTree::Ident(name) => Some(name.to_string()),
        _ => None,
    }
}

fn is_cfg_test(attribute: TokenStream) -> bool {
    attribute.to_string().replace(' ', "") == "cfg(test)"
}

fn is_doc(attribute: bool, tokens: TokenStream) -> bool {
    attribute && matches!(tokens.into_iter().next(), Some(TokenTree::Ident(name)) if name == "doc")
}
