import type { Edge, Graph, Node } from '../model/model.ts';

/** A graph with its contradictions sorted out: where an id is given twice, the first counts. */
export interface GraphIndex {
  /** The nodes with an id that an earlier node has, with their paths from the graph. */
  readonly repeatedNodes: ReadonlyMap<Node, readonly (string | number)[]>;
  /** The edges with an id that an earlier edge has. */
  readonly repeatedEdges: ReadonlySet<Edge>;
  /** The edges that start or end at a node that the graph does not have. */
  readonly looseEdges: ReadonlySet<Edge>;
  /** All other edges, by id: those that can be walked along. */
  readonly edges: ReadonlyMap<string, Edge>;
}

/** Looks at every node, nested ones included, and every edge once. An empty id is that of nothing. */
export function indexGraph(graph: Graph): GraphIndex {
  const ids = new Set<string>();
  const repeatedNodes = new Map<Node, readonly (string | number)[]>();
  const addNodes = (nodes: readonly Node[], path: readonly (string | number)[]): void => {
    for (const [index, node] of nodes.entries()) {
      if (node.id !== '' && ids.has(node.id)) repeatedNodes.set(node, [...path, index]);
      ids.add(node.id);
      if (node.children !== undefined) addNodes(node.children, [...path, index, 'children']);
    }
  };
  addNodes(graph.nodes ?? [], ['nodes']);
  const repeatedEdges = new Set<Edge>();
  const looseEdges = new Set<Edge>();
  const edges = new Map<string, Edge>();
  const isLoose = (id: string) => id !== '' && !ids.has(id);
  for (const edge of graph.edges ?? []) {
    if (edge.id !== '' && edges.has(edge.id)) repeatedEdges.add(edge);
    else if (isLoose(edge.sourceNodeId) || isLoose(edge.targetNodeId)) looseEdges.add(edge);
    else edges.set(edge.id, edge);
  }
  return { repeatedNodes, repeatedEdges, looseEdges, edges };
}
