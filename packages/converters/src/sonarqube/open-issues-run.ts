import type { PropertyBag } from '@sariflow/sarif';
import { type ConversionContext, type OpenedRun, openedRun } from '../converter.ts';
import type { JsonReport } from '../reading/json-report.ts';
import { Notifications } from '../shell/notifications.ts';
import { Components } from './components.ts';
import { addRules, isRule } from './document-rules.ts';
import { type FindingList, listsOf, type OpenDocument, type SonarDocument, type SonarReport } from './documents.ts';
import type { ProjectGroup } from './group-by-project.ts';
import { IssuesRun } from './issues-run.ts';
import { checkPaging } from './paging.ts';
import { RuleDetails } from './rule-details.ts';
import { runProperties } from './run-properties.ts';
import { noteErrors } from './server-errors.ts';
import { serverAddress } from './web-address.ts';

/** Reads what stands around the issues and hotspots of a project. `loose` are findings that stand in no document. */
export async function openIssuesRun(
  report: SonarReport,
  { project, documents: opened }: ProjectGroup,
  loose: readonly FindingList[],
  context: ConversionContext,
): Promise<OpenedRun<unknown>> {
  const { json } = report;
  const { options, losses } = context;
  const documents = opened.map(({ document }) => document);
  const components = new Components();
  const rules = new RuleDetails();
  const hotspotKeys = new Set<unknown>();
  for (const document of documents) {
    for await (const { value } of json.elements([...document.path, 'components'])) components.add(value);
    addRules(rules, document, json.doubt);
    const keys = document.members['hotspotKeys'];
    if (Array.isArray(keys)) for (const key of keys as unknown[]) hotspotKeys.add(key);
  }
  const properties: PropertyBag = {
    ...runProperties(
      documents.filter(({ members }) => !isRule(members)),
      json.doubt,
      losses,
    ),
    ...checkPaging(opened, json.doubt),
  };
  const notifications = new Notifications();
  const hasFailed = noteErrors(documents, notifications, json.doubt);
  const first = (name: string) => firstText(documents, name);
  const run = new IssuesRun(
    {
      lists: listsAsRead(json, opened, loose),
      isPaged: opened.length + loose.length > 1,
      components,
      rules,
      reading: { hotspotKeys, prefersStandard: options.sonarqube?.mode === 'standard' },
      properties,
      version: first('version'),
      project: project ?? first('projectKey') ?? first('sonarComponent'),
      branch: first('branch'),
      pullRequest: first('pullRequest'),
      hasFailed,
      server: serverAddress(options.sonarqube?.serverUrl ?? first('serverUrl') ?? first('sonarBaseURL')),
    },
    context,
  );
  return openedRun(run, notifications);
}

/** The lists of a run. Of a document by itself they are looked up again once it was mended: that may have set more of them apart. */
function listsAsRead(
  json: JsonReport,
  documents: readonly OpenDocument[],
  loose: readonly FindingList[],
): () => readonly FindingList[] {
  const lists = [...documents.flatMap((open) => open.lists), ...loose];
  const [only] = documents;
  if (only === undefined || documents.length > 1 || only.document.path.length > 0 || json.isMended) return () => lists;
  return () => (json.isMended ? listsOf(json, only.document) : lists);
}

function firstText(documents: readonly SonarDocument[], name: string): string | undefined {
  for (const { members } of documents) {
    const text = textOf(members[name]);
    if (text !== undefined) return text;
  }
  return undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
