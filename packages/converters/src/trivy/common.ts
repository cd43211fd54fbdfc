import type { Fields } from '../values/fields.ts';
import { isObject, type JsonObject } from '../values/json-object.ts';
import type { Lines } from './finding.ts';

/** The members of a finding that are its rule's. */
export function aboutOf(object: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(names.filter((name) => Object.hasOwn(object, name)).map((name) => [name, object[name]]));
}

/** The digest of the layer of an image. */
export function readLayer(fields: Fields): string | undefined {
  const layer = fields.nested('Layer');
  layer?.keepUnknown(new Set(['Digest', 'DiffID', 'CreatedBy', 'Size']));
  layer?.keep('CreatedBy');
  return layer?.text('DiffID') || layer?.text('Digest') || undefined;
}

/** Lines between two members; zero is how Trivy writes that they are not known. */
export function readLines(fields: Fields): Lines | undefined {
  const start = fields.integer('StartLine');
  const end = fields.integer('EndLine');
  if (start === undefined || start === 0) return undefined;
  if (start < 0 || (end !== undefined && end !== 0 && end < start)) {
    fields.doubt('SF-K106', 'StartLine', `Lines ${start} to ${end ?? start} are no lines. They are left out.`);
    for (const name of ['StartLine', 'EndLine']) fields.keep(name);
    return undefined;
  }
  return { start, end: end === undefined || end === 0 ? undefined : end };
}

/** The text of the lines that are the cause, when they are all there. */
export function readCode(fields: Fields, lines: Lines | undefined): string | undefined {
  const code = fields.nested('Code');
  const list = code?.list('Lines') ?? [];
  const causes: string[] = [];
  for (const [index, line] of list.entries()) {
    const content = isObject(line) ? line['Content'] : undefined;
    if (!isObject(line) || typeof content !== 'string') {
      code?.doubtValue(['Lines', index], line, 'an object with its content');
      return undefined;
    }
    if (line['IsCause'] === true) causes.push(content);
  }
  const count = lines === undefined ? 0 : (lines.end ?? lines.start) - lines.start + 1;
  return causes.length > 0 && causes.length === count ? causes.join('\n') : undefined;
}
