//! What came of the expression.

use leptos::prelude::*;

use crate::source::Span;
use crate::source::json::Value;
use crate::ui::erased::show;
use crate::ui::store::ExecutionStore;
use crate::ui::widget::{Icon, JsonView};
use crate::web::messages::Outcome;

#[component]
pub(super) fn Answer(is_jsonata: Memo<bool>) -> impl IntoView {
    let execution = expect_context::<ExecutionStore>();
    let outcome = execution.scratchpad.outcome;
    show(move || {
        match outcome.get() {
        None => {
            let roots = show(move || match is_jsonata.get() {
                true => "$ is the chosen value. $states and variables are as a definition sees them.",
                false => "$ is the chosen value, $$ the context object, $name a variable. Intrinsic functions work too.",
            });
            view! { <p class="quiet">"Write an expression to see its value here. "{roots}</p> }.into_any()
        }
        Some((_, Outcome::Nothing)) => {
            view! { <p class="quiet" role="status">"Nothing: the expression has no value here."</p> }
                .into_any()
        }
        Some((_, Outcome::Value { text })) => match Value::parse(&text) {
            Ok(value) => view! { <JsonView value label="Value of the expression"/> }.into_any(),
            // The worker writes JSON.
            Err(_) => ().into_any(),
        },
        Some((expression, Outcome::Failed { message, span })) => {
            let place = span.map(|span| marked(&expression, span));
            view! {
                <p class="notice is-failed is-boxed" role="status"><Icon name="i-error" class="severity-error"/><span>{message}</span></p>
                {place}
            }
            .into_any()
        }
    }
    })
}

/// The expression with a mark at what is to blame.
fn marked(expression: &str, span: Span) -> AnyView {
    let part = |range: std::ops::Range<usize>| expression.get(range).unwrap_or_default().to_owned();
    let (start, end) = (span.start as usize, span.end as usize);
    view! {
        <pre class="json" tabindex="0" role="region" aria-label="Where it fails">
            {part(0..start)}<mark class="at-fault">{part(start..end)}</mark>{part(end..expression.len())}
        </pre>
    }
    .into_any()
}
