//! The walk over a definition's tree by the table of fields.
//!
//! It goes by the text and not by the model, as the model leaves out what does not fit. At
//! each object it asks which fields are there, then looks at each value by its kind; rules
//! that need more than one field follow.

use super::finding::Report;
use super::location::Location;
use super::place::{LanguageCheck, Object, Offers, Place, Title};
use super::{
    choice_rule, credentials, distributed_map, exclusive_fields, express, item_reader,
    language_downgrade, looks_like_path, missing_field, missing_parameter, other_language,
    out_of_range, result_writer, retry, state_name, timeouts, too_large, unknown_field,
    unknown_state_type, wrong_type,
};
use crate::asl::field::{self, Field, FieldKind, Owner};
use crate::asl::state::{QueryLanguage, StateType};
use crate::source::Span;
use crate::source::json::{Member, Node, NodeKind};

/// Checks a whole definition.
pub(super) fn definition(report: &mut Report<'_>, root: &Node) {
    let language = match root.get("QueryLanguage") {
        None => QueryLanguage::default(),
        Some(node) => spelled_language(node),
    };
    report.language = language;
    report.is_language_slipped = is_language_slipped(root);
    machine(report, root, Owner::StateMachine, &Location::Root);
}

/// The language that the service takes a `QueryLanguage` for: anything but the one exact
/// spelling is JSONata, whatever else is said of the value.
fn spelled_language(node: &Node) -> QueryLanguage {
    match node.as_str().map(|text| &**text) {
        Some("JSONPath") => QueryLanguage::JsonPath,
        _ => QueryLanguage::Jsonata,
    }
}

/// Whether the language of the whole has slipped in between the states.
fn is_language_slipped(root: &Node) -> bool {
    let slipped = root
        .get("States")
        .and_then(|states| states.get("QueryLanguage"));
    slipped.is_some_and(|language| language.as_str().is_some())
}

fn is_known_language(node: &Node) -> bool {
    let text = node.as_str().map(|text| &**text);
    matches!(text, Some("JSONPath" | "JSONata"))
}

fn machine(report: &mut Report<'_>, node: &Node, owner: Owner, location: &Location<'_>) {
    // A message about the whole belongs to its opening bracket, not to all of its lines.
    let start = node.span.start as usize;
    let is_distributed = distributed_map::is_distributed(node);
    let outside = report.scopes.enter(!is_distributed);
    object(
        report,
        Object {
            node,
            owner,
            language: report.language,
            location,
            label: Span::char_at(report.text, start),
            title: Title::Of(owner),
            offers: Offers::default(),
        },
    );
    report.scopes.leave(outside);
}

/// Checks an object: its fields, their values, and what holds between them.
pub(super) fn object(report: &mut Report<'_>, object: Object<'_>) {
    if object.node.members().is_none() {
        return wrong_type::not_an_object(report, &object);
    }
    let explained = missing_field::check(report, &object);
    unknown_field::check(report, &object, &explained);
    exclusive_fields::check(report, &object);
    for member in object.members() {
        let Some(field) = field::field(object.owner, &member.key.name) else {
            continue;
        };
        if field.is_allowed_in(object.language) {
            value(report, &object, field, member);
        } else {
            other_language::check(report, &object, field, member);
        }
    }
    match object.owner {
        Owner::ChoiceRule | Owner::DataTest => choice_rule::check(report, &object),
        Owner::ProcessorConfig => distributed_map::check_config(report, &object),
        Owner::ItemReader => item_reader::check(report, &object),
        Owner::ReaderConfig => item_reader::check_config(report, &object),
        Owner::ResultWriter => result_writer::check(report, &object),
        Owner::WriterConfig => result_writer::check_config(report, &object),
        Owner::Credentials => credentials::check(report, &object),
        Owner::State(StateType::Task) => {
            missing_parameter::check(report, &object);
            credentials::check_activity(report, &object);
            express::check_task(report, &object);
            timeouts::check(report, &object);
        }
        Owner::State(StateType::Map) => distributed_map::check(report, &object),
        Owner::State(StateType::Pass) => looks_like_path::check_result(report, &object),
        Owner::State(StateType::Fail) => looks_like_path::check_fail(report, &object),
        Owner::State(
            StateType::Choice | StateType::Wait | StateType::Succeed | StateType::Parallel,
        )
        | Owner::StateMachine
        | Owner::Branch
        | Owner::ItemProcessor
        | Owner::Retrier
        | Owner::Catcher
        | Owner::ItemBatcher => {}
    }
}

