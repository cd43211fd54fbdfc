import type { Suppression } from '@sariflow/sarif';
import { plainText } from '../texts/plain-text.ts';
import type { Fields } from '../values/fields.ts';

/** What a policy has to say about a finding. */
export interface ViolationContext {
  /** Whether the entry is a violation of a policy rather than a finding alone. */
  readonly isViolation: boolean;
  readonly violationId: string | undefined;
  /** Empty when the report says that the violation is not ignored, absent when it does not say. */
  readonly suppressions: readonly Suppression[] | undefined;
}

/** Members that only violations have; all go to the properties. */
export const contextMembers: readonly string[] = [
  'watch',
  'watch_name',
  'watch_id',
  'policies',
  'policy_names',
  'matched_policies',
  'fail_build',
  'fail_pull_request',
  'ignore_url',
  'violation_details_url',
];

export const ignoreMembers: readonly string[] = ['ignore_rule_info', 'ignore_rule_details', 'ignored', 'is_ignored'];

const ignoreRuleMembers = new Set([
  'id',
  'ignore_rule_type',
  'type',
  'author',
  'created',
  'notes',
  'is_expired',
  'expires_at',
  'deleted_by',
  'deleted_at',
]);
const notIgnored: readonly Suppression[] = [];

/** The violation's own members. `isListed`: the entry stands among violations; `isIgnored`: among ignored ones. */
export function readContext(entry: Fields, isListed: boolean, isIgnored: boolean): ViolationContext {
  for (const name of contextMembers) entry.keep(name);
  const violationId = entry.label('violation_id')?.trim() || undefined;
  const isViolation =
    isListed || violationId !== undefined || contextMembers.some((name) => isGiven(entry.object[name]));
  return { isViolation, violationId, suppressions: readSuppressions(entry, isIgnored) };
}

function isGiven(value: unknown): boolean {
  return (
    value !== undefined &&
    value !== null &&
    value !== '' &&
    value !== false &&
    !(Array.isArray(value) && value.length === 0)
  );
}

function readSuppressions(entry: Fields, isIgnored: boolean): readonly Suppression[] | undefined {
  const rule = entry.nested('ignore_rule_info') ?? entry.nested('ignore_rule_details');
  const flags = [entry.flag('ignored'), entry.flag('is_ignored')].filter((flag) => flag !== undefined);
  const isOver = rule !== undefined && isRuleOver(rule);
  if (rule === undefined && !isIgnored && flags.length === 0) return undefined;
  const applies = rule === undefined ? isIgnored || flags.includes(true) : !isOver;
  if (rule !== undefined) keepRule(rule, applies);
  if (!applies) return notIgnored;
  const notes = plainText(rule?.text('notes') ?? '').trim();
  return [{ kind: 'external', status: 'accepted', ...(notes !== '' && { justification: notes }) }];
}

/** An expired or deleted rule no longer ignores anything. */
function isRuleOver(rule: Fields): boolean {
  return rule.flag('is_expired') === true || isGiven(rule.object['deleted_at']) || isGiven(rule.object['deleted_by']);
}

function keepRule(rule: Fields, applies: boolean): void {
  rule.keepUnknown(ignoreRuleMembers);
  for (const name of ignoreRuleMembers) if (name !== 'notes' || !applies) rule.keep(name);
}
