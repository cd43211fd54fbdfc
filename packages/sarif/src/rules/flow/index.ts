import type { Rule } from '../rule.ts';
import { traversalOfOneGraph } from './v601-traversal-of-one-graph.ts';
import { graphConnected } from './v602-graph-connected.ts';
import { fixApplicable } from './v603-fix-applicable.ts';
import { binaryReplacement } from './v604-binary-replacement.ts';
import { threadFlowLocated } from './v605-thread-flow-located.ts';

/** Rules about graphs, flows and fixes, in the order of the catalogue (V601 to V605). */
export const flowRules: readonly Rule[] = [
  traversalOfOneGraph,
  graphConnected,
  fixApplicable,
  binaryReplacement,
  threadFlowLocated,
];