/// Checks the value of a field that the object may have.
fn value(report: &mut Report<'_>, object: &Object<'_>, field: &Field, member: &Member) {
    let node = &member.value;
    if node.kind == NodeKind::Missing {
        return;
    }
    let location = object.location.field(&member.key.name);
    let place = Place {
        object,
        field,
        node,
        location: &location,
    };
    match field.kind {
        FieldKind::Text | FieldKind::StateName | FieldKind::StartState | FieldKind::RoleArn => {
            super::text::check(report, &place);
        }
        FieldKind::Word(words) => super::unknown_word::check(report, &place, words),
        FieldKind::Boolean => wrong_type::check_boolean(report, &place),
        FieldKind::Integer { min, max } => out_of_range::check_integer(report, &place, min, max),
        FieldKind::Number { min, max } => out_of_range::check_number(report, &place, min, max),
        FieldKind::Timestamp => super::bad_timestamp::check(report, &place),
        FieldKind::Path(form) => super::bad_path::check(report, &place, form),
        FieldKind::Json => {}
        FieldKind::Template => super::template::check(report, &place),
        FieldKind::Variables => super::variable::check(report, &place),
        FieldKind::Condition => choice_rule::check_condition(report, &place),
        FieldKind::TaskResource => super::bad_resource::check(report, &place),
        FieldKind::StorageResource => item_reader::check_resource(report, &place),
        FieldKind::ErrorNames => retry::check_names(report, &place),
        FieldKind::Texts => wrong_type::check_texts(report, &place),
        FieldKind::Object(owner) => inner(report, &place, owner),
        FieldKind::Objects(owner) => inners(report, &place, owner),
        FieldKind::States => states(report, &place),
    }
}

fn inner(report: &mut Report<'_>, place: &Place<'_>, owner: Owner) {
    match owner {
        Owner::ItemProcessor => machine(report, place.node, owner, place.location),
        // All of it may come from an expression.
        Owner::Credentials if place.node.as_str().is_some() && is_jsonata(place) => {
            super::bad_jsonata::check_text(report, place);
        }
        _ => object(
            report,
            Object {
                node: place.node,
                owner,
                label: place.node.span,
                title: Title::Of(owner),
                location: place.location,
                ..*place.object
            },
        ),
    }
}

fn is_jsonata(place: &Place<'_>) -> bool {
    place.object.language == QueryLanguage::Jsonata
}

fn inners(report: &mut Report<'_>, place: &Place<'_>, owner: Owner) {
    let Some(items) = wrong_type::check_array(report, place) else {
        return;
    };
    if items.is_empty() && matches!(owner, Owner::Branch | Owner::ChoiceRule | Owner::DataTest) {
        super::empty_list::report(report, place);
    }
    if matches!(owner, Owner::Retrier | Owner::Catcher) {
        retry::check_catch_all(report, place, items);
    }
    for (index, node) in items.iter().enumerate() {
        let location = place.location.index(index);
        if owner == Owner::Branch {
            machine(report, node, owner, &location);
            continue;
        }
        let offers = Offers {
            error_output: owner == Owner::Catcher,
            ..Offers::default()
        };
        object(
            report,
            Object {
                node,
                owner,
                label: node.span,
                title: Title::Of(owner),
                location: &location,
                offers,
                ..*place.object
            },
        );
    }
}

fn states(report: &mut Report<'_>, place: &Place<'_>) {
    let Some(members) = place.node.members() else {
        return wrong_type::report(
            report,
            place,
            "an object of states by name",
            wrong_type::OBJECT,
        );
    };
    for member in members {
        state(report, place.location, member);
    }
}

/// Checks one state.
pub(super) fn state(report: &mut Report<'_>, states: &Location<'_>, member: &Member) {
    let name = &member.key.name;
    let location = states.field(name);
    state_name::check_length(report, member, &location);
    state_object(report, &member.value, member.key.span, name, &location);
}

/// Checks the object of a state.
pub(super) fn state_object(
    report: &mut Report<'_>,
    node: &Node,
    label: Span,
    name: &str,
    location: &Location<'_>,
) {
    if node.kind == NodeKind::Missing {
        return;
    }
    if node.members().is_none() {
        return wrong_type::state(report, node, label, name, location);
    }
    let Some(state_type) = unknown_state_type::check(report, node, label, name, location) else {
        return;
    };
    let own = node.get("QueryLanguage");
    let language = own.map_or(report.language, spelled_language);
    let language_check = match own {
        Some(_) if language_downgrade::check(report, node, location) => LanguageCheck::Off,
        Some(own) if !is_known_language(own) => LanguageCheck::Unsure,
        Some(_) => LanguageCheck::Sure,
        None if report.is_language_slipped => LanguageCheck::Unsure,
        None => LanguageCheck::Sure,
    };
    let works = matches!(
        state_type,
        StateType::Task | StateType::Parallel | StateType::Map
    );
    let state = Object {
        node,
        owner: Owner::State(state_type),
        language,
        location,
        label,
        title: Title::State(name),
        offers: Offers {
            result: works,
            error_output: false,
        },
    };
    let outer = std::mem::replace(&mut report.language_check, language_check);
    too_large::check_state(report, &state);
    object(report, state);
    report.language_check = outer;
}
