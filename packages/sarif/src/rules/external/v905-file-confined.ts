import { referencePlace } from '../../external/reference-place.ts';
import type { PathSegment } from '../../json/pointer.ts';
import type { ExternalPropertyFileReference } from '../../model/model.ts';
import type { RunContext } from '../../run/run-context.ts';
import { defineRule, type FindingReport } from '../rule.ts';

type References = Record<string, ExternalPropertyFileReference | ExternalPropertyFileReference[]>;

const noInlineElements: ReadonlyMap<string, number> = new Map();

/** A log is no reason to open any other file of the computer, or of the network. */
export const fileConfined = defineRule({
  id: 'SF-V905',
  name: 'file-confined',
  level: 'error',
  specSection: '3.16.2',
  summary: 'An external property file lies in the folder of the log, or below it.',
  explanation: {
    cause:
      'The producer refers to a page on the web, or to an absolute path; or somebody wants the reader of the log to open a file.',
    reason:
      'Absolute locations, those that go up with .. and those of the network are never opened: a log could have any file read that way.',
    repair: 'The reference is removed. What it refers to was not read.',
    before: '{ "taxonomies": [{ "location": { "uri": "https://shop.example/cwe.json" } }] }',
    after: '{ "taxonomies": [] }',
  },
  visits: 'externalPropertyFileReferences',
  check(references, { context }, report) {
    for (const [property, value] of Object.entries(references)) {
      if (property === 'properties') continue;
      if (!Array.isArray(value)) checkReference(value, [property], context, report);
      else for (const [at, element] of value.entries()) checkReference(element, [property, at], context, report);
    }
  },
});

function checkReference(
  reference: ExternalPropertyFileReference,
  at: readonly PathSegment[],
  context: RunContext,
  report: FindingReport,
): void {
  const place = referencePlace(reference, context, noInlineElements);
  if (place.type !== 'refused') return;
  report({
    message: `'${place.uri}' is not opened, because ${place.because}. Put the file beside the log, and refer to it by a relative path.`,
    at: [...at, 'location', 'uri'],
    value: place.uri,
    fix: { description: 'The reference is removed.', apply: (target) => removeRefused(target as References, context) },
  });
}

/** All of them at once: elements that are taken away move the others. */
function removeRefused(references: References, context: RunContext): void {
  const isRefused = (reference: ExternalPropertyFileReference) =>
    referencePlace(reference, context, noInlineElements).type === 'refused';
  for (const [property, value] of Object.entries(references)) {
    if (property === 'properties') continue;
    if (!Array.isArray(value)) {
      if (isRefused(value)) delete references[property];
      continue;
    }
    const kept = value.filter((reference) => !isRefused(reference));
    if (kept.length === 0 && value.length > 0) delete references[property];
    else references[property] = kept;
  }
}
