//! Where layouts are made: on the page as long as nobody notices, else in a worker of their
//! own, while the last drawing stays and the page stays live.

use std::sync::Arc;

use leptos::prelude::*;

use crate::diagram::graph::StateGraph;
use crate::diagram::layout::{Layout, LayoutOptions};
use crate::diagram::sizing::Sized;
use crate::ui::dom::element::assistant_script;
use crate::ui::dom::timing;
use crate::web::layout::{Draughtsman, Queue, order, read};
use crate::web::link::WorkerLink;
use crate::web::wire::Parcel;

/// More nodes than this are laid out in the worker: below, it takes less than a frame or two.
const MOST_ON_PAGE: usize = 300;

/// A graph that waits for its layout.
pub(super) struct Order {
    /// Counts the orders; an answer goes by it.
    pub number: u32,
    pub graph: Arc<StateGraph>,
    pub sized: Sized,
    pub options: LayoutOptions,
    /// How many documents were opened before.
    pub opened: u32,
}

/// The desk where orders are filled.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    answer: RwSignal<Option<(u32, Arc<Layout>)>>,
    /// The worker cannot be had; everything is done here then.
    is_alone: RwSignal<bool>,
    queue: StoredValue<Queue>,
    draughtsman: StoredValue<Draughtsman>,
    link: StoredValue<Option<WorkerLink>, LocalStorage>,
}

impl Desk {
    /// A desk that has its worker started by the first large order.
    pub fn new() -> Self {
        let desk = Self {
            answer: RwSignal::new(None),
            is_alone: RwSignal::new(false),
            queue: StoredValue::new(Queue::default()),
            draughtsman: StoredValue::new(Draughtsman::default()),
            link: StoredValue::new_local(None),
        };
        desk.link.set_value(Some(WorkerLink::new(
            &assistant_script(),
            move |parcel| {
                if let Parcel::Numbers(answer) = parcel {
                    desk.receive(&answer);
                }
            },
            move |_| desk.is_alone.set(true),
        )));
        desk
    }

    /// The layout, if there is one yet.
    pub fn layout(self, order: &Order) -> Option<Arc<Layout>> {
        if self.is_for_page(order) {
            timing::mark("statelab.layout");
            let draw = |draughtsman: &mut Draughtsman| {
                draughtsman.layout(order.opened, &order.sized.graph, &order.options)
            };
            return self.draughtsman.try_update_value(draw).map(Arc::new);
        }
        self.answer.with(|answer| {
            let (number, layout) = answer.as_ref()?;
            (*number == order.number).then(|| layout.clone())
        })
    }

    /// Whether the layout of `order` is still being made.
    pub fn is_waiting(self, order: &Order) -> bool {
        !self.is_for_page(order)
            && self
                .answer
                .with(|answer| answer.as_ref().map(|(number, _)| *number))
                != Some(order.number)
    }

    /// Sends a large order to the worker; the answer comes as a change of [`Desk::layout`].
    pub fn send(self, order: &Order) {
        if self.is_for_page(order) {
            return;
        }
        timing::mark("statelab.layout");
        let numbers = self::order(
            order.number,
            order.opened,
            &order.sized.graph,
            &order.options,
        );
        self.post(
            self.queue
                .try_update_value(|queue| queue.push(numbers))
                .flatten(),
        );
    }

    fn is_for_page(self, order: &Order) -> bool {
        order.sized.nodes.len() <= MOST_ON_PAGE || self.is_alone.get()
    }

    fn receive(self, answer: &[f64]) {
        self.post(self.queue.try_update_value(Queue::answered).flatten());
        if let Some((number, layout)) = read(answer) {
            self.answer.set(Some((number, Arc::new(layout))));
        }
    }

    fn post(self, order: Option<Vec<f64>>) {
        self.link.with_value(|link| {
            if let (Some(link), Some(order)) = (link, order) {
                link.send(Parcel::Numbers(order));
            }
        });
    }
}
