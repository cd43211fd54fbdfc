import type { Fields } from '../values/fields.ts';
import { aboutOf, readCode, readLayer, readLines } from './common.ts';
import type { Details } from './finding.ts';
import { type Target, targetFile } from './target.ts';

const members = new Set([
  'Type',
  'ID',
  'AVDID',
  'Title',
  'Description',
  'Message',
  'Namespace',
  'Query',
  'Resolution',
  'Severity',
  'PrimaryURL',
  'References',
  'Status',
  'Layer',
  'CauseMetadata',
  'Traces',
]);
const causeMembers = new Set([
  'Resource',
  'Provider',
  'Service',
  'StartLine',
  'EndLine',
  'Code',
  'Occurrences',
  'RenderedCause',
]);
const ruleMembers = [
  'Type',
  'Title',
  'Description',
  'Namespace',
  'Query',
  'Resolution',
  'PrimaryURL',
  'References',
  'AVDID',
];

/** A check that a configuration fails. */
export function readMisconfiguration(fields: Fields, target: Target): Details | undefined {
  const ruleId = (fields.text('ID') || fields.text('AVDID'))?.trim();
  if (ruleId === undefined || ruleId === '') return undefined;
  fields.keepUnknown(members);
  for (const name of ['Type', 'AVDID', 'Namespace', 'Query', 'Traces']) fields.keep(name);
  const status = fields.text('Status');
  if (status !== undefined && status !== 'FAIL') fields.keep('Status');
  const cause = fields.nested('CauseMetadata');
  cause?.keepUnknown(causeMembers);
  for (const name of ['Provider', 'Service', 'Occurrences']) cause?.keep(name);
  const rendered = cause?.object['RenderedCause'];
  if (rendered !== undefined && JSON.stringify(rendered) !== '{}') cause?.keep('RenderedCause');
  const lines = cause === undefined ? undefined : readLines(cause);
  const title = fields.text('Title') || undefined;
  return {
    ruleId,
    text: fields.text('Message') || title || ruleId,
    file: targetFile(target),
    lines,
    snippet: cause === undefined ? undefined : readCode(cause, lines),
    layer: readLayer(fields),
    resource: cause?.text('Resource') || undefined,
    tags: ['misconfiguration'],
    isException: status === 'EXCEPTION',
    title,
    description: fields.text('Description') || undefined,
    remediation: fields.text('Resolution') || undefined,
    references: [fields.text('PrimaryURL') ?? '', ...fields.texts('References')].filter((link) => link.trim() !== ''),
    about: aboutOf(fields.object, ruleMembers),
  };
}
