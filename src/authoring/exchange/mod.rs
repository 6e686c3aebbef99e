//! Definitions inside other texts: templates of CloudFormation and SAM in JSON and YAML, the
//! configuration of the Serverless Framework, Terraform.
//!
//! What is found is a region of the host text, with what stands there read as the tree of a
//! definition whose places are those of the host. Where the definition is a text inside a
//! text, an [`Inlay`] knows how the bytes of one lie in the other, so that an edit of the
//! definition is an edit of the host.

mod function;
mod inlay;
mod serverless;
mod template;
mod terraform;

use std::sync::Arc;

use crate::asl::WorkflowType;
use crate::source::json::Node;

pub use inlay::Inlay;
pub use template::{TYPES, machines};

/// A definition that was found in another text.
#[derive(Clone, Debug, PartialEq)]
pub struct Embedded {
    /// What the text is.
    pub host: Host,
    /// The name of the state machine there.
    pub name: Arc<str>,
    /// How the definition stands there.
    pub form: Form,
    /// What the host puts in for the placeholders of the definition.
    pub substitutions: Vec<Given>,
    /// The type that the host gives the state machine.
    pub workflow_type: Option<WorkflowType>,
    /// The names of all state machines in the text, this one included.
    pub names: Vec<Arc<str>>,
}

impl Embedded {
    /// The one that is wanted, or else the first; it knows the names of all.
    fn choose(found: impl Iterator<Item = Self>, wanted: Option<&str>) -> Option<Self> {
        let mut found: Vec<Self> = found.collect();
        let names = found.iter().map(|found| found.name.clone()).collect();
        let place = found.iter().position(|found| Some(&*found.name) == wanted);
        let place = place.unwrap_or(0);
        let chosen = (place < found.len()).then(|| found.swap_remove(place))?;
        Some(Self { names, ..chosen })
    }
}

/// What a text is that holds a definition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Host {
    /// A template of CloudFormation, as the CDK writes it too.
    CloudFormation,
    /// A template of the Serverless Application Model.
    Sam,
    /// `serverless.yml` with the plug-in for Step Functions.
    Serverless,
    /// Terraform with the definition in a heredoc.
    Terraform,
}

impl Host {
    /// With its article, for messages.
    pub fn title(self) -> &'static str {
        match self {
            Host::CloudFormation => "a CloudFormation template",
            Host::Sam => "a SAM template",
            Host::Serverless => "a configuration of the Serverless Framework",
            Host::Terraform => "a Terraform configuration",
        }
    }
}

/// How a definition stands in its host.
#[derive(Clone, Debug, PartialEq)]
pub enum Form {
    /// As a part of the host's own tree; functions of the host are strings with placeholders.
    Tree(Node),
    /// As JSON in a string.
    Text(Inlay),
}

/// What a host puts in for a placeholder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The name between the braces.
    pub name: Arc<str>,
    /// The value, or the placeholder of what only the deployment knows.
    pub value: String,
}

impl Given {
    /// Whether the value is known before the deployment.
    pub fn is_known(&self) -> bool {
        !self.value.contains("${")
    }
}

/// A definition in the tree of a JSON or YAML text: that of the state machine that is wanted,
/// or else the first.
pub fn find(text: &str, root: &Node, wanted: Option<&str>) -> Option<Embedded> {
    Embedded::choose(template::find(text, root), wanted)
        .or_else(|| Embedded::choose(serverless::find(root), wanted))
}

/// A definition in a heredoc of a Terraform text, chosen likewise.
pub fn find_in_terraform(text: &str, wanted: Option<&str>) -> Option<Embedded> {
    Embedded::choose(terraform::find(text), wanted)
}
