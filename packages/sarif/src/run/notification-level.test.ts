import { expect, test } from 'vitest';
import type { Invocation, Notification, Run } from '../model/model.ts';
import { notificationLevel } from './notification-level.ts';

const message = { text: 'x' };
const descriptor = { id: 'N1', index: 0 };

function levelOf(notification: Partial<Notification>, invocation: Partial<Invocation> = {}, isConverters = false) {
  const driver = {
    name: 'T',
    notifications: [{ id: 'N1', defaultConfiguration: { level: 'note' as const } }, { id: 'N2' }],
  };
  const held = { executionSuccessful: true, ...invocation };
  const run: Run = isConverters
    ? { tool: { driver: { name: 'T' } }, conversion: { tool: { driver }, invocation: held } }
    : { tool: { driver }, invocations: [held] };
  return notificationLevel({ message, ...notification }, held, run);
}

const overriding = (reference: object, level: string) =>
  ({
    notificationConfigurationOverrides: [{ descriptor: reference, configuration: { level } }],
  }) as Partial<Invocation>;

test.each<[Partial<Notification>, Partial<Invocation>, string]>([
  [{}, {}, 'warning'],
  [{ level: 'error', descriptor }, overriding(descriptor, 'none'), 'error'],
  [{ descriptor }, {}, 'note'],
  [{ descriptor: { id: 'N1' } }, {}, 'note'],
  [{ descriptor: { id: 'N2' } }, {}, 'warning'],
  [{ descriptor: { id: 'N3' } }, overriding({ id: 'N3' }, 'error'), 'warning'],
  [{ descriptor }, overriding({ id: 'N1' }, 'error'), 'error'],
  [{ descriptor: { id: 'N1' } }, overriding({ index: 0 }, 'error'), 'error'],
  [{ descriptor }, overriding({ index: 1 }, 'error'), 'note'],
])('%j with %j is of the level %s', (notification, invocation, expected) => {
  expect(levelOf(notification, invocation)).toBe(expected);
  expect(levelOf(notification, invocation, true)).toBe(expected);
});
