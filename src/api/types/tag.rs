//! Tags.

use std::sync::Arc;

use super::limits::ARN;
use crate::api::shape::{Shape, structure};

const TAG_KEY: Shape = Shape::text(1, 128);

/// A list of tags.
pub const TAG_LIST: Shape = Shape::List {
    member: &Tag::SHAPE,
    min: 0,
    max: usize::MAX,
};

structure! {
    /// A tag of a state machine or an activity.
    Tag {
        key "key": Option<Arc<str>> = TAG_KEY;
        value "value": Option<Arc<str>> = Shape::text(0, 256);
    }

    /// What `TagResource` takes.
    TagResourceInput {
        resource_arn "resourceArn": Arc<str> = ARN, required;
        tags "tags": Vec<Tag> = TAG_LIST, required;
    }

    /// What `TagResource` answers.
    TagResourceOutput {}

    /// What `UntagResource` takes.
    UntagResourceInput {
        resource_arn "resourceArn": Arc<str> = ARN, required;
        tag_keys "tagKeys": Vec<Arc<str>> = Shape::List { member: &TAG_KEY, min: 0, max: usize::MAX }, required;
    }

    /// What `UntagResource` answers.
    UntagResourceOutput {}

    /// What `ListTagsForResource` takes.
    ListTagsForResourceInput {
        resource_arn "resourceArn": Arc<str> = ARN, required;
    }

    /// What `ListTagsForResource` answers.
    ListTagsForResourceOutput {
        tags "tags": Vec<Tag>;
    }
}
