import type { Doubt } from '../diagnostics/doubt.ts';
import { Refusal } from '../shell/drafts.ts';
import type { Severity } from '../shell/severity.ts';
import { Fields, type KeptValue } from '../values/fields.ts';
import { isObject, type JsonObject, kindOf } from '../values/json-object.ts';
import { readSeverity } from './severity.ts';
import { type Exclusion, ignored, readIgnores } from './suppressions.ts';

/** One misconfiguration, or a check that was passed. */
export interface IacIssue {
  readonly ruleId: string;
  readonly hasPassed: boolean;
  readonly title: string | undefined;
  readonly severity: Severity;
  readonly severityText: string | undefined;
  /** Where in the file, in Snyk's words. */
  readonly detail: string | undefined;
  /** Address of the resource or setting. */
  readonly resourcePath: readonly string[];
  readonly line: number | undefined;
  /** Why it does not count; undefined when the report does not say whether it does. */
  readonly exclusions: readonly Exclusion[] | undefined;
  /** What is about the rule, and repeated in each of its findings. */
  readonly about: JsonObject;
  readonly kept: readonly KeptValue[];
}

const aboutMembers = [
  'title',
  'description',
  'iacDescription',
  'issue',
  'impact',
  'resolve',
  'documentation',
  'references',
  'remediation',
  'compliance',
  'policyEngineType',
  'isGeneratedByCustomRule',
] as const;
const members: ReadonlySet<string> = new Set([
  ...aboutMembers,
  'id',
  'publicId',
  'severity',
  'originalSeverity',
  'msg',
  'path',
  'cloudConfigPath',
  'lineNumber',
  'isIgnored',
  'ignoreReasons',
  'type',
  'subType',
  'evidence',
]);

/** Unknown in, checked out. Only an entry without the id of a rule cannot become a result. */
export function parseIacIssue(value: unknown, hasPassed: boolean, doubt: Doubt): IacIssue | Refusal {
  if (!isObject(value)) return new Refusal(`This finding is ${kindOf(value)} instead of an object.`);
  const fields = new Fields(value, doubt);
  const publicId = textOf(value['publicId']);
  const id = textOf(value['id']);
  const ruleId = publicId ?? id;
  if (ruleId === undefined) return new Refusal('This finding has no "publicId" or "id", so its rule is not known.');
  fields.keepUnknown(members);
  for (const name of ['publicId', 'id']) fields.text(name);
  if (id !== undefined && id !== ruleId) fields.keep('id');
  for (const name of ['originalSeverity', 'type', 'subType', 'evidence']) fields.keep(name);
  const about: Record<string, unknown> = {};
  for (const name of aboutMembers) {
    const member = value[name];
    if (member === undefined || member === null || member === '' || (Array.isArray(member) && member.length === 0))
      continue;
    about[name] = member;
  }
  return {
    ruleId,
    hasPassed,
    title: textOf(value['title']),
    ...readSeverity(fields, ['severity']),
    detail: fields.text('msg') || undefined,
    resourcePath: readResourcePath(fields),
    line: readLine(fields),
    exclusions: readExclusions(fields),
    about,
    kept: fields.kept,
  };
}

function readExclusions(fields: Fields): Exclusion[] | undefined {
  const isIgnored = fields.flag('isIgnored');
  const reasons = readIgnores(fields, 'ignoreReasons');
  if (isIgnored !== true) {
    if (reasons.length > 0) fields.keep('ignoreReasons');
    return isIgnored === undefined ? undefined : [];
  }
  return reasons.length === 0 ? [ignored] : reasons;
}

function readResourcePath(fields: Fields): string[] {
  const name = fields.object['path'] === undefined ? 'cloudConfigPath' : 'path';
  if (name === 'path') fields.keep('cloudConfigPath');
  const steps: string[] = [];
  for (const [index, step] of (fields.list(name) ?? []).entries()) {
    if (typeof step === 'string' || typeof step === 'number') steps.push(String(step));
    else fields.doubtValue([name, index], step, 'a string');
  }
  return steps;
}

/** −1 stands for "not known". */
function readLine(fields: Fields): number | undefined {
  const line = fields.integer('lineNumber');
  if (line === undefined || line >= 1) return line;
  if (line < -1) {
    fields.doubt('SF-K106', 'lineNumber', `The line ${line} makes no sense; it is kept in the properties.`);
    fields.keep('lineNumber');
  }
  return undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
