import type { Place } from '../../diagnostics/diagnostic.ts';
import type { PathSegment } from '../../json/pointer.ts';
import type { Result } from '../../model/model.ts';
import { eachToolRule } from '../../run/each-tool-rule.ts';
import { missingGithubTags } from '../../run/github-tags.ts';
import type { RunContext } from '../../run/run-context.ts';
import { taxaIn } from '../../run/taxa.ts';
import { type ObjectKinds, walkWithPaths } from '../../run/walk.ts';
import { defineRule, type FindingReport } from '../rule.ts';

/** A log may say things in ways that GitHub does not read. */
export const ignoredProperty = defineRule({
  id: 'SF-G015',
  name: 'ignored-property',
  level: 'note',
  specSection: '3.27',
  like: ['GitHub'],
  set: 'github',
  summary: 'The log relies on nothing that GitHub does not read.',
  explanation: {
    cause:
      'SARIF lets a log say things once or in another place: suppressions, baselines, kinds, base ids, message ids, taxa, fingerprints of any name. GitHub code scanning reads none of these.',
    reason:
      'Suppressed and absent results and those of a kind such as pass become alerts, files are not found, texts are missing, weaknesses are not shown, and alerts lose their history.',
    repair:
      'sariflow normalize --profile github writes paths and messages in full, names rules by the ids of their descriptors, and writes external/cwe tags. Results are only left out on request.',
    before: '{ "ruleId": "R1/eval", "message": { "text": "…" }, "kind": "fail" }',
    after: '{ "ruleId": "R1", "message": { "text": "…" }, "properties": { "original/ruleId": "R1/eval" } }',
  },
  watches: 'results',
  watch(context) {
    const seen = ignored.map((property) => ({ ...property, count: 0, first: undefined as First | undefined }));
    return {
      result(result, resultIndex, _report, placeOf) {
        for (const property of seen) {
          const path = property.find(result, context);
          if (path === undefined) continue;
          property.count += 1;
          property.first ??= { path: ['results', resultIndex, ...path], place: placeOf(path) };
        }
      },
      end(report) {
        for (const { name, count, first, advice } of seen) {
          if (first === undefined) continue;
          const results = count === 1 ? 'One result relies' : `${count} results rely`;
          const message = `${results} on ${name}, which GitHub does not read. ${advice}`;
          report({ message, at: first.path, place: first.place });
        }
        reportWeaknesses(context, report);
      },
    };
  },
});

interface First {
  readonly path: readonly PathSegment[];
  readonly place: Place | undefined;
}

interface IgnoredProperty {
  readonly name: string;
  readonly advice: string;
  /** Where a result relies on it. */
  find(result: Result, context: RunContext): readonly PathSegment[] | undefined;
}

const ignored: readonly IgnoredProperty[] = [
  {
    name: "'suppressions'",
    advice: 'Leave suppressed results out, or dismiss the alerts on GitHub.',
    find: ({ suppressions }) => (suppressions != null && suppressions.length > 0 ? ['suppressions'] : undefined),
  },
  {
    name: "'baselineState'",
    advice: "It compares with earlier uploads itself. Leave results with the state 'absent' out.",
    find: ({ baselineState }) => (baselineState === undefined ? undefined : ['baselineState']),
  },
  {
    name: "'kind'",
    advice: "Leave results of another kind than 'fail' out.",
    find: ({ kind }) => (kind === undefined || kind === 'fail' ? undefined : ['kind']),
  },
  {
    name: "'uriBaseId'",
    advice: 'Write paths from the root of the repository.',
    find: (result, { paths }) => pathTo('artifactLocation', result, (location) => !paths.isNormal(location)),
  },
  {
    name: "'message.id'",
    advice: 'Write the texts of locations in full.',
    find: (result) => pathTo('message', result, ({ id, text }) => id !== undefined && text === undefined),
  },
  {
    name: 'fingerprints',
    advice:
      "It follows alerts by partialFingerprints.primaryLocationLineHash alone: add it, or let GitHub's own action do so.",
    find({ fingerprints, partialFingerprints }) {
      if (partialFingerprints !== undefined && Object.hasOwn(partialFingerprints, 'primaryLocationLineHash'))
        return undefined;
      if (isFilled(fingerprints)) return ['fingerprints'];
      return isFilled(partialFingerprints) ? ['partialFingerprints'] : undefined;
    },
  },
  {
    name: 'an id below that of its rule',
    advice: 'Write the id of the rule as ruleId.',
    find(result, { rules }) {
      const { descriptor, ruleId } = rules.find(result);
      const isBelow = descriptor !== undefined && ruleId?.startsWith(`${descriptor.id}/`) === true;
      return isBelow ? (result.ruleId === undefined ? ['rule', 'id'] : ['ruleId']) : undefined;
    },
  },
  {
    name: "'taxa'",
    advice: 'Write a tag such as external/cwe/cwe-079 on its rule.',
    find: ({ taxa }) => (taxa !== undefined && taxa.length > 0 ? ['taxa'] : undefined),
  },
];

/** Places that GitHub shows. */
const shown: ReadonlySet<unknown> = new Set(['locations', 'relatedLocations', 'codeFlows']);

const walks = {
  artifactLocation: walkWithPaths(['artifactLocation']),
  message: walkWithPaths(['message']),
} as const;

/** The first object of a kind, in what GitHub shows of a result, of which something holds. */
function pathTo<K extends keyof typeof walks>(
  kind: K,
  result: Result,
  holds: (object: ObjectKinds[K]) => boolean,
): readonly PathSegment[] | undefined {
  let found: readonly PathSegment[] | undefined;
  walks[kind]('result', result, (_kind, object, { path }) => {
    if (found === undefined && shown.has(path[0]) && holds(object as ObjectKinds[K])) found = [...path];
  });
  return found;
}

function reportWeaknesses(context: RunContext, report: FindingReport): void {
  const { run } = context;
  const taxa = taxaIn(context);
  let count = 0;
  let first: { readonly at: readonly PathSegment[]; readonly tag: string } | undefined;
  for (const { rule, path } of eachToolRule(run)) {
    const [tag] = missingGithubTags(rule, run, taxa);
    if (tag === undefined) continue;
    count += 1;
    first ??= { at: path, tag };
  }
  if (first === undefined) return;
  const rules = count === 1 ? 'One rule names its weakness' : `${count} rules name their weaknesses`;
  const message = `${rules} without the tag that GitHub reads. Write a tag such as '${first.tag}'.`;
  report({ message, at: first.at });
}

function isFilled(fingerprints: Readonly<Record<string, string>> | undefined): boolean {
  return fingerprints !== undefined && Object.keys(fingerprints).length > 0;
}
