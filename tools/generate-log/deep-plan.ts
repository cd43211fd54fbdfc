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
  sinks,
  sources,
  topics,
  uriOf,
  weaknesses,
} from './vocabulary.ts';

const driverRuleCount = 120;
const extensionRuleCount = 180;
const artifactCount = 1_000;
const resultCount = 128;
const levels = ['error', 'warning', 'warning', 'note'];
const extensionName = 'flowwerk/web-queries';

/**
 * A log as data-flow analysers write it: results of about 6 KB with code flows and linked related locations, levels
 * only on the rules, rules in the driver and in an extension, and every file in the run's `artifacts`.
 */
export function planDeepLog(random: Random): LogPlan {
  const uris = Array.from({ length: artifactCount }, (_, index) => artifactUri(index));
  return {
    run: {
      tool: {
        driver: {
          name: 'Flowwerk',
          organization: 'Sariflow samples',
          semanticVersion: '2.9.0',
          rules: Array.from({ length: driverRuleCount }, (_, index) => deepRule('flow', index, random)),
        },
        extensions: [
          {
            name: extensionName,
            semanticVersion: '1.3.0+8f2c11d',
            locations: [{ uri: 'file:///opt/flowwerk/web-queries/' }],
            rules: Array.from({ length: extensionRuleCount }, (_, index) => deepRule('web', index, random)),
          },
        ],
      },
      invocations: [
        {
          executionSuccessful: true,
          startTimeUtc: '2026-03-14T08:59:07Z',
          endTimeUtc: '2026-03-14T09:26:53Z',
          toolExecutionNotifications: [{ level: 'note', message: { text: 'Extracted 1,000 files.' } }],
        },
      ],
      versionControlProvenance: [
        { repositoryUri: 'https://git.example/shop/backend', revisionId: random.hex(40), branch: 'main' },
      ],
      originalUriBaseIds: { '%SRCROOT%': { uri: 'file:///build/shop/backend/' } },
      artifacts: uris.map((uri, index) => ({
        location: { uri, uriBaseId: '%SRCROOT%', index },
        length: 200 + random.below(90_000),
        hashes: { 'sha-256': random.hex(64) },
        sourceLanguage: random.pick(['typescript', 'python', 'java']),
      })),
      columnKind: 'utf16CodeUnits',
      newlineSequences: ['\r\n', '\n', '\u2028', '\u2029'],
      automationDetails: { id: 'flowwerk/nightly/' },
    },
    results: Array.from({ length: resultCount }, () => deepResult(uris, random)),
  };
}

function artifactUri(index: number): string {
  const folder = folders[index % folders.length];
  const name = fileNames[index % fileNames.length];
  return uriOf(`${folder}/${name}-${index}${extensions[index % extensions.length]}`);
}

function ruleIdOf(family: string, index: number): string {
  return `${family}/${topics[index % topics.length]}-${Math.floor(index / topics.length) + 1}`;
}

function deepRule(family: string, index: number, random: Random): JsonObject {
  const topic = topics[index % topics.length];
  const id = ruleIdOf(family, index);
  const paragraphs = Array.from({ length: 6 }, () => `${random.pick(advice)} ${random.pick(advice)}`);
  const example = `    ${random.pick(codeLines)}`;
  return {
    id,
    name: `Unchecked${family}${index}`,
    shortDescription: { text: `Unchecked data reaches ${random.pick(sinks)} (${topic})` },
    fullDescription: {
      text: `Data from outside that reaches a sensitive place lets others decide what happens there. ${random.pick(advice)}`,
    },
    help: {
      text: paragraphs.join('\n\n'),
      markdown: [`# ${topic}`, ...paragraphs.slice(0, 3), example].join('\n\n'),
    },
    helpUri: `https://flow.example/rules/${family}/${index}`,
    defaultConfiguration: { enabled: true, level: random.pick(levels) },
    properties: {
      tags: [
        'security',
        `external/cwe/cwe-${String(weaknesses[index % weaknesses.length]).padStart(3, '0')}`,
        topic ?? '',
      ],
      kind: 'path-problem',
      precision: random.pick(['medium', 'high', 'very-high']),
      'security-severity': (random.below(100) / 10).toFixed(1),
    },
  };
}

function deepResult(uris: readonly string[], random: Random): JsonObject {
  const fromExtension = random.chance(0.6);
  const index = random.below(fromExtension ? extensionRuleCount : driverRuleCount);
  const ruleId = ruleIdOf(fromExtension ? 'web' : 'flow', index);
  const source = random.pick(sources);
  const sourcePlace = physicalLocation(uris, random);
  const sinkPlace = physicalLocation(uris, random);
  const flowCount = random.chance(0.15) ? 2 : 1;
  const steps = Math.round(20 / flowCount) + random.below(3);

  return {
    ruleId,
    // `ruleIndex` counts in the driver's rules only; a rule of an extension is found through `rule`.
    ...(fromExtension ? {} : { ruleIndex: index }),
    rule: {
      id: ruleId,
      index,
      ...(fromExtension ? { toolComponent: { name: extensionName, index: 0 } } : {}),
    },
    message: {
      text: `This value reaches ${random.pick(sinks)} and comes from a [${source}](1). See also [the check](2).`,
    },
    locations: [{ physicalLocation: sinkPlace }],
    partialFingerprints: {
      primaryLocationLineHash: `${hexHole(16)}:1`,
      primaryLocationStartColumnFingerprint: String(random.below(40)),
    },
    codeFlows: Array.from({ length: flowCount }, () => ({
      threadFlows: [
        {
          locations: [
            flowStep(sourcePlace, source),
            ...Array.from({ length: steps - 2 }, () =>
              flowStep(
                physicalLocation(uris, random),
                `${random.pick(identifiers)} : ${random.pick(['String', 'Object', 'Liste<Größe>'])}`,
              ),
            ),
            flowStep(sinkPlace, random.pick(codeLines).trim()),
          ],
        },
      ],
    })),
    relatedLocations: [
      { id: 1, physicalLocation: sourcePlace, message: { text: source } },
      { id: 2, physicalLocation: physicalLocation(uris, random), message: { text: 'the check' } },
    ],
  };
}

function flowStep(physicalLocation: JsonObject, text: string): JsonObject {
  return { location: { physicalLocation, message: { text } } };
}

function physicalLocation(uris: readonly string[], random: Random): JsonObject {
  const index = random.below(uris.length);
  const startColumn = 1 + random.below(40);
  return {
    artifactLocation: { uri: uris[index] ?? '', uriBaseId: '%SRCROOT%', index },
    region: {
      startLine: numberHole(1 + random.below(4)),
      startColumn,
      endColumn: startColumn + 1 + random.below(60),
    },
  };
}
