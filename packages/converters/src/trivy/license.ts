import type { Fields } from '../values/fields.ts';
import { aboutOf } from './common.ts';
import type { Details } from './finding.ts';
import { type Target, targetFile } from './target.ts';

const members = new Set(['Severity', 'Category', 'PkgName', 'FilePath', 'Name', 'Text', 'Confidence', 'Link']);

/** A licence that a package or a file is under. */
export function readLicense(fields: Fields, target: Target): Details | undefined {
  const name = (fields.text('Name') || fields.text('Text'))?.trim();
  if (name === undefined || name === '') return undefined;
  fields.keepUnknown(members);
  for (const member of ['Category', 'Confidence', 'Text']) fields.keep(member);
  const packageName = fields.text('PkgName') || undefined;
  const file = fields.text('FilePath') || undefined;
  const category = fields.text('Category') || undefined;
  // The file is told as the place.
  const subject = packageName ?? 'This file';
  const link = fields.text('Link') || undefined;
  return {
    ruleId: `license/${name}`,
    text: `${subject} is licensed under ${name}${category === undefined ? '' : `, which is ${category}`}.`,
    file: file ?? targetFile(target),
    packageName,
    tags: ['license'],
    title: `The licence ${name}`,
    references: link === undefined ? [] : [link],
    about: aboutOf(fields.object, ['Category', 'Link']),
  };
}
