import type { Doubt } from '../diagnostics/doubt.ts';
import { Refusal } from '../shell/drafts.ts';
import { cweTexts } from '../taxonomies/cwe.ts';
import type { Taxon } from '../taxonomies/taxon.ts';
import { Fields } from '../values/fields.ts';
import { isObject, kindOf } from '../values/json-object.ts';
import type { CodeFinding } from './code-finding.ts';
import type { FindingState } from './finding-state.ts';
import { functionLocations, readStackDumps } from './stack-dumps.ts';
import { readLine, readSeverity, readText } from './veracode-fields.ts';
import { weaknessOf } from './weakness.ts';

const members = new Set([
  'title',
  'issue_id',
  'gob',
  'severity',
  'issue_type_id',
  'issue_type',
  'cwe_id',
  'display_text',
  'files',
  'flaw_match',
  'stack_dumps',
  'flaw_details_link',
  '_links',
]);
const sourceMembers = new Set([
  'file',
  'line',
  'function_name',
  'qualified_function_name',
  'function_prototype',
  'scope',
]);
const notSaid: FindingState = { suppressions: undefined, isGone: false, isNew: undefined };

/** One entry of `findings` of a pipeline scan. Without a weakness and without a type there is no rule to name. */
export function parsePipelineFinding(value: unknown, doubt: Doubt): CodeFinding | Refusal {
  if (!isObject(value)) return new Refusal(`This finding is ${kindOf(value)} instead of an object.`);
  const fields = new Fields(value, doubt);
  const name = readText(fields, 'issue_type');
  const weakness = readWeakness(fields, 'cwe_id', name);
  const type = readText(fields, 'issue_type_id');
  const ruleId = weakness === undefined ? (name ?? type) : `CWE-${weakness.id}`;
  if (ruleId === undefined) {
    return new Refusal('This finding has no "cwe_id" and no "issue_type", so the rule that found it is not known.');
  }
  fields.keepUnknown(members);
  for (const kept of ['issue_id', 'gob']) fields.keep(kept);
  const source = readSource(fields);
  const sink = readText(fields, 'title');
  return {
    ruleId,
    weakness,
    rule: { name, tags: type === undefined ? [] : [type] },
    ...readSeverity(fields),
    description: fields.text('display_text'),
    path: readText(source, 'file'),
    line: source === undefined ? undefined : readLine(source, 'line'),
    url: undefined,
    method: undefined,
    logicalLocations: [
      ...functionLocations({
        functionName: readText(source, 'function_name'),
        qualifiedName: readText(source, 'qualified_function_name'),
        prototype: readText(source, 'function_prototype'),
        scope: scopeOf(source),
      }),
      ...(sink === undefined ? [] : [{ name: sink, kind: 'member' }]),
    ],
    state: notSaid,
    violatesPolicy: false,
    firstSeen: undefined,
    lastSeen: undefined,
    fingerprints: readFlawMatch(fields.nested('flaw_match')),
    flows: readStackDumps(fields),
    viewer: readText(fields, 'flaw_details_link') ?? readLink(fields),
    occurrences: undefined,
    kept: fields.kept,
  };
}

/** The weakness that a member names. One that cannot be read is doubted and kept. */
export function readWeakness(fields: Fields, name: string, title: string | undefined): CodeFinding['weakness'] {
  const written = readText(fields, name);
  if (written === undefined) return undefined;
  const weakness = weaknessOf(written, title);
  if (weakness !== undefined) return weakness;
  // 0 is what is written where none fits.
  if (written !== '0') fields.doubt('SF-K108', name, `${JSON.stringify(written)} names no CWE by number.`);
  fields.keep(name);
  return undefined;
}

/** The weaknesses that a member lists, as `CWE-20 CWE-295`. Where one cannot be read, that is doubted and all are kept. */
export function readWeaknesses(fields: Fields, name: string): readonly Taxon[] {
  const written = readText(fields, name) ?? '';
  const texts = cweTexts(written);
  if (texts.length === 1) {
    const weakness = readWeakness(fields, name, undefined);
    return weakness === undefined ? [] : [weakness];
  }
  const weaknesses = texts.map((text) => weaknessOf(text)).filter((taxon) => taxon !== undefined);
  if (weaknesses.length < texts.length) {
    fields.doubt('SF-K108', name, `Not all of ${JSON.stringify(written)} name a CWE by number.`);
    fields.keep(name);
  }
  return weaknesses;
}

function readSource(fields: Fields): Fields | undefined {
  const files = fields.nested('files');
  files?.keepUnknown(new Set(['source_file']));
  const source = files?.nested('source_file');
  source?.keepUnknown(sourceMembers);
  const file = source?.object['file'];
  if (file === undefined || file === null || file === '') {
    fields.doubt('SF-K103', undefined, 'The finding has no "files.source_file.file", so its file is not known.');
  }
  return source;
}

function scopeOf(source: Fields | undefined): string | undefined {
  const scope = readText(source, 'scope');
  return scope === 'UNKNOWN' ? undefined : scope;
}

const hashes = [
  ['flaw', 'flaw_hash', 'flaw_hash_ordinal'],
  ['cause', 'cause_hash', 'cause_hash_ordinal'],
  ['cause2', 'cause_hash2', 'cause_hash2_ordinal'],
  ['procedure', 'procedure_hash', undefined],
  ['prototype', 'prototype_hash', undefined],
] as const;
const matchMembers = new Set([
  ...hashes.flatMap(([, hash, ordinal]) => (ordinal === undefined ? [hash] : [hash, ordinal])),
  'flaw_hash_count',
  'cause_hash_count',
  'cause_hash2_count',
]);

/** Hashes that a later scan gives again. A hash of 0 stands for none. */
function readFlawMatch(match: Fields | undefined): Record<string, string> {
  if (match === undefined) return {};
  match.keepUnknown(matchMembers);
  const fingerprints: Record<string, string> = {};
  for (const [name, member, ordinalMember] of hashes) {
    const hash = readText(match, member);
    const ordinal = ordinalMember === undefined ? undefined : readText(match, ordinalMember);
    if (hash === undefined || hash === '0') continue;
    fingerprints[`veracode/${name}/v1`] = ordinal === undefined ? hash : `${hash}:${ordinal}`;
  }
  for (const count of ['flaw_hash_count', 'cause_hash_count', 'cause_hash2_count']) readText(match, count);
  // What is shared by all flaws of a function does not make one of them known again.
  const isOwn = 'veracode/flaw/v1' in fingerprints || 'veracode/cause/v1' in fingerprints;
  if (isOwn) return fingerprints;
  for (const name of Object.keys(fingerprints)) match.keep(hashes.find(([short]) => name.includes(short))?.[1] ?? name);
  return {};
}

/** The first address of `_links`. */
function readLink(fields: Fields): string | undefined {
  const links = fields.nested('_links');
  if (links === undefined) return undefined;
  const known = ['self', 'details', 'help'].find((name) => readText(linkOf(links, name), 'href') !== undefined);
  links.keepUnknown(new Set(known === undefined ? [] : [known]));
  return known === undefined ? undefined : readText(linkOf(links, known), 'href');
}

function linkOf(links: Fields, name: string): Fields | undefined {
  const link = links.object[name];
  return isObject(link) ? links.at(link, [name]) : undefined;
}
