import type { Notifications } from '../shell/notifications.ts';
import type { Fields } from '../values/fields.ts';
import { isObject } from '../values/json-object.ts';

/**
 * Writes what a report says about a failed test as a notification: `{ "ok": false, "error": "…", "path": "…" }`.
 * Returns whether the test failed. `ok: false` alone only says that there are findings.
 */
export function noteFailure(fields: Fields, notifications: Notifications): boolean {
  const { error } = fields.object;
  if (error === undefined || error === null) return false;
  const details = isObject(error) ? fields.nested('error') : fields;
  const words = isObject(error) ? (details?.text('message') ?? details?.text('detail')) : fields.text('error');
  if (isObject(error)) fields.keep('error');
  const code = fields.label('code');
  const path = fields.text('path');
  const text = words === undefined || words === '' ? 'The test failed without a word about why.' : words;
  notifications.add('execution', {
    kind: 'snyk/test-failed',
    about: 'A project could not be tested.',
    level: 'error',
    text: path === undefined || path === '' ? text : `${path}: ${text}`,
    ...(code !== undefined && { fields: { properties: { 'snyk/code': code } } }),
  });
  return true;
}

/** Writes a list of errors or warnings of Snyk's APIs: objects with code, title and detail. Returns how many there are. */
export function noteErrors(
  fields: Fields,
  name: string,
  level: 'error' | 'warning',
  notifications: Notifications,
): number {
  const list = fields.list(name) ?? [];
  for (const [index, entry] of list.entries()) {
    if (!isObject(entry)) {
      fields.doubtValue([name, index], entry, 'an object');
      continue;
    }
    const error = fields.at(entry, [name, index]);
    const words = [error.label('title'), error.label('detail') ?? error.label('message')];
    const code = error.label('code');
    const text = [...new Set(words)].filter((word) => word !== undefined && word !== '').join(': ');
    notifications.add('execution', {
      kind: code === undefined || code === '' ? `snyk/${name}` : code,
      level,
      text: text === '' ? (code ?? 'An error without a text.') : text,
      fields: {
        properties: Object.fromEntries(Object.entries(entry).map(([member, value]) => [`snyk/${member}`, value])),
      },
    });
  }
  return list.length;
}
