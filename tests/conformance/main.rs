//! Replays recordings of the real service and grades the histories.
//!
//! The recordings are shared data beside the project; without them the test skips.
//! `known-gaps.txt` lists the cases that do not reach grade *exact* or *causal*, each
//! with its grade and a reason. The list may only shrink: a listed case that passes
//! fails the test as an unlisted one that does not.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod case;
mod grade;
mod spaced;
mod wild;

use std::collections::BTreeMap;

use grade::Grade;

const KNOWN_GAPS: &str = include_str!("known-gaps.txt");

#[test]
fn histories_are_those_of_the_service() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/conformance/cases");
    let Some(cases) = case::load(folder) else {
        eprintln!("skipped: no recordings at {folder}");
        return;
    };
    let mut gaps: BTreeMap<&str, &str> = KNOWN_GAPS
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .collect();
    let mut counts: BTreeMap<Grade, usize> = BTreeMap::new();
    let mut groups: BTreeMap<String, BTreeMap<Grade, usize>> = BTreeMap::new();
    let mut problems = Vec::new();
    let show = std::env::var("SHOW").unwrap_or_default();
    for case in &cases {
        let Some((grade, difference)) = grade::grade(case) else {
            *counts.entry(Grade::Skipped).or_default() += 1;
            continue;
        };
        *counts.entry(grade).or_default() += 1;
        *groups
            .entry(case.group.clone())
            .or_default()
            .entry(grade)
            .or_default() += 1;
        let gap = gaps.remove(case.id.as_str());
        let passes = grade <= Grade::Causal;
        match (passes, gap) {
            (true, Some(_)) => {
                problems.push(format!("passes now, take it off the list: {}", case.id))
            }
            (false, None) => problems.push(format!("{grade:?}: {}\n{difference}", case.id)),
            (true, None) => {}
            (false, Some(gap)) => {
                let listed = gap.split('\t').next().unwrap_or_default();
                let better = Grade::parse(listed).is_some_and(|listed| grade > listed);
                if better {
                    problems.push(format!(
                        "was {listed}, is {grade:?}: {}\n{difference}",
                        case.id
                    ));
                }
            }
        }
        if !show.is_empty() && case.id.contains(&show) {
            eprintln!("{grade:?} {}\n{difference}\n{}", case.id, grade::show(case));
        }
    }
    for id in gaps.keys() {
        problems.push(format!("listed, but there is no such case: {id}"));
    }
    for (group, counts) in groups {
        eprintln!("{group:24} {counts:?}");
    }
    eprintln!("{counts:?}");
    assert!(
        problems.is_empty(),
        "{} problems:\n{}",
        problems.len(),
        problems.join("\n")
    );
}
