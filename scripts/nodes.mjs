/** Every node of a tree that a parser of JavaScript has made, those above before those within. */
export function* nodesBelow(node) {
  if (node === null || typeof node !== "object") return;
  if (Array.isArray(node)) {
    for (const each of node) yield* nodesBelow(each);
    return;
  }
  if (typeof node.type === "string") yield node;
  for (const value of Object.values(node)) yield* nodesBelow(value);
}
