// dagre and ELK behind one face: a graph as ../shared/bench/score.mjs describes it goes in,
// the same graph with places comes out. Distances are the same for both.
import dagre from "@dagrejs/dagre";
import ELK from "elkjs/lib/elk.bundled.js";

const NODE_GAP = 40;
const ROW_GAP = 50;
const PADDING = { top: 30, side: 20 };

/** The layouts by name; each is a function of a graph and may be awaited. */
export const PEERS = {
  dagre: withDagre,
  elk: (graph) => withElk(graph, {}),
  // Keeps the order of the file and breaks cycles depth first: the best that ELK draws.
  "elk-model": (graph) =>
    withElk(graph, {
      "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
      "elk.layered.cycleBreaking.strategy": "DEPTH_FIRST",
    }),
};

function childrenOf(graph) {
  const children = new Map();
  for (const node of graph.nodes) {
    const parent = node.parent ?? null;
    children.set(parent, [...(children.get(parent) ?? []), node]);
  }
  return children;
}

function withDagre(graph) {
  const children = childrenOf(graph);
  const compound = children.size > 1;
  const drawing = new dagre.graphlib.Graph({ multigraph: true, compound });
  drawing.setGraph({ rankdir: "TB", nodesep: NODE_GAP, ranksep: ROW_GAP });
  for (const { id, width, height } of graph.nodes) {
    drawing.setNode(id, children.has(id) ? {} : { width, height });
  }
  for (const { id, parent } of graph.nodes) if (parent != null) drawing.setParent(id, parent);
  // An edge cannot end at a container: it ends at a state inside that has no edge of this sort yet.
  const sources = new Set(graph.edges.map((edge) => edge.source));
  const targets = new Set(graph.edges.map((edge) => edge.target));
  const inside = (id, taken) => {
    let at = id;
    while (children.has(at)) {
      const inner = children.get(at);
      at = (inner.find((node) => !taken.has(node.id)) ?? inner[0]).id;
    }
    return at;
  };
  const keys = graph.edges.map((edge, index) => {
    const key = { v: inside(edge.source, sources), w: inside(edge.target, targets), name: String(index) };
    const label = edge.label_width ? { width: edge.label_width, height: edge.label_height, labelpos: "c" } : {};
    drawing.setEdge(key, label);
    return key;
  });
  dagre.layout(drawing);
  return {
    nodes: graph.nodes.map((node) => {
      const { x, y, width, height } = drawing.node(node.id);
      return { ...node, x: x - width / 2, y: y - height / 2, width, height };
    }),
    edges: graph.edges.map((edge, index) => {
      const { points, x, y } = drawing.edge(keys[index]);
      return { ...edge, points, ...(edge.label_width ? { label_x: x, label_y: y } : {}) };
    }),
  };
}

async function withElk(graph, more) {
  const children = childrenOf(graph);
  const padding = `[top=${PADDING.top},left=${PADDING.side},bottom=${PADDING.side},right=${PADDING.side}]`;
  const box = ({ id, width, height }) =>
    children.has(id)
      ? { id, children: children.get(id).map(box), layoutOptions: { "elk.padding": padding } }
      : { id, width, height };
  const drawn = await new ELK().layout({
    id: "whole drawing",
    layoutOptions: {
      "elk.algorithm": "layered",
      "elk.direction": "DOWN",
      "elk.edgeRouting": "ORTHOGONAL",
      ...(children.size > 1 ? { "elk.hierarchyHandling": "INCLUDE_CHILDREN" } : {}),
      ...more,
      "elk.spacing.nodeNode": String(NODE_GAP),
      "elk.layered.spacing.nodeNodeBetweenLayers": String(ROW_GAP),
      "org.eclipse.elk.json.shapeCoords": "ROOT",
      "org.eclipse.elk.json.edgeCoords": "ROOT",
    },
    children: (children.get(null) ?? []).map(box),
    edges: graph.edges.map((edge, index) => ({
      id: `edge ${index}`,
      sources: [edge.source],
      targets: [edge.target],
      labels: edge.label_width ? [{ text: edge.label, width: edge.label_width, height: edge.label_height }] : [],
    })),
  });
  const boxes = new Map();
  const lines = new Map();
  const visit = (node) => {
    boxes.set(node.id, node);
    for (const edge of node.edges ?? []) lines.set(edge.id, edge);
    for (const child of node.children ?? []) visit(child);
  };
  visit(drawn);
  return {
    nodes: graph.nodes.map((node) => {
      const { x, y, width, height } = boxes.get(node.id);
      return { ...node, x, y, width, height };
    }),
    edges: graph.edges.map((edge, index) => {
      const { sections, labels } = lines.get(`edge ${index}`);
      const [section] = sections ?? [];
      const points = section ? [section.startPoint, ...(section.bendPoints ?? []), section.endPoint] : [];
      const [label] = labels ?? [];
      return {
        ...edge,
        points,
        ...(label ? { label_x: label.x + label.width / 2, label_y: label.y + label.height / 2 } : {}),
      };
    }),
  };
}
