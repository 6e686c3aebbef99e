//! `statelab layout`

use crate::{call, call_with, example};

const GRAPH: &str = r#"{"nodes": [{"id": "a", "width": 80, "height": 40},
    {"id": "b", "width": 80, "height": 40}], "edges": [{"source": "a", "target": "b"}]}"#;

#[test]
fn definitions_become_geometry() {
    let definition = example("order-processing/definition.asl.json");
    let called = call(&["layout", &definition]);
    assert_eq!((called.code, called.err.as_str()), (0, ""));
    let drawing = called.json();
    let nodes = drawing["nodes"].as_array().unwrap();
    assert!(nodes.iter().any(|node| node["id"] == "/States/ShipItems"));
    assert!(
        nodes
            .iter()
            .any(|node| node["parent"] == "/States/ShipItems")
    );
    assert_eq!(called, call(&["layout", &definition]));
    let across = call(&["layout", &definition, "--direction", "lr"]);
    assert_ne!(across.out, called.out);
}

#[test]
fn broken_definitions_are_drawn_as_far_as_they_can_be_read() {
    for text in [
        "",
        "garbage",
        r#"{"StartAt": "A", "States": {"A": {"Type": "#,
    ] {
        let called = call_with(&["layout", "-"], text);
        assert_eq!(called.code, 0, "{called:?}");
        assert!(called.json()["nodes"].is_array());
    }
}

#[test]
fn an_edit_keeps_what_it_can() {
    let definition = example("order-processing/definition.asl.json");
    let alone = call(&["layout", &definition]);
    let after = call(&["layout", &definition, "--after", &definition]);
    assert_eq!(after, alone);
    let missing = call(&["layout", &definition, "--after", "no such file"]);
    assert_eq!((missing.code, missing.out.as_str()), (2, ""));
}

#[test]
fn plain_graphs_keep_their_names() {
    let drawing = call_with(&["layout", "--graph", "-"], GRAPH).json();
    assert_eq!(drawing["nodes"][1]["id"], "b");
    assert_eq!(drawing["edges"][0]["source"], "a");
    for text in [
        "",
        "[]",
        "{}",
        "garbage",
        &GRAPH.replace("\"b\"}", "\"c\"}"),
    ] {
        let called = call_with(&["layout", "--graph", "-"], text);
        assert_eq!(
            (called.code, called.out.as_str()),
            (2, ""),
            "{text}: {called:?}"
        );
    }
}
