//! Small questions to elements and events.

use wasm_bindgen::JsCast;
use web_sys::{
    Element, Event, FocusEvent, HtmlElement, KeyboardEvent, Node, PointerEvent, SvgElement,
    WheelEvent,
};

/// A rectangle in the window, in CSS px.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ScreenRect {
    /// Left edge.
    pub x: f64,
    /// Top edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

/// Where an element is in the window.
pub fn screen_rect(element: &Element) -> ScreenRect {
    let rect = element.get_bounding_client_rect();
    ScreenRect {
        x: rect.x(),
        y: rect.y(),
        width: rect.width(),
        height: rect.height(),
    }
}

/// How far an element is scrolled down, in px.
pub fn scroll_top(element: &Element) -> f64 {
    f64::from(element.scroll_top())
}

/// Scrolls an element down to `top` px.
pub fn scroll_to(element: &Element, top: f64) {
    element.set_scroll_top(top as i32);
}

/// Sends all further moves of this pointer to the event's current target.
pub fn capture_pointer(event: &PointerEvent) {
    let target = event
        .current_target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    if let Some(target) = target {
        // Fails only if the pointer is gone by now; then there is nothing to capture.
        let _ = target.set_pointer_capture(event.pointer_id());
    }
}

/// Where a pointer is within the event's current target, in px from its top left corner.
pub fn pointer_in_target(event: &PointerEvent) -> (f64, f64) {
    let target = event
        .current_target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let ScreenRect { x, y, .. } = target.as_ref().map(screen_rect).unwrap_or_default();
    (
        f64::from(event.client_x()) - x,
        f64::from(event.client_y()) - y,
    )
}

/// Whether Ctrl, or Cmd on a Mac, is held.
pub fn has_command_key(event: &KeyboardEvent) -> bool {
    event.ctrl_key() || event.meta_key()
}

/// Whether the event happened in a place where people type text. In a list of choices letters
/// look for one; keys with Control or Command mean nothing there.
pub fn is_in_text_field(event: &KeyboardEvent) -> bool {
    let places = match has_command_key(event) {
        true => "input, textarea, [contenteditable='true']",
        false => "input, textarea, select, [contenteditable='true']",
    };
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| matches!(target.closest(places), Ok(Some(_))))
}

/// The movement of a wheel in px, whatever unit the device reports.
pub fn wheel_pixels(event: &WheelEvent) -> (f64, f64) {
    let unit = match event.delta_mode() {
        WheelEvent::DOM_DELTA_LINE => 16.0,
        WheelEvent::DOM_DELTA_PAGE => 400.0,
        _ => 1.0,
    };
    (event.delta_x() * unit, event.delta_y() * unit)
}

/// Puts the keyboard focus on the element with this id.
pub fn focus_id(id: &str) {
    let element = web_sys::window().and_then(|window| window.document()?.get_element_by_id(id));
    // Focus can be refused; then it stays where it is.
    if let Some(svg) = element.as_ref().and_then(JsCast::dyn_ref::<SvgElement>) {
        let _ = svg.focus();
    } else if let Some(html) = element.as_ref().and_then(JsCast::dyn_ref::<HtmlElement>) {
        let _ = html.focus();
    }
}

/// Takes the focus out of the field an event happened in, which commits it.
pub fn leave_field(event: &Event) {
    if let Some(field) = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlElement>().ok())
    {
        // Losing the focus cannot fail.
        let _ = field.blur();
    }
}

/// Puts another text into the field an event happened in.
pub fn set_field(event: &Event, text: &str) {
    let field = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
    if let Some(field) = field {
        field.set_value(text);
    }
}

/// Whether the focus that leaves an element goes to something inside `anchor`.
pub fn focus_stays_within(anchor: &Element, event: &FocusEvent) -> bool {
    let next = event
        .related_target()
        .and_then(|target| target.dyn_into::<Node>().ok());
    anchor.contains(next.as_ref())
}

/// Calls `act` whenever the element's size changes, and once at the start.
pub fn on_resize(element: &Element, act: impl Fn() + 'static) {
    let callback = wasm_bindgen::closure::Closure::<dyn FnMut()>::new(act);
    if let Ok(observer) = web_sys::ResizeObserver::new(callback.as_ref().unchecked_ref()) {
        observer.observe(element);
        // The observed element lives as long as the page.
        callback.forget();
    }
}

/// Calls `act` for every key pressed anywhere in the page.
pub fn on_key(act: impl Fn(KeyboardEvent) + 'static) {
    let callback = wasm_bindgen::closure::Closure::<dyn FnMut(KeyboardEvent)>::new(act);
    if let Some(window) = web_sys::window() {
        // A constant event name is always accepted.
        let _ =
            window.add_event_listener_with_callback("keydown", callback.as_ref().unchecked_ref());
    }
    callback.forget();
}

/// The start script of the worker that runs. A deployed page names it with its content hash,
/// so that page and worker are always of one build.
pub fn worker_script() -> String {
    address_of("worker").unwrap_or_else(|| "./worker_loader.js".to_owned())
}

