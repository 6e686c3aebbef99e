//! Documents from files, and files from documents.

use leptos::task::spawn_local;

use super::DocumentsStore;
use crate::authoring::file::{
    MAX_BYTES, Opened, Unreadable, bundle, decode, ending, file_name, stem, unused_name,
};
use crate::ui::dom::file::{self, Dropped, GivenFile};
use crate::web::documents::channel::Message;
use crate::web::documents::record::{Beside, DocumentId, Record};
use crate::web::documents::zip;

/// What the service takes at most.
const SERVICE_MAX_BYTES: usize = 1_048_576;

impl DocumentsStore {
    /// Lets the user choose files to open.
    pub fn pick_files(self) {
        file::pick(move |files| {
            self.open_files(Dropped {
                files,
                folders: Vec::new(),
            });
        });
    }

    /// Opens every file as a new document, shows the first one, and says what was not
    /// opened and why.
    pub fn open_files(self, given: Dropped) {
        spawn_local(async move {
            let mut said: Vec<String> = Vec::new();
            for folder in &given.folders {
                said.push(format!(
                    "“{folder}” is a folder; drop the files in it instead"
                ));
            }
            let mut texts = Vec::new();
            for file in &given.files {
                match read(file).await {
                    Ok(text) => texts.push((file.name(), text)),
                    Err(reason) => said.push(format!("“{}” was not opened: {reason}", file.name())),
                }
            }
            let opened = bundle(&texts);
            for document in &opened {
                if document.text.len() > SERVICE_MAX_BYTES {
                    let mega = document.text.len() as f64 / 1e6;
                    let name = &document.name;
                    said.push(format!("“{name}” has {mega:.1} MB; the service takes 1 MB"));
                }
            }
            match opened.as_slice() {
                [] => {}
                [one] => said.insert(0, format!("Opened “{}”", one.name)),
                several => said.insert(0, format!("Opened {} documents", several.len())),
            }
            self.take_in(opened).await;
            self.say_lines(said);
        });
    }

    async fn take_in(self, opened: Vec<Opened>) {
        let mut opened = opened.into_iter();
        let Some(first) = opened.next() else { return };
        self.create(&first.name.clone(), &first.text.clone(), beside(first));
        for document in opened {
            let record = self.new_record(
                &document.name.clone(),
                &document.text.clone(),
                beside(document),
            );
            let id = record.summary.id.clone();
            // Where the database fails it stays in memory, and the notice says so.
            let _ = self.inner().shelf.write(record).await;
            self.inner().channel.tell(&Message::Saved(id));
            self.refresh_list().await;
        }
    }

    /// Downloads a document's definition.
    pub fn download(self, id: &DocumentId) {
        let id = id.clone();
        spawn_local(async move {
            if let Some(record) = self.whole(&id).await {
                let name = file_name(&record.summary.name, ending(&record.text));
                file::download_text(&name, &record.text);
            }
        });
    }

    /// Downloads all documents in one file; inputs and mocks stand beside their definition.
    pub fn export_all(self) {
        spawn_local(async move {
            let mut files: Vec<(String, String)> = Vec::new();
            for summary in self.all().await {
                if let Some(record) = self.whole(&summary.id).await {
                    add(&mut files, &record);
                }
            }
            match zip(&files).await {
                Some(content) => file::download("statelab-documents.zip", &content),
                None => {
                    self.say("The browser could not pack the documents. Download them one by one.")
                }
            }
        });
    }
}

async fn read(file: &GivenFile) -> Result<String, String> {
    if file.bytes() > MAX_BYTES as f64 {
        return Err(Unreadable::TooLarge(file.bytes() as u64).to_string());
    }
    let Some(bytes) = file.read().await else {
        return Err(
            "it cannot be read; if it is a folder, drop the files in it instead".to_owned(),
        );
    };
    decode(&bytes).map_err(|reason| reason.to_string())
}

fn beside(opened: Opened) -> Beside {
    Beside {
        input: opened.input.unwrap_or_else(|| "{}\n".to_owned()),
        mocks: opened.mocks.unwrap_or_default(),
        ..Beside::default()
    }
}

fn add(files: &mut Vec<(String, String)>, record: &Record) {
    // Companions have names of their own, whatever the definition is written in.
    let is_taken = |name: &str| {
        let name = file_name(name, "");
        let mut taken = files.iter().map(|(file, _)| stem(file));
        taken.any(|taken| taken.eq_ignore_ascii_case(&name))
    };
    let name = unused_name(&record.summary.name, is_taken);
    let own = file_name(&name, ending(&record.text));
    files.push((own, record.text.to_string()));
    let companions = [
        (".input.json", &record.beside.input),
        (".mocks.json", &record.beside.mocks),
    ];
    for (ending, text) in companions {
        if !text.trim().is_empty() {
            files.push((file_name(&name, ending), text.clone()));
        }
    }
    // A folder for `statelab run --s3`.
    let folder = file_name(&name, ".s3");
    for object in &record.beside.objects {
        let is_inside = object
            .path
            .split('/')
            .all(|part| !matches!(part, "" | "." | ".."));
        if object.has_path() && is_inside {
            files.push((format!("{folder}/{}", object.path), object.text.to_string()));
        }
    }
}
