import type { JsonObject } from './json-text.ts';
import type { LogPlan } from './log-plan.ts';
import type { Random } from './random.ts';
import { hexHole, numberHole } from './template.ts';
import {
  advice,
  codeLines,
  extensions,
  fileNames,
  folders,
  identifiers,
  topics,
  uriOf,
  weaknesses,
} from './vocabulary.ts';

const ruleCount = 60;
const resultCount = 256;
const levels = ['error', 'warning', 'warning', 'note'];

/** A log as linters write it: many small results of about 1 KB, each with one location and a snippet. */
export function planFlatLog(random: Random): LogPlan {
  const rules = Array.from({ length: ruleCount }, (_, index) => flatRule(index, random));
  return {
    run: {
      tool: {
        driver: {
          name: 'Lintwerk',
          organization: 'Sariflow samples',
          semanticVersion: '4.2.1',
          informationUri: 'https://lint.example/',
          rules,
        },
      },
      invocations: [{ executionSuccessful: true, endTimeUtc: '2026-03-14T09:26:53Z' }],
      columnKind: 'utf16CodeUnits',
      automationDetails: { id: 'lintwerk/main/' },
    },
    results: Array.from({ length: resultCount }, () => flatResult(random)),
  };
}

function ruleIdOf(index: number): string {
  return `lintwerk/${topics[index % topics.length]}-${Math.floor(index / topics.length) + 1}`;
}

function flatRule(index: number, random: Random): JsonObject {
  const id = ruleIdOf(index);
  return {
    id,
    name: id.slice(id.indexOf('/') + 1),
    shortDescription: { text: `Mind the ${topics[index % topics.length]} here.` },
    fullDescription: { text: `${random.pick(advice)} ${random.pick(advice)}` },
    helpUri: `https://lint.example/rules/${index}`,
    defaultConfiguration: { level: random.pick(levels) },
    properties: { tags: ['maintainability', `external/cwe/cwe-${random.pick(weaknesses)}`], precision: 'high' },
  };
}

function flatResult(random: Random): JsonObject {
  const ruleIndex = random.below(ruleCount);
  const path = `${random.pick(folders)}/${random.pick(fileNames)}${random.pick(extensions)}`;
  const snippet = random.pick(codeLines);
  const startColumn = 1 + random.below(12);
  return {
    ruleId: ruleIdOf(ruleIndex),
    ruleIndex,
    level: random.pick(levels),
    message: {
      text: `'${random.pick(identifiers)}_${hexHole(6)}' is used before it is checked. ${random.pick(advice)} ${random.pick(advice)}`,
    },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(path), uriBaseId: '%SRCROOT%' },
          region: {
            startLine: numberHole(1 + random.below(4)),
            startColumn,
            endColumn: startColumn + snippet.length,
            snippet: { text: snippet },
          },
        },
      },
    ],
    partialFingerprints: { 'primaryLocationLineHash/v1': hexHole(64), 'matchBasedId/v1': `${hexHole(32)}_0` },
    properties: {
      category: random.pick(topics),
      confidence: random.pick(['LOW', 'MEDIUM', 'HIGH']),
      references: ['https://lint.example/why', `https://lint.example/cwe/${random.pick(weaknesses)}`],
      score: random.below(1000) / 100,
      notes: random.chance(0.2) ? `${random.pick(advice)}\n${random.pick(codeLines)}` : random.pick(advice),
      reviewed: random.chance(0.5),
    },
  };
}
