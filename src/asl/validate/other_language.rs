//! A field belongs to the other query language.

use super::Rule;
use super::finding::{Report, Said};
use super::place::{LanguageCheck, Object};
use crate::asl::field::{self, Field, Owner};
use crate::asl::state::QueryLanguage;
use crate::source::json::Member;
use crate::source::{Code, Diagnostic, edit};

/// Fields are those of the state's query language.
pub const OTHER_LANGUAGE: Rule = Rule {
    code: Code("OTHER_LANGUAGE"),
    demand: "InputPath, Parameters, ResultSelector, ResultPath, OutputPath and the fields that end in \
             Path belong to JSONPath, Arguments, Output, Items and Condition to JSONata. A state \
             without QueryLanguage has that of the whole definition, wherever it stands.",
    invalid: r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "Output": 1, "End": true}}}"#,
    valid: r#"{"StartAt": "A", "QueryLanguage": "JSONata", "States": {"A": {"Type": "Pass", "Output": 1, "End": true}}}"#,
    ..Rule::STANDARD
};

/// What has the same purpose in the other language.
const TWINS: [(&str, &str); 2] = [("Parameters", "Arguments"), ("ItemsPath", "Items")];

/// Reports a field that the object may have in the other language only.
pub(super) fn check(report: &mut Report<'_>, object: &Object<'_>, field: &Field, member: &Member) {
    let Some(of) = field
        .language
        .filter(|_| report.language_check != LanguageCheck::Off)
    else {
        return;
    };
    let (name, own_language) = (field.name, object.language.as_str());
    let said = format!(
        "The QueryLanguage is set to '{own_language}', but field '{name}' is only supported for the \
         '{}' QueryLanguage",
        of.as_str()
    );
    let is_told = report.language_check == LanguageCheck::Sure
        && match of {
            // Where the whole should be in JSONata, one word repairs all of it.
            QueryLanguage::Jsonata => !std::mem::replace(&mut report.is_language_told, true),
            QueryLanguage::JsonPath => is_first(object, of, member),
        };
    let own = is_told.then(|| own(report, object, of, member));
    report.add(own, Said::schema(object.location, said));
}

/// Whether the members before this one are all right.
fn is_first(object: &Object<'_>, of: QueryLanguage, member: &Member) -> bool {
    let is_foreign = |other: &&Member| {
        let field = field::field(object.owner, &other.key.name);
        field.is_some_and(|field| field.language == Some(of))
    };
    let first = object.members().iter().find(is_foreign);
    first.is_some_and(|first| first.key.span == member.key.span)
}

fn own(report: &Report<'_>, object: &Object<'_>, of: QueryLanguage, member: &Member) -> Diagnostic {
    let name = &*member.key.name;
    let message = format!(
        "{name} belongs to {}, but the query language here is {}",
        of.as_str(),
        object.language.as_str()
    );
    let mut problem = Diagnostic::error(OTHER_LANGUAGE.code, member.key.span, message);
    let twin = TWINS.iter().find_map(|&(path, jsonata)| match of {
        QueryLanguage::JsonPath => (path == name).then_some(jsonata),
        QueryLanguage::Jsonata => (jsonata == name).then_some(path),
    });
    let twin = twin.filter(|twin| field::field(object.owner, twin).is_some() && !object.has(twin));
    // A path and an expression are no spellings of one thing.
    if let Some(twin) = twin.filter(|twin| !twin.starts_with("Items")) {
        let edit = edit::rename(report.text, member, twin);
        problem = problem.with_fix(format!("Change to {twin}"), edit);
    } else if let Some(twin) = twin {
        problem = problem.with_hint(format!("{} has {twin} instead", object.language.as_str()));
    }
    let may_switch = of == QueryLanguage::Jsonata && !object.has("QueryLanguage");
    if may_switch && matches!(object.owner, Owner::State(_)) {
        let edit = edit::insert(
            report.text,
            object.node,
            0,
            "QueryLanguage",
            &"JSONata".into(),
        );
        problem = problem.with_fix("Make JSONata the language of this state", edit);
    }
    if may_switch
        && report.root.get("QueryLanguage").is_none()
        && report.root.get("States").is_some()
    {
        let edit = edit::insert(
            report.text,
            report.root,
            0,
            "QueryLanguage",
            &"JSONata".into(),
        );
        problem = problem.with_fix("Make JSONata the language of the whole", edit);
    }
    problem
}
