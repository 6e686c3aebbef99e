//! `ItemBatcher`: several items for one child execution.

use super::super::data_flow::Evaluator;
use super::super::fault::Fault;
use super::super::setting;
use crate::asl::ItemBatcher;
use crate::source::json::{Object, Value};

/// An `ItemBatcher` whose fields are evaluated.
#[derive(Clone, Debug)]
pub(in super::super) struct Batcher {
    most_items: usize,
    most_bytes: usize,
    input: Option<Value>,
}

/// Items on their way into one child.
pub(in super::super) struct Batch<'a> {
    batcher: &'a Batcher,
    items: Vec<Value>,
    bytes: usize,
}

/// Evaluates `ItemBatcher`.
pub(in super::super) fn read(
    evaluator: &mut Evaluator,
    batcher: &ItemBatcher,
    input: &Value,
) -> Result<Batcher, Fault> {
    let mut most = |name, setting: &Option<_>| {
        setting::most(evaluator, "ItemBatcher", name, setting.as_ref(), input)
    };
    let most_items = most("MaxItemsPerBatch", &batcher.max_items_per_batch)?;
    let most_bytes = most("MaxInputBytesPerBatch", &batcher.max_input_bytes_per_batch)?;
    let batch_input = batcher.batch_input.as_ref();
    let batch_input = batch_input
        .map(|template| evaluator.template("ItemBatcher/BatchInput", template, input))
        .transpose()?;
    Ok(Batcher {
        most_items,
        most_bytes,
        input: batch_input,
    })
}

impl Batcher {
    /// All batches of some items.
    pub fn batches(&self, items: Vec<Value>) -> Vec<Value> {
        let mut batches = Vec::new();
        let mut batch = self.begin();
        for item in items {
            if batch.is_full() || !batch.add(item.clone()) {
                batches.push(std::mem::replace(&mut batch, self.begin()).into_input());
                batch.add(item);
            }
        }
        if batch.len() > 0 {
            batches.push(batch.into_input());
        }
        batches
    }

    /// A batch without items.
    pub fn begin(&self) -> Batch<'_> {
        let fixed = match &self.input {
            Some(input) => r#"{"BatchInput":,"Items":[]}"#.len() + input.text_len(),
            None => r#"{"Items":[]}"#.len(),
        };
        Batch {
            batcher: self,
            items: Vec::new(),
            bytes: fixed,
        }
    }
}

impl Batch<'_> {
    /// Adds an item if there is room; the first one always has.
    pub fn add(&mut self, item: Value) -> bool {
        let bytes = self.bytes + item.text_len() + usize::from(!self.items.is_empty());
        if bytes > self.batcher.most_bytes && !self.items.is_empty() {
            return false;
        }
        self.bytes = bytes;
        self.items.push(item);
        true
    }

    /// Whether no other item has room.
    pub fn is_full(&self) -> bool {
        self.items.len() >= self.batcher.most_items
    }

    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// What the child gets. The order of its members is that of recordings.
    pub fn into_input(self) -> Value {
        let mut input = Object::default();
        if let Some(shared) = &self.batcher.input {
            input.insert("BatchInput", shared.clone());
        }
        input.insert("Items", self.items);
        input.into()
    }
}
