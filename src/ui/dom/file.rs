//! Files in and out: picked, dropped, downloaded.

use js_sys::Uint8Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, DataTransfer, DragEvent, File, FileList, HtmlAnchorElement, HtmlInputElement};

/// What the picker offers first; everything else can still be chosen.
const ACCEPT: &str = ".json,.asl,application/json";

/// A file that the user has given to the page.
#[derive(Clone)]
pub struct GivenFile(File);

impl GivenFile {
    /// Its name, without its folder.
    pub fn name(&self) -> String {
        self.0.name()
    }

    /// How many bytes it has.
    pub fn bytes(&self) -> f64 {
        self.0.size()
    }

    /// What is in it; nothing if it cannot be read, as a folder cannot.
    pub async fn read(&self) -> Option<Vec<u8>> {
        let buffer = JsFuture::from(self.0.array_buffer()).await.ok()?;
        Some(Uint8Array::new(&buffer).to_vec())
    }
}

/// What was dropped.
#[derive(Default)]
pub struct Dropped {
    /// Files.
    pub files: Vec<GivenFile>,
    /// The names of folders.
    pub folders: Vec<String>,
}

/// Lets the user choose files with definitions; `act` is called if any were chosen.
pub fn pick(act: impl Fn(Vec<GivenFile>) + 'static) {
    pick_of(ACCEPT, act);
}

/// Lets the user choose files of any kind.
pub fn pick_any(act: impl Fn(Vec<GivenFile>) + 'static) {
    pick_of("", act);
}

fn pick_of(accept: &str, act: impl Fn(Vec<GivenFile>) + 'static) {
    let Some(input) = new_element::<HtmlInputElement>("input") else {
        return;
    };
    input.set_type("file");
    input.set_multiple(true);
    input.set_accept(accept);
    let chosen = input.clone();
    let on_change = Closure::once_into_js(move || {
        let files = list(chosen.files());
        if !files.is_empty() {
            act(files);
        }
    });
    input.set_onchange(Some(on_change.unchecked_ref()));
    input.click();
}

/// Whether files are dragged, not texts or elements.
pub fn carries_files(event: &DragEvent) -> bool {
    let types = event.data_transfer().map(|transfer| transfer.types());
    types.is_some_and(|types| {
        types
            .iter()
            .any(|kind| kind.as_string().as_deref() == Some("Files"))
    })
}

/// The files and folders of a drop.
pub fn dropped(event: &DragEvent) -> Dropped {
    let Some(transfer) = event.data_transfer() else {
        return Dropped::default();
    };
    let folders = folders(&transfer);
    let mut files = list(transfer.files());
    files.retain(|file| !folders.contains(&file.name()));
    Dropped { files, folders }
}

fn folders(transfer: &DataTransfer) -> Vec<String> {
    let items = transfer.items();
    let entries = (0..items.length()).filter_map(|index| {
        let entry = items.get(index)?.webkit_get_as_entry().ok()??;
        entry.is_directory().then(|| entry.name())
    });
    entries.collect()
}

/// Saves a text as a file, wherever the browser saves downloads.
pub fn download_text(file_name: &str, text: &str) {
    download_as(file_name, text, "application/json");
}

/// Saves a text of a type as a file.
pub fn download_as(file_name: &str, text: &str, content_type: &str) {
    let parts = js_sys::Array::of1(&text.into());
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(content_type);
    if let Ok(blob) = Blob::new_with_str_sequence_and_options(&parts, &options) {
        download(file_name, &blob);
    }
}

/// Saves content as a file, wherever the browser saves downloads.
pub fn download(file_name: &str, content: &Blob) {
    let Ok(url) = web_sys::Url::create_object_url_with_blob(content) else {
        return;
    };
    if let Some(link) = new_element::<HtmlAnchorElement>("a") {
        link.set_href(&url);
        link.set_download(file_name);
        link.click();
    }
    let revoke = move || {
        // An address that is gone needs no revoking.
        let _ = web_sys::Url::revoke_object_url(&url);
    };
    // The browser reads the content after this function has returned.
    gloo_timers::callback::Timeout::new(10_000, revoke).forget();
}

fn new_element<E: JsCast>(name: &str) -> Option<E> {
    let document = web_sys::window()?.document()?;
    document.create_element(name).ok()?.dyn_into().ok()
}

fn list(files: Option<FileList>) -> Vec<GivenFile> {
    let Some(files) = files else {
        return Vec::new();
    };
    (0..files.length())
        .filter_map(|index| files.get(index).map(GivenFile))
        .collect()
}
