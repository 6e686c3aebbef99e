//! The structures of the API under its own names, by resource.

pub mod activity;
pub mod alias;
pub mod configuration;
pub mod execution;
mod limits;
pub mod map_run;
pub mod state_machine;
pub mod tag;
pub mod task;
pub mod test_state;
pub mod version;

use crate::source::json::{Number, Value, Wire};
use crate::time::Timestamp;

impl Wire for Timestamp {
    /// Seconds since the epoch, with milliseconds as a fraction.
    fn to_value(&self) -> Value {
        Number::from_f64(self.as_secs_f64()).map_or(Value::Null, Value::from)
    }

    fn from_value(value: &Value) -> Option<Self> {
        let millis = (value.as_f64()? * 1000.0).round();
        (millis.abs() < 9e15).then(|| Timestamp::from_millis(millis as i64))
    }
}
