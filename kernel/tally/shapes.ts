/** What an edge leads to besides the slots of the definition: a key that it does not name, or the end of the line. */
export const ignoredKey = -1;
export const endOfLine = -2;

/** What the value of a key must be. */
export const text = 0;
export const id = 1;
export const number = 2;
export const quoted = 3;
export const iso = 4;
export const ignored = 5;

/** What the value of a key goes by: a user's lines say the same there, or the rows of a kind do. */
export const byUser = 1;
export const byKind = 2;

/*
 * How the log's lines are written, as the host tells: a node is the keys so far, two numbers in `nodes`, its first edge and the one
 * behind its last. An edge is eight numbers: bytes that stand before the value, how many, slot, node behind the value, edge to
 * the other slot of the pair (-1 for none), what the value goes by, what it must be, and the bit of its slot among those that
 * go by the same.
 */
export let nodes: usize = 0;
export let edges: usize = 0;
export const edgeBytes = 32;

export function setShapes(nodesAt: usize, edgesAt: usize): void {
  nodes = nodesAt;
  edges = edgesAt;
}

export function firstEdge(node: i32): usize {
  return edges + ((<usize>load<u32>(nodes + ((<usize>node) << 3))) << 5);
}

export function lastEdge(node: i32): usize {
  return edges + ((<usize>load<u32>(nodes + ((<usize>node) << 3), 4)) << 5);
}

export function segmentOf(edge: usize): usize {
  return load<usize>(edge);
}

export function lengthOf(edge: usize): i32 {
  return load<i32>(edge, 4);
}

export function slotOf(edge: usize): i32 {
  return load<i32>(edge, 8);
}

export function nodeOf(edge: usize): i32 {
  return load<i32>(edge, 12);
}

/** 0 for none. */
export function partnerOf(edge: usize): usize {
  const partner = load<i32>(edge, 16);
  return partner < 0 ? 0 : edges + ((<usize>partner) << 5);
}

/** `byUser`, `byKind`, or 0. */
export function groupOf(edge: usize): i32 {
  return load<i32>(edge, 20);
}

export function typeOf(edge: usize): i32 {
  return load<i32>(edge, 24);
}

export function bitOf(edge: usize): i32 {
  return load<i32>(edge, 28);
}
