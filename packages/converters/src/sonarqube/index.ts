import { type ConversionContext, defineConverter, type OpenedRun, openedRun } from '../converter.ts';
import { Notifications } from '../shell/notifications.ts';
import { UnknownFormatError } from '../unknown-format-error.ts';
import { isObject } from '../values/json-object.ts';
import {
  type FindingList,
  firstObjectsOf,
  listsOf,
  type OpenDocument,
  readSonarReport,
  type SonarDocument,
  type SonarReport,
} from './documents.ts';
import { GenericRun } from './generic-run.ts';
import { groupByProject } from './group-by-project.ts';
import { openIssuesRun } from './open-issues-run.ts';
import { sonarqubePage } from './page.ts';
import { RuleDetails } from './rule-details.ts';
import { runProperties } from './run-properties.ts';
import { sonarqubeSignatures } from './signatures.ts';

/**
 * SonarQube Server, Community Build and Cloud: answers of the issue, hotspot and rule APIs of all versions, preview reports,
 * documents of sonar-report, and the format for issues of other tools.
 */
export const sonarqube = defineConverter({
  id: 'sonarqube',
  title: 'SonarQube',
  signatures: sonarqubeSignatures,
  page: sonarqubePage,
  async open(context) {
    const report = await readSonarReport(context);
    const generic: OpenDocument[] = [];
    const others: OpenDocument[] = [];
    for (const document of report.documents) {
      const open = { document, lists: listsOf(report.json, document) };
      ((await isGeneric(document, open.lists)) ? generic : others).push(open);
    }
    // Beside generic reports, one without issues says nothing of its own.
    if (generic.length > 0 && others.every(isBlank)) for (const other of others.splice(0)) generic.push(other);
    const isSonar =
      report.loose.length > 0 || others.some(({ document, lists }) => lists.length > 0 || isAnswer(document));
    if (generic.length === 0 && !isSonar) throw notSonar();
    const runs = generic.map((open) => openGenericRun(report, open, context));
    if (others.length > 0 || report.loose.length > 0) {
      const groups = await groupByProject(report, others);
      for (const [at, group] of groups.entries()) {
        runs.push(await openIssuesRun(report, group, at === 0 ? report.loose : [], context));
      }
    }
    return runs;
  },
});

/** Whether a document is an answer of the server, if not one with findings. */
function isAnswer({ members }: SonarDocument): boolean {
  const { rule, rules, key, issues, hotspots, errors } = members;
  return [rule, rules, key, issues, hotspots, errors].some((member) => member !== undefined);
}

function isBlank({ document, lists }: OpenDocument): boolean {
  const { paging, total, components } = document.members;
  const isEmpty = lists.length > 0 && lists.every(({ count }) => count === 0);
  return isEmpty && [paging, total, components].every((member) => member === undefined);
}

/** The format for issues of other tools is told by its first issue, or by its rules. */
async function isGeneric({ members }: SonarDocument, lists: readonly FindingList[]): Promise<boolean> {
  const { rules } = members;
  if (Array.isArray(rules) && rules.some((rule) => isObject(rule) && rule['engineId'] !== undefined)) return true;
  const issues = lists.find(({ name }) => name === 'issues');
  if (issues === undefined) return false;
  for await (const issue of firstObjectsOf(issues)) {
    if (issue['primaryLocation'] !== undefined) return true;
    if ((issue['rule'] ?? issue['component']) !== undefined) return false;
    if (issue['ruleId'] !== undefined) return true;
  }
  return false;
}

function openGenericRun(
  { json }: SonarReport,
  { document, lists }: OpenDocument,
  context: ConversionContext,
): OpenedRun<unknown> {
  const { path, members } = document;
  const rules = new RuleDetails();
  const list = Array.isArray(members['rules']) ? (members['rules'] as unknown[]) : [];
  for (const [index, rule] of list.entries()) rules.add(rule, [...path, 'rules', index], json.doubt);
  const parts = {
    list: lists.find(({ name }) => name === 'issues'),
    rules,
    reading: {
      ruleOf: (id: string) => rules.of(id)[0]?.object,
      prefersStandard: context.options.sonarqube?.mode === 'standard',
    },
    properties: runProperties([document], json.doubt, context.losses),
  };
  return openedRun(new GenericRun(parts, context), new Notifications());
}

function notSonar(): UnknownFormatError {
  const because = 'a report of SonarQube has issues, hotspots or rules, and this document has none of them';
  return new UnknownFormatError({ format: 'unknown', title: 'JSON of an unknown format', because, candidates: [] }, []);
}
