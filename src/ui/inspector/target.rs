//! Which state machine of the text is looked at, and as what type.

use leptos::prelude::*;

use crate::asl::WorkflowType;
use crate::authoring::document::Target;
use crate::ui::erased::{memo, show};
use crate::ui::store::DocumentStore;
use crate::ui::widget::{Choices, Select};

/// The choice among the state machines of a template, and that of the type.
#[component]
pub(super) fn TargetChoice() -> impl IntoView {
    let document = expect_context::<DocumentStore>();
    let names = memo(move || document.analysed().shell().map(|shell| shell.names.clone()));
    let machine = move || {
        let has_several = names.with(|names| names.as_ref().is_some_and(|names| names.len() > 1));
        has_several.then(|| {
            view! {
                <div class="field">
                    <label for="machine-choice">"State machine"</label>
                    <Select
                        id="machine-choice"
                        name=None
                is_disabled=move || document.is_read_only()
                        choices=Box::new(move || machines(document))
                        choose=Callback::new(move |name| choose_machine(document, name))
                    />
                </div>
            }
        })
    };
    view! {
        {show(machine)}
        <div class="field">
            <label for="type-choice">"Type"{show(move || said_there(document))}</label>
            <Select
                id="type-choice"
                name=None
                is_disabled=move || document.is_read_only()
                choices=Box::new(move || types(document))
                choose=Callback::new(move |name: String| choose_type(document, &name))
            />
        </div>
    }
}

fn machines(document: DocumentStore) -> Choices {
    let document = document.analysed();
    let shell = document.shell();
    let names = shell.map_or(&[][..], |shell| &shell.names).iter();
    Choices {
        chosen: shell
            .map(|shell| shell.name.to_string())
            .unwrap_or_default(),
        all: names
            .map(|name| (name.to_string(), name.to_string()))
            .collect(),
    }
}

fn choose_machine(document: DocumentStore, name: String) {
    // Another one has another type.
    document.aim(Target {
        machine: Some(name),
        workflow_type: None,
    });
}

fn types(document: DocumentStore) -> Choices {
    let words =
        WorkflowType::ALL.map(|known| (known.as_str().to_owned(), known.title().to_owned()));
    Choices {
        chosen: document.analysed().workflow_type().as_str().to_owned(),
        all: words.into(),
    }
}

fn choose_type(document: DocumentStore, name: &str) {
    let target = document.get_untracked().target().clone();
    document.aim(Target {
        workflow_type: WorkflowType::parse(name),
        ..target
    });
}

/// What the template around the definition says of the type.
fn said_there(document: DocumentStore) -> Option<AnyView> {
    let document = document.analysed();
    let shell = document.shell()?;
    let text = format!("{} in {}", shell.workflow_type?.title(), shell.host.title());
    Some(view! { <span class="faint">{text}</span> }.into_any())
}
