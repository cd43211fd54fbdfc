import type { ConversionContext } from '../converter.ts';
import type { JsonReport } from '../reading/json-report.ts';
import { Fields } from '../values/fields.ts';
import { isObject, type JsonObject } from '../values/json-object.ts';
import type { ComponentFile } from './component-finding.ts';
import { type Library, packageNameOf, readableName } from './library.ts';
import type { StackFrame } from './stack-dumps.ts';
import { readLine, readText } from './veracode-fields.ts';

/** What a record of the SCA agent says about its libraries, apart from their vulnerabilities. */
export interface AgentRecord {
  /** The library and version that a link such as `/records/0/libraries/14/versions/0` leads to. */
  libraryAt(ref: string): AgentLibrary | undefined;
  /** Calls from the project's code into vulnerable methods of that library. */
  flowsOf(ref: string): readonly (readonly StackFrame[])[];
}

export interface AgentLibrary extends Library {
  readonly sha1: string | undefined;
  readonly licenses: unknown;
  /** The manifests that ask for it, directly or not. */
  readonly files: readonly ComponentFile[];
  /** Each from the root to the library. */
  readonly dependencyPaths: readonly (readonly string[])[];
}

interface GraphPlaces {
  readonly paths: string[][];
  readonly files: Map<string, ComponentFile>;
}

const mostPathsOfALibrary = 100;
const mostFilesOfALibrary = 100;
const nowhere: GraphPlaces = { paths: [], files: new Map() };

/** Reads the side tables of a record. Memory: its libraries and graphs, not its vulnerabilities. */
export function readAgentRecord(
  report: JsonReport,
  record: JsonObject,
  index: number,
  context: ConversionContext,
): AgentRecord {
  const doubt = context.doubts.about(report.originOf(['records', index]));
  const fields = new Fields(record, doubt);
  const places = readGraphs(fields);
  const flows = readVulnerableMethods(fields);
  const libraries = fields.list('libraries') ?? [];
  return {
    libraryAt(ref) {
      const [, libraryIndex, versionIndex] = /\/libraries\/(\d{1,9})(?:\/versions\/(\d{1,9}))?$/.exec(ref) ?? [];
      const library = libraryIndex === undefined ? undefined : libraries[Number(libraryIndex)];
      if (!isObject(library)) return undefined;
      return libraryOf(library, Number(versionIndex ?? 0), places);
    },
    flowsOf: (ref) => flows.get(ref) ?? [],
  };
}

function libraryOf(library: JsonObject, versionIndex: number, places: ReadonlyMap<string, GraphPlaces>): AgentLibrary {
  const versions = library['versions'];
  const version: unknown = Array.isArray(versions) ? versions[versionIndex] : undefined;
  const written = isObject(version) ? version : {};
  const known = coordinates(library, textOf(written, 'version'));
  const { paths, files } = places.get(keyOf(known)) ?? nowhere;
  return {
    ...known,
    name: textOf(library, 'name') ?? known.packageName,
    sha1: textOf(written, 'sha1'),
    licenses: written['licenses'],
    files: [...files.values()],
    dependencyPaths: paths,
  };
}

/** Members that name a package, of libraries and of places in a graph. */
function coordinates(object: JsonObject, version: string | undefined): Library {
  const first = textOf(object, 'coordinate1');
  const second = textOf(object, 'coordinate2') ?? '';
  return {
    name: undefined,
    version,
    ecosystem: textOf(object, 'coordinateType'),
    packageName: first === undefined ? undefined : packageNameOf(first, second),
  };
}

function keyOf({ ecosystem = '', packageName = '', version = '' }: Library): string {
  return `${ecosystem.toLowerCase()} ${packageName} ${version}`;
}

