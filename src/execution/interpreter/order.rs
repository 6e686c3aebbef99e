//! The order of members that payload templates compute.
//!
//! Learned from recordings: in the service's answers the plain members of a template
//! come first, as written; the members whose names end in `.$` follow in the order of
//! a Java `HashMap` of their names. Where such an object ends up inside a string, or
//! in the text of an error, this order can be seen.

use std::sync::Arc;

/// Sorts names as a `HashMap` of Java with its default capacity and load factor
/// iterates over them.
pub(super) fn sort<T>(members: &mut [(Arc<str>, T)]) {
    let mut capacity: u32 = 16;
    while members.len() as u64 * 4 > u64::from(capacity) * 3 {
        capacity = capacity.saturating_mul(2);
    }
    members.sort_by_key(|(name, _)| {
        let hash = hash(name);
        (hash ^ (hash >> 16)) & (capacity - 1)
    });
}

/// `String.hashCode`
fn hash(text: &str) -> u32 {
    text.encode_utf16().fold(0, |hash: u32, unit| {
        hash.wrapping_mul(31).wrapping_add(u32::from(unit))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(names: &[&str]) -> Vec<String> {
        let mut members: Vec<(Arc<str>, ())> =
            names.iter().map(|name| ((*name).into(), ())).collect();
        sort(&mut members);
        members.iter().map(|(name, ())| name.to_string()).collect()
    }

    /// Seen in recordings of the service.
    #[test]
    fn sorts_as_the_service_does() {
        assert_eq!(sorted(&["Question", "Answer"]), ["Answer", "Question"]);
        assert_eq!(
            sorted(&["ApiEndpoint", "Method", "Path", "Stage", "RequestBody"]),
            ["Path", "Stage", "ApiEndpoint", "Method", "RequestBody"]
        );
        let many = [
            "context_object",
            "execution",
            "execution_id",
            "execution_input",
            "execution_name",
            "execution_rolearn",
            "execution_starttime",
            "state",
            "state_enteredtime",
            "state_name",
            "statemachine",
            "statemachine_id",
            "statemachine_name",
        ];
        assert_eq!(
            sorted(&many),
            [
                "execution",
                "execution_rolearn",
                "execution_name",
                "statemachine_id",
                "execution_id",
                "execution_input",
                "execution_starttime",
                "state_name",
                "state_enteredtime",
                "statemachine",
                "state",
                "context_object",
                "statemachine_name",
            ]
        );
    }
}
