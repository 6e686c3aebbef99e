//! Pictures of the shown graph, as files.

use leptos::task::spawn_local;

use super::DocumentsStore;
use crate::authoring::file::file_name;
use crate::ui::dom::file;
use crate::web::documents::pixels;
use crate::web::messages::Subject;

/// What a picture is a file of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureForm {
    /// Lines and text, in the colours of whoever looks at it.
    Svg,
    /// Pixels, dark on light.
    Png,
}

impl DocumentsStore {
    /// Downloads the graph as a picture, with these containers folded.
    pub fn download_picture(self, form: PictureForm, folded: Vec<String>, is_left_to_right: bool) {
        let name = self.document.name_untracked();
        let subject = Subject {
            text: self.document.get_untracked().text().to_string(),
            title: name.clone(),
            folded,
            is_left_to_right,
            is_light: form == PictureForm::Png,
        };
        self.document.draw(subject, move |svg| {
            let Some(svg) = svg else {
                self.say("The picture could not be drawn: the worker that draws did not start.");
                return;
            };
            match form {
                PictureForm::Svg => {
                    file::download_as(&file_name(&name, ".svg"), &svg, "image/svg+xml");
                }
                PictureForm::Png => spawn_local(async move {
                    match pixels(&svg).await {
                        Some(content) => file::download(&file_name(&name, ".png"), &content),
                        None => {
                            self.say("The browser could not draw the picture. Download it as SVG.")
                        }
                    }
                }),
            }
        });
    }
}
