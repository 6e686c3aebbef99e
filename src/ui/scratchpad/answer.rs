//! What came of the expression.

use leptos::prelude::*;

use crate::source::Span;
use crate::source::json::Value;
use crate::ui::erased::show;
use crate::ui::store::ExecutionStore;
use crate::ui::widget::JsonView;
use crate::web::messages::Outcome;

#[component]
pub(super) fn Answer(is_jsonata: Memo<bool>) -> impl IntoView {
    let outcome = expect_context::<ExecutionStore>().scratchpad.outcome;
    show(move || {
        let (class, said, place) = match outcome.get() {
            Some((_, Outcome::Value { text })) => {
                // The worker writes JSON.
                let value = Value::parse(&text).unwrap_or_default();
                return view! { <JsonView value label="Value of the expression"/> }.into_any();
            }
            Some((expression, Outcome::Failed { message, span })) => {
                let place = span.map(|span| marked(&expression, span));
                ("notice is-failed is-boxed", message, place)
            }
            Some((_, Outcome::Nothing)) => {
                let said = "Nothing: the expression has no value here.";
                ("quiet", said.to_owned(), None)
            }
            None => ("quiet", hint(is_jsonata.get()).to_owned(), None),
        };
        view! { <p class=class role="status">{said}</p>{place} }.into_any()
    })
}

fn hint(is_jsonata: bool) -> &'static str {
    match is_jsonata {
        true => {
            "Write an expression to see its value here. $ is the chosen value; $states and \
             variables are as a definition sees them."
        }
        false => {
            "Write an expression to see its value here. $ is the chosen value, $$ the context \
             object, $name a variable. Intrinsic functions work too."
        }
    }
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
