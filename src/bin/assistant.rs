//! The workers that help to edit: read, check and lay out off the page's thread.

fn main() {
    statelab::web::assistant::start();
}
