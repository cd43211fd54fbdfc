import type { Dice } from '../../json/test-support/dice.ts';

type Fields = Record<string, unknown>;

const strangers: readonly unknown[] = [
  null,
  'critical',
  '12',
  '',
  -5,
  0,
  1.5,
  1e9,
  true,
  [],
  {},
  [null],
  [5],
  ['x', 'x'],
  { text: 'x' },
  { index: 2 },
];

/** Puts something strange in a random place of JSON data, takes a member away, or adds one. Changes the data. */
export function damage(root: object, dice: Dice): void {
  const containers: (Fields | unknown[])[] = [];
  const pending: unknown[] = [root];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    containers.push(value as Fields);
    pending.push(...Object.values(value).filter((child) => child !== undefined));
  }
  const target = dice.pick(containers);
  const stranger = structuredClone(dice.pick(strangers));
  if (Array.isArray(target)) {
    if (target.length > 0 && dice.chance(70)) target[dice.below(target.length)] = stranger;
    else target.push(stranger);
    return;
  }
  const names = Object.keys(target);
  if (names.length === 0 || dice.chance(15)) target['notSarif'] = stranger;
  else if (dice.chance(30)) delete target[dice.pick(names)];
  else target[dice.pick(names)] = stranger;
}
