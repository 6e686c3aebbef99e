//! The page: installs the panic hook and mounts the application.

fn main() {
    statelab::ui::mount();
}