function textOf(object: JsonObject, name: string): string | undefined {
  const value = object[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Where each library stands in the graphs of dependencies. */
function readGraphs(record: Fields): Map<string, GraphPlaces> {
  const places = new Map<string, GraphPlaces>();
  const walk = (node: JsonObject, path: readonly string[], from: ComponentFile | undefined) => {
    const coords = isObject(node['coords']) ? node['coords'] : {};
    const library = coordinates(coords, textOf(coords, 'version'));
    const name = readableName(library);
    const here = name === undefined ? path : [...path, name];
    const file = fileOf(node) ?? from;
    if (name !== undefined) {
      const key = keyOf(library);
      let place = places.get(key);
      if (place === undefined) places.set(key, (place = { paths: [], files: new Map() }));
      if (path.length > 0 && place.paths.length < mostPathsOfALibrary) place.paths.push([...here]);
      if (file !== undefined && place.files.size < mostFilesOfALibrary) place.files.set(file.path, file);
    }
    const directs = node['directs'];
    if (Array.isArray(directs)) for (const next of directs as unknown[]) if (isObject(next)) walk(next, here, file);
  };
  for (const [index, graph] of (record.list('graphs') ?? []).entries()) {
    if (isObject(graph)) walk(graph, [], undefined);
    else record.doubtValue(['graphs', index], graph, 'an object');
  }
  return places;
}

function fileOf(node: JsonObject): ComponentFile | undefined {
  const path = textOf(node, 'filename');
  const line = node['lineNumber'];
  if (path === undefined) return undefined;
  return { path, line: typeof line === 'number' && Number.isSafeInteger(line) && line >= 1 ? line : undefined };
}

/** `vulnMethods` by the link to the library. Each call chain is one way from the project's code. */
function readVulnerableMethods(record: Fields): Map<string, StackFrame[][]> {
  const flows = new Map<string, StackFrame[][]>();
  for (const [path, entry] of objectsIn(record, ['vulnMethods'], record.object['vulnMethods'])) {
    const fields = record.at(entry, path);
    const chains: StackFrame[][] = [];
    for (const [callPath, call] of objectsIn(fields, ['calls'], entry['calls'])) {
      const callFields = fields.at(call, callPath);
      for (const [chainIndex, chain] of (callFields.list('callChains') ?? []).entries()) {
        const steps = objectsIn(callFields, ['callChains', chainIndex], chain);
        const frames = steps.map(([stepPath, step]) => readStep(callFields.at(step, stepPath)));
        if (frames.length > 0) chains.push(frames);
      }
    }
    const links = Array.isArray(entry['links']) ? entry['links'] : [entry['_links']];
    for (const link of links as unknown[]) {
      const ref = isObject(link) ? textOf(link, 'ref') : undefined;
      if (ref !== undefined) flows.set(ref, [...(flows.get(ref) ?? []), ...chains]);
    }
  }
  return flows;
}

function objectsIn(fields: Fields, path: (string | number)[], value: unknown): [(string | number)[], JsonObject][] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) {
    fields.doubtValue(path, value, 'an array');
    return [];
  }
  const objects: [(string | number)[], JsonObject][] = [];
  for (const [index, entry] of (value as unknown[]).entries()) {
    if (isObject(entry)) objects.push([[...path, index], entry]);
    else fields.doubtValue([...path, index], entry, 'an object');
  }
  return objects;
}

function readStep(step: Fields): StackFrame {
  const caller = step.nested('caller');
  const callee = methodName(step.nested('callee'));
  const scope = [readText(caller, 'moduleName'), readText(caller, 'className')].filter(Boolean).join('.');
  return {
    path: readText(step, 'fileName'),
    line: readLine(step, 'lineNumber'),
    functionName: readText(caller, 'methodName'),
    qualifiedName: methodName(caller),
    prototype: readText(caller, 'descriptor'),
    scope: scope || undefined,
    variables: undefined,
    comment: callee === undefined ? undefined : `Calls ${callee}`,
  };
}

function methodName(method: Fields | undefined): string | undefined {
  const parts = ['moduleName', 'className', 'methodName'].map((name) => readText(method, name));
  return parts.filter((part) => part !== undefined).join('.') || undefined;
}
