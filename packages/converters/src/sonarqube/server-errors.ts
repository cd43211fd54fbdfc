import type { Doubt } from '../diagnostics/doubt.ts';
import type { Notifications } from '../shell/notifications.ts';
import { isObject } from '../values/json-object.ts';
import type { SonarDocument } from './documents.ts';

/** Writes down what the server answered instead of findings. Returns whether that is so for a whole document. */
export function noteErrors(documents: readonly SonarDocument[], notifications: Notifications, doubt: Doubt): boolean {
  let hasFailed = false;
  for (const { path, members } of documents) {
    const { errors, issues, hotspots } = members;
    if (!Array.isArray(errors)) continue;
    for (const error of errors as unknown[]) {
      const message = isObject(error) ? error['msg'] : undefined;
      const { msg: _, ...rest } = isObject(error) ? error : { error };
      const isSaid = typeof message === 'string' && message !== '';
      const text = isSaid ? message : 'The server answered with an error that says nothing.';
      const fields = Object.keys(rest).length === 0 ? {} : { fields: { properties: { 'sonar/error': rest } } };
      notifications.add('execution', {
        kind: 'sonar/error',
        about: 'The server answered with an error.',
        level: 'error',
        text,
        ...fields,
      });
    }
    if (issues !== undefined || hotspots !== undefined) continue;
    hasFailed = true;
    doubt('SF-K201', [...path, 'errors'], 'The server answered with an error in place of findings.');
  }
  return hasFailed;
}
