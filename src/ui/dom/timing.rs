//! Marks in the browser's performance timeline: profiles show them, and tests count them.

/// Notes that something costly has just been done.
pub fn mark(name: &str) {
    let performance = web_sys::window().and_then(|window| window.performance());
    if let Some(performance) = performance {
        // A mark that is not taken is missed by nobody but a profile.
        let _ = performance.mark(name);
    }
}
