import { expect, test } from 'vitest';
import type { Run } from '../model/model.ts';
import { sarifUriDefect } from './sarif-uri.ts';

const run = {
  tool: { driver: { name: 'Shop Lint', rules: [{ id: 'a/b' }] } },
  artifacts: [{ location: { uri: 'src/cart.js' } }],
  properties: { 'a/b~': [1] },
} as unknown as Run;

test.each([
  ['sarif:/runs/1/artifacts/0', undefined],
  ['sarif:/runs/1/tool/driver/rules/0/id', undefined],
  ['sarif:/runs/1/properties/a~1b~0/0', undefined],
  ['sarif:/runs/1/properties/a%7E1b~0', undefined],
  ['sarif:/runs/1', undefined],
  ['sarif:/runs', undefined],
  ['sarif:/version', undefined],
  // What the header does not tell is believed.
  ['sarif:/runs/1/results/700/message', undefined],
  ['sarif:/runs/0/artifacts/9', undefined],
  ['sarif:/inlineExternalProperties/3', undefined],
  ['sarif:/runs/1/artifacts/1', 'target'],
  ['sarif:/runs/1/artifacts/01', 'target'],
  ['sarif:/runs/1/artifacts/length', 'target'],
  ['sarif:/runs/1/artifacts/0/toString', 'target'],
  ['sarif:/runs/1/results/x', 'target'],
  ['sarif:/runs/x', 'target'],
  ['sarif:/results/0', 'target'],
  ['sarif:/', 'target'],
  ['sarif:runs/1', 'form'],
  ['sarif://log/runs/1', 'form'],
  ['sarif:/runs/1?x', 'form'],
  ['sarif:/runs/1#x', 'form'],
  ['sarif:/properties/a~2', 'form'],
  ['sarif:/properties/%FF', 'form'],
])('%s: %s', (uri, defect) => expect(sarifUriDefect(uri, { run, runIndex: 1 })).toBe(defect));
