import type { Doubt } from '../diagnostics/doubt.ts';
import type { SourcePaths } from '../locations/source-paths.ts';
import type { Notifications } from '../shell/notifications.ts';
import { Fields } from '../values/fields.ts';
import { isObject, kindOf } from '../values/json-object.ts';

/** Files skipped for one reason are listed up to this number: a run may skip every file below `node_modules`. */
const mostFilesPerReason = 100;

/** An entry of `paths.skipped`: a file that was not scanned. */
export function noteSkippedFile(value: unknown, doubt: Doubt, notifications: Notifications, paths: SourcePaths): void {
  const fields = fieldsOf(value, doubt, 'paths.skipped');
  const path = fields?.text('path');
  const reason = fields?.text('reason') ?? 'unknown';
  const details = fields?.text('details');
  const ruleId = fields?.text('rule_id');
  const named = path === undefined ? 'A file was not scanned' : `${path} was not scanned`;
  notifications.add(
    'execution',
    {
      kind: `semgrep/skipped/${reason}`,
      about: `Files that were not scanned: ${reason.replaceAll('_', ' ')}.`,
      level: 'note',
      text: `${named}: ${details === undefined || details === '' ? reason.replaceAll('_', ' ') : details}`,
      ruleId: ruleId === '' ? undefined : ruleId,
      ...(path !== undefined &&
        path !== '' && {
          fields: { locations: [{ physicalLocation: { artifactLocation: paths.locationOf(path) } }] },
        }),
    },
    mostFilesPerReason,
  );
}

/** An entry of `skipped_rules`: a rule that was not run. */
export function noteSkippedRule(value: unknown, doubt: Doubt, notifications: Notifications): void {
  const fields = fieldsOf(value, doubt, 'skipped_rules');
  const ruleId = fields?.text('rule_id');
  const details = fields?.text('details');
  const position = fields?.object['position'];
  notifications.add('configuration', {
    kind: 'semgrep/skipped-rule',
    about: 'Rules that were not run.',
    level: 'warning',
    text: `${ruleId ?? 'A rule'} was not run${details === undefined || details === '' ? '.' : `: ${details}`}`,
    ruleId: ruleId === '' ? undefined : ruleId,
    ...(isObject(position) && { fields: { properties: { 'semgrep/position': position } } }),
  });
}

function fieldsOf(value: unknown, doubt: Doubt, list: string): Fields | undefined {
  if (isObject(value)) return new Fields(value, doubt);
  doubt('SF-K102', [], `This entry of "${list}" is ${kindOf(value)}; an object was expected.`, value);
  return undefined;
}
