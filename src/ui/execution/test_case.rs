//! Which test case of the mocks the next run takes.

use leptos::prelude::*;

use crate::ui::store::ExecutionStore;
use crate::ui::widget::{Choices, Select};

/// The choice among the test cases; the first one until another is chosen.
#[component]
pub fn ChooseTestCase(
    /// The id of the field.
    id: &'static str,
    /// Its name, where no label stands beside it.
    #[prop(optional)]
    name: Option<&'static str>,
) -> impl IntoView {
    let execution = expect_context::<ExecutionStore>();
    let choices = move || Choices {
        chosen: execution.chosen_case().unwrap_or_default(),
        all: execution.test_cases.with(|names| {
            let names = names.iter();
            names.map(|name| (name.clone(), name.clone())).collect()
        }),
    };
    let choose = Callback::new(move |name| execution.test_case.set(name));
    view! { <Select id name choices=Box::new(choices) choose/> }
}
