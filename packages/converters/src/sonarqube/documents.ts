import type { PathSegment } from '@sariflow/sarif';
import type { ConversionContext } from '../converter.ts';
import { shapeOfHead } from '../detection/shape.ts';
import { readHead } from '../reading/head.ts';
import { JsonReport } from '../reading/json-report.ts';
import type { RawFinding } from '../shell/drafts.ts';
import { isObject, type JsonObject } from '../values/json-object.ts';
import { documentMembers, holdsFindings, isLargeIn, type Layout, layoutOf } from './layout.ts';

/** A document of the report: all of it, or a page. */
export interface SonarDocument {
  readonly path: readonly PathSegment[];
  readonly members: JsonObject;
}

/** A document with the lists of findings in it. */
export interface OpenDocument {
  readonly document: SonarDocument;
  readonly lists: readonly FindingList[];
}

/** Findings that follow each other in the report. */
export interface FindingList {
  /** `issues`, `hotspots`; undefined where the report does not say. */
  readonly name: 'issues' | 'hotspots' | undefined;
  readonly count: number;
  read(): AsyncIterable<RawFinding>;
}

/** A report, taken apart into its documents. */
export interface SonarReport {
  readonly json: JsonReport;
  readonly documents: readonly SonarDocument[];
  /** Findings that stand in no document. */
  readonly loose: readonly FindingList[];
}

const headBytes = 64 * 1024;
/** Elements that are looked at to find out what a list holds. */
const mostLookedAt = 100;
const noMembers: JsonObject = Object.freeze({});

/**
 * Reads what stands around the findings.
 * @throws {ReadError} when the bytes are no JSON
 */
export async function readSonarReport(context: ConversionContext): Promise<SonarReport> {
  const head = await readHead(context.source, headBytes);
  const { shape } = shapeOfHead(new TextDecoder().decode(head));
  let layout = layoutOf(shape);
  let json = await openAs(layout, context);
  if (layout === 'findings' && shape?.first?.kind !== 'object' && (await startsWithDocument(json))) {
    layout = 'pages';
    json = await openAs(layout, context);
  }
  if (layout === 'pages') await settle(json);
  const { root } = json;
  const values: readonly unknown[] = Array.isArray(root) ? root : [root];
  if (layout === 'findings') return { json, documents: [], loose: [listAt(json, [], undefined)] };
  if (layout === 'lists') {
    const lists = values.map((value, at) =>
      json.has([at]) ? listAt(json, [at], undefined) : loneFinding(json, [at], value),
    );
    return { json, documents: [], loose: lists };
  }
  if (layout === 'document') return apart(json, [{ path: [], value: root }]);
  const pages = values.map((value, at) => ({ path: [at], value }));
  return apart(json, pages);
}

/**
 * Reads all elements once: a quotation mark that is missing in a finding can make pages look like a part of the page before
 * them, which is seen only here.
 */
async function settle(json: JsonReport): Promise<void> {
  if (!Array.isArray(json.root)) return;
  for (const [at, value] of (json.root as unknown[]).entries()) {
    if (!isObject(value)) continue;
    for (const list of listsOf(json, { path: [at], members: value })) {
      for await (const _ of list.read()) if (json.isMended) return;
    }
  }
}

function openAs(layout: Layout, context: ConversionContext): Promise<JsonReport> {
  return JsonReport.open(
    context,
    (path) => isLargeIn(layout, path),
    (path) => holdsFindings(layout, path),
  );
}

/** Where something else stands in place of the first page, the pages behind it say what the report is. */
async function startsWithDocument(json: JsonReport): Promise<boolean> {
  let left = mostLookedAt;
  for await (const { value } of json.elements([])) {
    if (isObject(value)) return documentMembers.some((name) => Object.hasOwn(value, name));
    left -= 1;
    if (left === 0) return false;
  }
  return false;
}

/** The lists of findings of a document. */
export function listsOf(json: JsonReport, { path }: SonarDocument): FindingList[] {
  return (['issues', 'hotspots'] as const)
    .filter((name) => json.has([...path, name]))
    .map((name) => listAt(json, [...path, name], name));
}

function apart(
  json: JsonReport,
  values: readonly { readonly path: readonly PathSegment[]; readonly value: unknown }[],
): SonarReport {
  const documents: SonarDocument[] = [];
  const loose: FindingList[] = [];
  for (const { path, value } of values) {
    if (isObject(value) && !isFinding(value)) documents.push({ path, members: value });
    else if (path.length > 0 || isObject(value)) loose.push(loneFinding(json, path, value));
    else documents.push({ path, members: noMembers });
  }
  return { json, documents, loose };
}

/** An answer of `api/hotspots/show`, or an issue by itself: no document has two of what they have, and damage may have taken one. */
function isFinding(value: JsonObject): boolean {
  if (Array.isArray(value['issues']) || Array.isArray(value['hotspots'])) return false;
  const { component, message, rule, ruleKey, securityCategory } = value;
  return [component, message, rule ?? ruleKey ?? securityCategory].filter((member) => member !== undefined).length > 1;
}

function listAt(json: JsonReport, path: readonly PathSegment[], name: FindingList['name']): FindingList {
  return { name, count: json.count(path), read: () => json.elements(path) };
}

function loneFinding(json: JsonReport, path: readonly PathSegment[], value: unknown): FindingList {
  const finding: RawFinding = { value, origin: json.originOf(path) };
  return {
    name: undefined,
    count: 1,
    async *read() {
      yield finding;
    },
  };
}

/** The first elements of a list that are objects: what stands in their place in a damaged report says nothing of its format. */
export async function* firstObjectsOf(list: FindingList): AsyncGenerator<JsonObject> {
  let left = mostLookedAt;
  for await (const { value } of list.read()) {
    if (isObject(value)) yield value;
    left -= 1;
    if (left === 0) return;
  }
}
