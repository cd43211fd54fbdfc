import type { RuleDocument } from '../rule.ts';

/** Reported by the splitter, which alone knows what a result weighs together with what it refers to. */
export const partLimit = {
  id: 'SF-C011',
  name: 'part-limit',
  level: 'error',
  summary: 'A result, with all that it refers to, fits into one part.',
  explanation: {
    cause: 'The result carries very long code flows, snippets or messages.',
    reason: 'The Cortex Collector takes at most 10 MB for each request, and a result cannot be spread over two.',
    repair:
      'Code flows, graphs, stacks, related locations, fixes and snippets are left out, in this order, until the result fits; if it never does, the result is dropped.',
    before: '{ "ruleId": "R1", "codeFlows": [ … 12 MB … ] }',
    after: '{ "ruleId": "R1", "properties": { "sariflow/shortened": ["codeFlows"] } }',
  },
} as const satisfies RuleDocument;
