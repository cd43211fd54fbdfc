import type { RuleDocument } from '../rule.ts';

/** Described only: nothing here opens a connection because a log names an address. */
export const reachableUri = {
  id: 'SF-A12',
  name: 'reachable-uri',
  level: 'note',
  specSection: '3.49.12',
  like: ['SARIF2006'],
  summary: 'The pages that a log links to exist.',
  explanation: {
    cause: 'Documentation moved, or the log was written for a network that the reader cannot reach.',
    reason:
      'A link that leads nowhere does not help. Sariflow does not follow links: a log is data, and what it names may be a trap. Check them with a link checker where you publish them.',
    repair: 'None: this is not checked.',
    before: '{ "helpUri": "https://shop.example/old/SHOP1001" }',
    after: '{ "helpUri": "https://shop.example/lint/SHOP1001" }',
  },
} as const satisfies RuleDocument;