/// The start script of the workers that help to edit.
pub fn assistant_script() -> String {
    address_of("assistant").unwrap_or_else(|| "./assistant_loader.js".to_owned())
}

/// The file with the examples; its name holds the hash of its content.
pub fn examples_address() -> String {
    address_of("examples").unwrap_or_else(|| "./examples.json".to_owned())
}

/// The address of a part of the site as the build has put it into the page.
fn address_of(part: &str) -> Option<String> {
    let document = web_sys::window()?.document()?;
    let meta = document.query_selector(&format!("meta[name='statelab-{part}']"));
    meta.ok()??.get_attribute("content")
}

/// Sets the title of the window.
pub fn set_title(title: &str) {
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        document.set_title(title);
    }
}

/// Whether a press hit the canvas itself and not something drawn on it.
pub fn is_background(event: &PointerEvent) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    target
        .is_some_and(|target| target.tag_name() == "svg" || target.has_attribute("data-background"))
}

/// Puts the keyboard focus on the chosen tab inside the element of this class, or on the
/// first thing that takes it.
pub fn focus_first_in(class: &str) {
    let document = web_sys::window().and_then(|window| window.document());
    let find = |inside: &str| {
        let found = document
            .as_ref()?
            .query_selector(&format!(".{class} {inside}"));
        found
            .ok()?
            .and_then(|element| element.dyn_into::<HtmlElement>().ok())
    };
    let element = [
        "[role='tab'][aria-selected='true']",
        "button",
        "[tabindex='0']",
    ]
    .into_iter()
    .find_map(find);
    if let Some(element) = element {
        // Focus can be refused; then it stays where it is.
        let _ = element.focus();
    }
}

/// Whether an event happened on the element that listens itself, not on something in it.
pub fn is_own(event: &Event) -> bool {
    event.target().is_some() && event.target() == event.current_target()
}

/// Scrolls the element with this id into view, as little as needed.
pub fn reveal_id(id: &str) {
    let element = web_sys::window().and_then(|window| window.document()?.get_element_by_id(id));
    if let Some(element) = element {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Whether the keyboard is a Mac's, with Cmd in the place of Ctrl.
pub fn has_mac_keyboard() -> bool {
    let platform = web_sys::window().and_then(|window| window.navigator().platform().ok());
    platform.is_some_and(|platform| platform.starts_with("Mac") || platform.starts_with("iP"))
}

/// Width and height of the window, in CSS px.
pub fn window_size() -> (f64, f64) {
    let window = web_sys::window();
    let width = window
        .as_ref()
        .and_then(|window| window.inner_width().ok()?.as_f64());
    let height = window.and_then(|window| window.inner_height().ok()?.as_f64());
    (width.unwrap_or(1440.0), height.unwrap_or(900.0))
}

/// Calls `act` whenever the window has another size.
pub fn on_window_resize(act: impl Fn() + 'static) {
    let callback = wasm_bindgen::closure::Closure::<dyn FnMut()>::new(act);
    if let Some(window) = web_sys::window() {
        window.set_onresize(Some(callback.as_ref().unchecked_ref()));
    }
    // The window lives as long as the page.
    callback.forget();
}

/// Calls `act` once what changes now is in the page.
pub fn after_paint(act: impl FnOnce() + 'static) {
    let callback = wasm_bindgen::closure::Closure::once_into_js(act);
    if let Some(window) = web_sys::window() {
        // Refused only in a page that is gone.
        let _ = window.request_animation_frame(callback.unchecked_ref());
    }
}

/// Calls `act` when what changes now has been painted.
pub fn behind_paint(act: impl FnOnce() + 'static) {
    after_paint(move || leptos::prelude::set_timeout(act, std::time::Duration::ZERO));
}

/// Where the element is that an event was listened for on.
pub fn screen_rect_of(event: &Event) -> Option<ScreenRect> {
    let target = event.current_target()?.dyn_into::<Element>().ok()?;
    Some(screen_rect(&target))
}

/// Puts the focus into the field with this id and selects its text.
pub fn select_id(id: &str) {
    let element = web_sys::window().and_then(|window| window.document()?.get_element_by_id(id));
    if let Some(field) =
        element.and_then(|element| element.dyn_into::<web_sys::HtmlInputElement>().ok())
    {
        // Focus can be refused; then it stays where it is.
        let _ = field.focus();
        field.select();
    }
}

/// Moves the focus among the siblings of the element it is on, around the ends.
pub fn step_focus(event: &Event, by: i32) {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let Some((target, parent)) = target.and_then(|target| {
        let parent = target.parent_element()?;
        Some((target, parent))
    }) else {
        return;
    };
    let next = if by > 0 {
        target
            .next_element_sibling()
            .or_else(|| parent.first_element_child())
    } else {
        target
            .previous_element_sibling()
            .or_else(|| parent.last_element_child())
    };
    if let Some(next) = next.and_then(|next| next.dyn_into::<HtmlElement>().ok()) {
        // Focus can be refused; then it stays where it is.
        let _ = next.focus();
    }
}
