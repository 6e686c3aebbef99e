//! The page's clock.

use crate::time::Timestamp;

/// The current time.
pub fn now() -> Timestamp {
    Timestamp::from_millis(js_sys::Date::now() as i64)
}
