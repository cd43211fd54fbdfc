import type { Fields } from '../values/fields.ts';
import { aboutOf, readLayer, readLines } from './common.ts';
import type { Details } from './finding.ts';
import { type Target, targetFile } from './target.ts';

const members = new Set([
  'RuleID',
  'Category',
  'Severity',
  'Title',
  'StartLine',
  'EndLine',
  'Code',
  'Match',
  'Layer',
  'Offset',
]);

/** A secret in a file. Trivy masks it, and it stays masked; the lines around it are left out. */
export function readSecret(fields: Fields, target: Target): Details | undefined {
  const ruleId = fields.text('RuleID')?.trim();
  if (ruleId === undefined || ruleId === '') return undefined;
  fields.keepUnknown(members);
  for (const name of ['Category', 'Offset']) fields.keep(name);
  const title = fields.text('Title') || undefined;
  const lines = readLines(fields);
  const match = fields.text('Match') || undefined;
  return {
    ruleId,
    text: `A secret was found: ${title ?? ruleId}`,
    file: targetFile(target),
    lines,
    snippet: lines !== undefined && (lines.end ?? lines.start) === lines.start ? match : undefined,
    layer: readLayer(fields),
    tags: ['secrets'],
    title,
    about: aboutOf(fields.object, ['Title', 'Category']),
  };
}
