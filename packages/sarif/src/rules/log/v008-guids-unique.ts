import type { PathSegment } from '../../json/pointer.ts';
import type { RunHeader, ToolComponent } from '../../model/model.ts';
import { maxSeenResults } from '../../run/seen-results.ts';
import { valueDigest } from '../../schema/value-digest.ts';
import { defineRule, type FindingReport } from '../rule.ts';

/** A GUID that two things share identifies neither. */
export const guidsUnique = defineRule({
  id: 'SF-V008',
  name: 'guids-unique',
  level: 'warning',
  specSection: '3.27.3',
  summary: 'No two results, runs, descriptors or components have the same guid.',
  explanation: {
    cause: 'A producer writes a fixed guid, or logs were copied together with the guids of what they hold.',
    reason:
      'A guid stands for one thing for ever: consumers take the second one for the first, and drop or overwrite it.',
    repair: 'None: which of them the guid belongs to, nobody can tell.',
    before:
      '[{ "guid": "11111111-1111-4111-8111-111111111111", … }, { "guid": "11111111-1111-4111-8111-111111111111", … }]',
    after:
      '[{ "guid": "11111111-1111-4111-8111-111111111111", … }, { "guid": "22222222-2222-4222-8222-222222222222", … }]',
  },
  watches: 'log',
  watch() {
    const runs = new Map<string, number>();
    let isFullSaid = false;
    return {
      run(run, runIndex, _context, report) {
        isFullSaid = false;
        const path: PathSegment[] = ['runs', runIndex];
        const guid = run.automationDetails?.guid;
        if (guid !== undefined) {
          const first = firstWith(guid, runs, runIndex);
          if (first !== undefined) {
            report({
              message: `The run has the guid of run ${first}. Give each run a guid of its own.`,
              at: [...path, 'automationDetails', 'guid'],
              value: guid,
            });
          }
        }
        checkComponents(run, path, report);
      },
      result({ guid }, resultIndex, { seen: { guids } }, report) {
        if (guid === undefined) return;
        const digest = valueDigest(guid.toLowerCase());
        const known = guids.find(digest);
        if (known !== -1) {
          report({
            message: `The result has the guid of result ${guids.valueAt(known)}. Give each result a guid of its own.`,
            at: ['guid'],
            value: guid,
          });
        } else if (!guids.set(digest, resultIndex) && !isFullSaid) {
          isFullSaid = true;
          report({
            message: `The run has more than ${maxSeenResults} guids. From here on they are not compared.`,
            at: ['guid'],
            level: 'note',
          });
        }
      },
    };
  },
});

/** Descriptors of translations and policies have the guids of what they translate or configure, so those are left out. */
function checkComponents(run: RunHeader, path: readonly PathSegment[], report: FindingReport): void {
  const { tool, taxonomies = [], translations = [], policies = [] } = run;
  const components = new Map<string, string>();
  const descriptors = new Map<string, string>();
  const check = (component: ToolComponent, at: readonly PathSegment[], withDescriptors: boolean) => {
    checkGuid(component.guid, 'component', at, components, report);
    if (!withDescriptors) return;
    for (const member of ['rules', 'notifications', 'taxa'] as const) {
      for (const [index, { guid }] of (component[member] ?? []).entries()) {
        checkGuid(guid, 'descriptor', [...at, member, index], descriptors, report);
      }
    }
  };
  if (tool?.driver !== undefined) check(tool.driver, [...path, 'tool', 'driver'], true);
  for (const [index, each] of (tool?.extensions ?? []).entries())
    check(each, [...path, 'tool', 'extensions', index], true);
  for (const [index, each] of taxonomies.entries()) check(each, [...path, 'taxonomies', index], true);
  for (const [index, each] of translations.entries()) check(each, [...path, 'translations', index], false);
  for (const [index, each] of policies.entries()) check(each, [...path, 'policies', index], false);
}

function checkGuid(
  guid: string | undefined,
  what: 'component' | 'descriptor',
  at: readonly PathSegment[],
  known: Map<string, string>,
  report: FindingReport,
): void {
  if (guid === undefined) return;
  const first = firstWith(guid, known, at.slice(2).join('.'));
  if (first === undefined) return;
  report({
    message: `The ${what} has the guid of ${first}. Give each ${what} a guid of its own.`,
    at: [...at, 'guid'],
    value: guid,
  });
}

/** What has had the same guid before; remembers the first. */
function firstWith<T>(guid: string, known: Map<string, T>, now: T): T | undefined {
  const key = guid.toLowerCase();
  const first = known.get(key);
  if (first === undefined) known.set(key, now);
  return first;
}
