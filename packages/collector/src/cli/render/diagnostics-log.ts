import { createHash } from 'node:crypto';
import {
  familyOf,
  type Level,
  type Log,
  type Notification,
  type ReportingDescriptor,
  type Result,
  type RuleDocument,
  ruleDocuments,
} from '@sariflow/sarif';
import type { ReportedDiagnostic, ValidatedFile } from '../documents/validate-document.ts';
import type { Exit } from '../exit-code.ts';
import { fileUri } from '../file-uri.ts';

/** What the log says of the run that made it. */
export interface DiagnosticsLogOptions {
  /** Of this package. */
  readonly version: string;
  /** Folder that relative paths start at. */
  readonly cwd: string;
  readonly exit: Exit;
}

const standard = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html';
const githubPage =
  'https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning';

/** What was found in logs, as a SARIF log of its own: one result for each kind of defect, with how often it occurs. */
export function diagnosticsLog(files: readonly ValidatedFile[], { version, cwd, exit }: DiagnosticsLogOptions): Log {
  const rules = createRuleTable();
  const results = files.flatMap(({ path, diagnostics }) =>
    diagnostics.map((diagnostic) => resultOf(diagnostic, fileUri(path, cwd), rules.indexOf(diagnostic))),
  );
  const failures = files.flatMap(({ path, error }) => (error === undefined ? [] : [failureOf(path, error, cwd)]));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Sariflow', version, semanticVersion: version, rules: rules.list } },
        invocations: [
          {
            executionSuccessful: failures.length === 0 && exit.name !== 'interrupted',
            exitCode: exit.code,
            ...(failures.length === 0 ? {} : { toolExecutionNotifications: failures }),
          },
        ],
        columnKind: 'utf16CodeUnits',
        results,
      },
    ],
  };
}

/** Descriptors of the rules that have something to say, in the order in which they first do. */
function createRuleTable() {
  const list: ReportingDescriptor[] = [];
  const positions = new Map<string, number>();
  return {
    list,
    indexOf({ ruleId, level }: ReportedDiagnostic): number {
      const known = positions.get(ruleId);
      if (known !== undefined) return known;
      positions.set(ruleId, list.length);
      list.push(descriptorOf(ruleId, level));
      return list.length - 1;
    },
  };
}

const documents: ReadonlyMap<string, RuleDocument> = new Map(ruleDocuments.map((rule) => [rule.id, rule]));

function descriptorOf(id: string, level: Level): ReportingDescriptor {
  const rule = documents.get(id);
  if (rule === undefined) return { id, defaultConfiguration: { level } };
  const { cause, reason, repair, before, after } = rule.explanation;
  const helpUri = helpUriOf(rule);
  return {
    id,
    name: rule.name,
    shortDescription: { text: rule.summary },
    fullDescription: { text: reason },
    help: { text: `${cause}\n\n${reason}\n\nRepair: ${repair}\n\nBefore: ${before}\nAfter: ${after}` },
    ...(helpUri === undefined ? {} : { helpUri }),
    defaultConfiguration: { level: rule.level },
  };
}

function helpUriOf(rule: RuleDocument): string | undefined {
  if (familyOf(rule).set === 'github') return githubPage;
  return rule.specSection === undefined ? undefined : standard;
}

function resultOf(
  { ruleId, level, message, pointer, place, count, fix }: ReportedDiagnostic,
  uri: string,
  ruleIndex: number,
): Result {
  const repair = fix === undefined ? '' : ` Normalizing repairs it: ${fix.description}`;
  const region = place && { startLine: place.line, startColumn: place.column, byteOffset: place.byteOffset };
  return {
    ruleId,
    ruleIndex,
    level,
    message: { text: withoutLinks(message + repair) },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri }, ...(region === null ? {} : { region }) },
        ...(pointer === '' ? {} : { logicalLocations: [{ fullyQualifiedName: pointer }] }),
      },
    ],
    occurrenceCount: count,
    partialFingerprints: { 'defectKind/v1': kindOf(ruleId, uri, pointer) },
  };
}

/** The same for the same defect of the next log under this name, wherever its results stand. */
function kindOf(ruleId: string, uri: string, pointer: string): string {
  const place = pointer.replace(/\/\d+(?=\/|$)/g, '/*');
  return createHash('sha256')
    .update(JSON.stringify([ruleId, uri, place]))
    .digest('hex')
    .slice(0, 32);
}

function failureOf(path: string, { code, message }: NonNullable<ValidatedFile['error']>, cwd: string): Notification {
  return {
    level: 'error',
    message: { text: withoutLinks(`${message} (${code})`) },
    locations: [{ physicalLocation: { artifactLocation: { uri: fileUri(path, cwd) } } }],
  };
}

/** Words of the log that was checked may look like an embedded link, which would lead nowhere here. */
function withoutLinks(text: string): string {
  return text.replaceAll('](', '] (');
}
