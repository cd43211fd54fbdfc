import type { Edge, Graph, GraphTraversal, Node, Result, RunHeader } from '../../model/model.ts';
import { type GraphIndex, indexGraph } from '../../run/graph-index.ts';
import { removeTogether } from '../../run/remove-together.ts';
import { defineRule, type FindingReport, type Visit } from '../rule.ts';

/** Graphs are looked at once, however many traversals walk through them. Repairs leave the edges that can be walked along. */
const known = new WeakMap<Graph, GraphIndex>();

/** Each node and each edge is looked at once. */
export const graphConnected = defineRule({
  id: 'SF-V602',
  name: 'graph-connected',
  level: 'error',
  specSection: '3.39',
  summary:
    'Nodes and edges of a graph have ids of their own, edges join nodes of the graph, and a traversal goes from edge to edge without a gap.',
  explanation: {
    cause: 'Graphs were put together whose ids are the same, or nodes and edges were left out to save space.',
    reason: 'A viewer cannot draw the graph, or not walk through it.',
    repair:
      'The first node or edge with an id stays; children of a node that goes take its place. Edges without their nodes go, and so do traversals with a gap.',
    before: '{ "nodes": [{ "id": "n1" }], "edges": [{ "id": "e1", "sourceNodeId": "n1", "targetNodeId": "n2" }] }',
    after: '{ "nodes": [{ "id": "n1" }], "edges": [] }',
  },
  visits: ['graph', 'graphTraversal'],
  check(object, visit, report) {
    const array = visit.path.at(-2);
    if (array === 'graphTraversals') checkTraversal(object as GraphTraversal, visit, report);
    else checkGraph(object as Graph, report);
  },
});

function checkGraph(graph: Graph, report: FindingReport): void {
  const { repeatedNodes, repeatedEdges, looseEdges } = indexGraph(graph);
  let isHoisted = false;
  const hoist = (): void => {
    if (!isHoisted) hoistChildren(graph.nodes ?? [], repeatedNodes);
    isHoisted = true;
  };
  for (const [{ id }, path] of repeatedNodes) {
    report({
      message: `Another node of the graph has the id '${id}' already. Give each node an id of its own, nested ones included.`,
      at: [...path, 'id'],
      value: id,
      fix: { description: 'The node is removed; its children take its place.', apply: hoist },
    });
  }
  const edges = graph.edges ?? [];
  const remove = removeTogether<Edge>(edges, new Set([...repeatedEdges, ...looseEdges]));
  const fix = { description: 'The edge is removed.', apply: remove };
  for (const [index, edge] of [...edges].entries()) {
    const { id, sourceNodeId, targetNodeId } = edge;
    if (repeatedEdges.has(edge)) {
      const message = `Another edge of the graph has the id '${id}' already. Give each edge an id of its own.`;
      report({ message, at: ['edges', index, 'id'], value: id, fix });
    } else if (looseEdges.has(edge)) {
      const message = `The edge '${id}' goes from '${sourceNodeId}' to '${targetNodeId}', and the graph does not have both nodes. Write the ids of nodes of the graph.`;
      report({ message, at: ['edges', index], fix });
    }
  }
}

/** Takes all repeated nodes out at once. */
function hoistChildren(nodes: Node[], repeated: ReadonlyMap<Node, unknown>): void {
  const kept: Node[] = [];
  for (const node of nodes) {
    if (node.children !== undefined) hoistChildren(node.children, repeated);
    if (!repeated.has(node)) kept.push(node);
    else for (const child of node.children ?? []) kept.push(child);
  }
  for (const [index, node] of kept.entries()) nodes[index] = node;
  nodes.length = kept.length;
}

function checkTraversal(traversal: GraphTraversal, { result, context, owner }: Visit, report: FindingReport): void {
  if (result === undefined) return;
  const gapIn = (candidate: GraphTraversal) => gapOf(candidate, graphOf(candidate, result, context.run));
  const gap = gapIn(traversal);
  if (gap === undefined) return;
  const traversals = owner?.holder as GraphTraversal[];
  report({
    message: `${gap.message} Write the edges in the order in which they are walked along.`,
    at: ['edgeTraversals', gap.at, 'edgeId'],
    value: gap.edgeId,
    fix: {
      description: 'The traversal is removed.',
      apply: () => removeTogether(traversals, new Set(traversals.filter((other) => gapIn(other) !== undefined)))(),
    },
  });
}

/** A traversal without its graph is another defect, and does not stay. */
function graphOf({ resultGraphIndex = -1, runGraphIndex = -1 }: GraphTraversal, result: Result, run: RunHeader) {
  const graph = result.graphs?.[resultGraphIndex] ?? run.graphs?.[runGraphIndex];
  if (graph === undefined) return undefined;
  let index = known.get(graph);
  if (index === undefined) {
    index = indexGraph(graph);
    known.set(graph, index);
  }
  return index;
}

/** The first step that cannot be taken. */
function gapOf(
  { edgeTraversals = [] }: GraphTraversal,
  graph: GraphIndex | undefined,
): { readonly message: string; readonly at: number; readonly edgeId: string } | undefined {
  if (graph === undefined) return undefined;
  let here: string | undefined;
  for (const [at, { edgeId }] of edgeTraversals.entries()) {
    if (edgeId === '') return undefined;
    const edge = graph.edges.get(edgeId);
    if (edge === undefined)
      return { message: `The graph has no edge '${edgeId}' between two of its nodes.`, at, edgeId };
    if (here !== undefined && edge.sourceNodeId !== here) {
      return {
        message: `The edge '${edgeId}' starts at '${edge.sourceNodeId}', but the one before it ends at '${here}'.`,
        at,
        edgeId,
      };
    }
    here = edge.targetNodeId;
  }
  return undefined;
}
