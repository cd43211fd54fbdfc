import type { ReceivedFinding } from './finding.ts';
import { isObject, listAt, textAt, valueAt } from './json-value.ts';
import { knownLevel, type RulesById } from './read-rules.ts';
import { severityOf } from './severity.ts';

export type ReadResult =
  | { readonly status: 'finding'; readonly finding: ReceivedFinding }
  /** `pointer` is relative to the result. */
  | { readonly status: 'invalid'; readonly pointer: string; readonly trouble: string };

/**
 * Checks what the platform requires of one result and takes from it what the platform reads. The place of a finding is the
 * first location; the others are not looked at.
 *
 * @param rulesOf the rules by id: of the result's own run first, then of the other runs of the file
 */
export function readResult(result: unknown, tool: string, rulesOf: readonly RulesById[]): ReadResult {
  if (!isObject(result)) return invalid('', 'is not an object');
  const ruleId = textAt(result, 'ruleId');
  if (ruleId === undefined || ruleId === '') return invalid('/ruleId', 'is missing');
  const rule = rulesOf.find((rules) => rules.has(ruleId))?.get(ruleId);
  if (rule === undefined) return invalid('/ruleId', `${quoted(ruleId)} is defined by no rule of this file`);

  const message = textAt(result, 'message', 'text');
  if (message === undefined || message === '') return invalid('/message/text', 'is missing');

  const given = valueAt(result, 'level');
  const level = given === undefined ? rule.defaultLevel : knownLevel(textAt(result, 'level'));
  if (level === undefined) return invalid('/level', 'is none of error, warning, note, none');

  const location = listAt(result, 'locations')?.[0];
  const uri = textAt(location, 'physicalLocation', 'artifactLocation', 'uri');
  const uriPointer = '/locations/0/physicalLocation/artifactLocation/uri';
  if (uri === undefined || uri === '') return invalid(uriPointer, 'is missing');
  if (!isRelative(uri)) {
    return invalid(uriPointer, `${quoted(uri)} is not relative to the repository's root`);
  }
  const region = valueAt(location, 'physicalLocation', 'region');
  const startLine = lineAt(region, 'startLine');
  if (startLine === undefined) {
    return invalid('/locations/0/physicalLocation/region/startLine', 'is missing, or no line number from 1 on');
  }

  return {
    status: 'finding',
    finding: {
      tool,
      rule,
      level,
      severity: severityOf[level],
      uri,
      startLine,
      endLine: lineAt(region, 'endLine'),
      message,
      snippet: textAt(region, 'snippet', 'text'),
    },
  };
}

function invalid(pointer: string, trouble: string): ReadResult {
  return { status: 'invalid', pointer, trouble };
}

/** No scheme (`file:`, and `C:` is one), no leading slash or backslash. */
function isRelative(uri: string): boolean {
  return !/^(?:[A-Za-z][A-Za-z0-9+.-]*:|[/\\])/.test(uri);
}

function lineAt(region: unknown, name: string): number | undefined {
  const line = valueAt(region, name);
  return typeof line === 'number' && Number.isSafeInteger(line) && line >= 1 ? line : undefined;
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text);
}
