//! What the browser carries between page and worker: messages as text, and arrays of
//! numbers for graphs and their layouts.

use js_sys::Float64Array;
use wasm_bindgen::{JsCast, JsValue};

use super::messages::{decode, encode};
use crate::source::json::Wire;

/// One thing that is sent.
#[derive(Clone, Debug, PartialEq)]
pub enum Parcel<M> {
    /// A message.
    Message(M),
    /// A graph to lay out, or its layout; see [`super::layout`].
    Numbers(Vec<f64>),
}

impl<M: Wire> Parcel<M> {
    /// As it is posted.
    pub(super) fn to_js(&self) -> JsValue {
        match self {
            Parcel::Message(message) => encode(message).into(),
            Parcel::Numbers(numbers) => Float64Array::from(numbers.as_slice()).into(),
        }
    }

    /// As it arrives; nothing if it is none.
    pub(super) fn from_js(data: &JsValue) -> Option<Self> {
        if let Some(numbers) = data.dyn_ref::<Float64Array>() {
            return Some(Parcel::Numbers(numbers.to_vec()));
        }
        decode(&data.as_string()?).map(Parcel::Message)
    }
}
