//! Who is inside whom, made safe: every chain of parents ends.

use super::{LayoutGraph, NodeId};

/// The containers and the root, outermost first, with what stands directly in each.
#[derive(Debug)]
pub(super) struct Forest {
    /// Nodes without a parent.
    pub roots: Vec<usize>,
    /// The children of each node, in file order.
    pub children: Vec<Vec<usize>>,
    /// The parent of each node after circles are cut.
    pub parents: Vec<Option<usize>>,
    /// All nodes, parents before children.
    pub outside_in: Vec<usize>,
}

impl Forest {
    pub(super) fn new(graph: &LayoutGraph) -> Self {
        let count = graph.nodes.len();
        let mut parents: Vec<Option<usize>> = graph
            .nodes
            .iter()
            .map(|node| {
                node.parent
                    .map(|NodeId(parent)| parent)
                    .filter(|&p| p < count)
            })
            .collect();
        cut_circles(&mut parents);
        let mut forest = Self {
            roots: Vec::new(),
            children: vec![Vec::new(); count],
            outside_in: Vec::with_capacity(count),
            parents,
        };
        for (node, parent) in forest.parents.iter().enumerate() {
            match parent.and_then(|parent| forest.children.get_mut(parent)) {
                Some(siblings) => siblings.push(node),
                None => forest.roots.push(node),
            }
        }
        forest.outside_in.extend(&forest.roots);
        let mut at = 0;
        while let Some(&node) = forest.outside_in.get(at) {
            if let Some(children) = forest.children.get(node) {
                forest.outside_in.extend(children);
            }
            at += 1;
        }
        forest
    }
}

/// Walks up from every node; a walk that meets itself loses the link that closed the circle.
fn cut_circles(parents: &mut [Option<usize>]) {
    let mut walk_of = vec![usize::MAX; parents.len()];
    for start in 0..parents.len() {
        let mut node = start;
        while let Some(mark) = walk_of.get_mut(node) {
            if *mark != usize::MAX {
                break;
            }
            *mark = start;
            let Some(&Some(parent)) = parents.get(node) else {
                break;
            };
            if walk_of.get(parent) == Some(&start) {
                if let Some(link) = parents.get_mut(node) {
                    *link = None;
                }
                break;
            }
            node = parent;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::LayoutNode;
    use super::*;

    fn forest(parents: &[Option<usize>]) -> Forest {
        let nodes = parents
            .iter()
            .map(|parent| LayoutNode {
                parent: parent.map(NodeId),
                ..LayoutNode::default()
            })
            .collect();
        Forest::new(&LayoutGraph {
            nodes,
            edges: Vec::new(),
        })
    }

    #[test]
    fn cuts_circles_and_unknown_parents() {
        let forest = forest(&[Some(0), Some(2), Some(1), Some(9), Some(1)]);
        assert_eq!(forest.parents, [None, Some(2), None, None, Some(1)]);
        assert_eq!(forest.outside_in.len(), 5);
        assert_eq!(forest.roots, [0, 2, 3]);
    }
}
