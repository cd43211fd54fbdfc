import type { Dice } from '../../packages/sarif/src/json/test-support/dice.ts';
import { containersIn } from '../../packages/sarif/src/recognise/test-support/mutate.ts';

/** What rules and repairs look for in a text, of every sort there is. */
const tellingWords = [
  'critical',
  'HIGH',
  'info',
  'none',
  'notApplicable',
  'shop/no-eval',
  'shop/no-eval/sub',
  'Shop/No-Eval',
  'CWE-79',
  'CWE-79: Cross-site scripting',
  'external/cwe/cwe-079',
  'CWE-0',
  '9.8',
  '11',
  'medium',
  'src/cart.js',
  'SRC/cart.js',
  './src//cart.js',
  'src/%63art.js',
  'src/a/../cart.js',
  '../cart.js',
  '..',
  '.',
  '/',
  '/src/cart.js',
  '//host/src/cart.js',
  'C:\\shop\\cart.js',
  'C:/shop/cart.js',
  'file://C:/shop/cart.js',
  'file:///home/alice/shop/src/cart.js',
  'file:///repo/',
  'https://alice:hunter2@shop.example/cart?a=b#c',
  'registry.example/shop:1.2@sha256:0a1b',
  'pkg:npm/cart@1.0.0',
  'N/A',
  'unknown',
  'no-file',
  'a b.js',
  'a:b',
  'a?b:c',
  '%SRCROOT%',
  'SRCROOT',
  'ROOT',
  'sarif:/runs/0/artifacts/0',
  'sarif:/runs/0/results/0',
  '[a](0)',
  '[a](1) and [b](1)',
  '[[a](1)](2)',
  '[a](sarif:/runs/0/results/9)',
  '[a](javascript:alert(1))',
  '{0} {1} {{x}}',
  '{0',
  '<b>bold</b>',
  '**bold** `code`',
  'scan --token 1f9b3c',
  '2016-02-08T16:08:25+02:00',
  '2001-01-01T00:00:00Z',
  'yesterday',
  '{7a3f1f9e-8d1c-4a6e-9a53-000000000000}',
  '7a3f1f9e-8d1c-4a6e-9a53-000000000000',
  'nightly/2026-01-01/7',
  'category/',
  '2.1.0',
  '1.2',
  'requires login',
  'undefined',
  '',
  ' ',
  '\u0000',
  '__proto__',
];

/**
 * Puts another text in the place of one: a word that means something, or what stands elsewhere in the log. Things that agreed no
 * longer do, others that differed are the same; no type changes.
 */
export function rewordText(root: unknown, dice: Dice): void {
  const texts = placesOf(root, 'string');
  if (texts.length === 0) return;
  const [holder, key] = dice.pick(texts);
  const [other, otherKey] = dice.pick(texts);
  holder[key] = dice.chance(70) ? dice.pick(tellingWords) : other[otherKey];
}

/** Puts another number in the place of one: what stands elsewhere in the log, or one that is near. */
export function renumber(root: unknown, dice: Dice): void {
  const numbers = placesOf(root, 'number');
  if (numbers.length === 0) return;
  const [holder, key] = dice.pick(numbers);
  const [other, otherKey] = dice.pick(numbers);
  holder[key] = dice.chance(50) ? other[otherKey] : (holder[key] as number) + dice.pick([-1, 1, 2]);
}

/** Puts a copy of an object or an array in the place of another one that has the same name. */
export function exchange(root: unknown, dice: Dice): void {
  const byName = new Map<string, [Record<string, unknown>, string][]>();
  for (const place of placesOf(root, 'object')) {
    const [holder, key] = place;
    if (Array.isArray(holder)) continue;
    const known = byName.get(key);
    if (known === undefined) byName.set(key, [place]);
    else known.push(place);
  }
  const several = [...byName.values()].filter(({ length }) => length > 1);
  if (several.length === 0) return;
  const places = dice.pick(several);
  const [holder, key] = dice.pick(places);
  const [other, otherKey] = dice.pick(places);
  holder[key] = structuredClone(other[otherKey]);
}

/** Where values of a type stand: what holds each, and under which name or position. */
function placesOf(root: unknown, type: 'string' | 'number' | 'object'): [Record<string, unknown>, string][] {
  return containersIn(root).flatMap((container) =>
    Object.keys(container).flatMap((key): [Record<string, unknown>, string][] => {
      const holder = container as Record<string, unknown>;
      const value = holder[key];
      return typeof value === type && value !== null ? [[holder, key]] : [];
    }),
  );
}
