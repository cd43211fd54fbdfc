import { expect, test } from 'vitest';
import { TaxonomyTable } from '../taxonomies/taxonomy-table.ts';
import { Notifications } from './notifications.ts';
import { RuleTable } from './rule-table.ts';

test('the first of a kind are listed, the rest is counted', () => {
  const notifications = new Notifications();
  for (let n = 0; n < 130; n += 1)
    notifications.add('execution', { kind: 'skipped', level: 'note', text: `file ${n}` }, 100);
  const { toolExecutionNotifications: list = [] } = notifications.lists(new RuleTable(new TaxonomyTable()));
  expect(list).toHaveLength(101);
  expect(list.at(-1)?.message.text).toBe('30 more of the kind "skipped" are not listed.');
});

test('kinds are words of the report and do not grow without end', () => {
  const notifications = new Notifications();
  for (let n = 0; n < 3_000; n += 1) notifications.add('execution', { kind: `kind ${n}`, level: 'note', text: 'x' });
  expect(notifications.descriptors()).toHaveLength(1_001);
  expect(notifications.lists(new RuleTable(new TaxonomyTable())).toolExecutionNotifications).toHaveLength(2_001);
});

test('a rule that only a notification names is in the rules', () => {
  const rules = new RuleTable(new TaxonomyTable());
  const notifications = new Notifications();
  notifications.add('configuration', { kind: 'k', level: 'error', text: '\u001b[1mbad\u001b[0m', ruleId: 'r' });
  const [notification] = notifications.lists(rules).toolConfigurationNotifications ?? [];
  expect(notification).toEqual({
    descriptor: { id: 'k', index: 0 },
    associatedRule: { id: 'r', index: 0 },
    level: 'error',
    message: { text: 'bad' },
  });
  expect(rules.descriptors()).toEqual([{ id: 'r' }]);
});
