//! Tags of state machines and activities.

use std::sync::Arc;

use indexmap::IndexMap;

use super::{Request, Service};
use crate::api::arn::{Arn, Resource};
use crate::api::call::Answer;
use crate::api::error::{ApiError, ErrorCode};
use crate::api::operation::{Handle, operation};
use crate::api::types::tag::{
    ListTagsForResourceInput, ListTagsForResourceOutput, Tag, TagResourceInput, TagResourceOutput,
    UntagResourceInput, UntagResourceOutput,
};

/// The most tags that a resource has.
const MOST: usize = 50;

/// Tags by key.
pub(super) type Tags = IndexMap<Arc<str>, Arc<str>>;

/// Reads a list of tags; of two with the same key the later one counts.
pub(super) fn read(list: Vec<Tag>) -> Result<Tags, ApiError> {
    let mut tags = Tags::new();
    for tag in list {
        let Some(key) = tag.key else {
            return Err(ApiError::validation("Tag key must not be null"));
        };
        let value = tag.value.unwrap_or_else(|| "".into());
        if let Some(wrong) = [&key, &value].into_iter().find(|text| !is_allowed(text)) {
            return Err(ApiError::validation(format!(
                "Tags may only contain Unicode letters, digits, white space, or these symbols: _ . : / = + - @. Received: '{wrong}'"
            )));
        }
        tags.insert(key, value);
    }
    limit(&tags)?;
    Ok(tags)
}

fn is_allowed(text: &str) -> bool {
    let mut chars = text.chars();
    chars.all(|char| char.is_alphanumeric() || char.is_whitespace() || "_.:/=+-@".contains(char))
}

fn limit(tags: &Tags) -> Result<(), ApiError> {
    match tags.len() > MOST {
        true => Err(ApiError::new(
            ErrorCode::TooManyTags,
            format!("A resource has at most {MOST} tags"),
        )),
        false => Ok(()),
    }
}

/// What has tags.
enum Tagged {
    Machine(Arc<str>),
    Activity(Arc<str>),
}

impl Service {
    fn tagged(&self, text: &str) -> Result<Tagged, ApiError> {
        let arn = Arn::parse(text)?;
        let (tagged, is_there) = match &arn.resource {
            Resource::StateMachine(name) => (
                Tagged::Machine(name.clone()),
                self.machines.contains_key(name),
            ),
            Resource::Activity(name) => (
                Tagged::Activity(name.clone()),
                self.activities.contains_key(name),
            ),
            Resource::Version(..)
            | Resource::Alias(..)
            | Resource::MapState(..)
            | Resource::Execution(..)
            | Resource::Express(..)
            | Resource::MapRun(..) => return Err(arn.out_of_place()),
        };
        match is_there && self.is_home(&arn) {
            true => Ok(tagged),
            false => Err(ApiError::new(
                ErrorCode::ResourceNotFound,
                format!("Resource not found: '{text}'"),
            )),
        }
    }

    fn tags_mut(&mut self, tagged: &Tagged) -> Option<&mut Tags> {
        match tagged {
            Tagged::Machine(name) => self.machines.get_mut(name).map(|m| &mut m.tags),
            Tagged::Activity(name) => self.activities.get_mut(name).map(|a| &mut a.facts.tags),
        }
    }

    fn tags_changed(&mut self, tagged: &Tagged) {
        match tagged {
            Tagged::Machine(name) => self.machine_changed(name),
            Tagged::Activity(name) => self.activity_changed(name),
        }
    }
}

impl Handle<operation::TagResource> for Service {
    fn handle(
        &mut self,
        input: TagResourceInput,
        _: &Request,
    ) -> Result<Answer<TagResourceOutput>, ApiError> {
        let added = read(input.tags)?;
        let tagged = self.tagged(&input.resource_arn)?;
        if let Some(tags) = self.tags_mut(&tagged) {
            let mut all = tags.clone();
            all.extend(added);
            limit(&all)?;
            *tags = all;
        }
        self.tags_changed(&tagged);
        Ok(Answer::Now(TagResourceOutput {}))
    }
}

impl Handle<operation::UntagResource> for Service {
    fn handle(
        &mut self,
        input: UntagResourceInput,
        _: &Request,
    ) -> Result<Answer<UntagResourceOutput>, ApiError> {
        let tagged = self.tagged(&input.resource_arn)?;
        if let Some(tags) = self.tags_mut(&tagged) {
            tags.retain(|key, _| !input.tag_keys.contains(key));
        }
        self.tags_changed(&tagged);
        Ok(Answer::Now(UntagResourceOutput {}))
    }
}

impl Handle<operation::ListTagsForResource> for Service {
    fn handle(
        &mut self,
        input: ListTagsForResourceInput,
        _: &Request,
    ) -> Result<Answer<ListTagsForResourceOutput>, ApiError> {
        let tagged = self.tagged(&input.resource_arn)?;
        let tags = self.tags_mut(&tagged).map(|tags| tags.clone());
        let tags = tags.into_iter().flatten().map(|(key, value)| Tag {
            key: Some(key),
            value: Some(value),
        });
        Ok(Answer::Now(ListTagsForResourceOutput {
            tags: tags.collect(),
        }))
    }
}
