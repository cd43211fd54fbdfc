import { type ApiAnswer, type ApiFault, type ApiRequest, type ApiServer, startApiServer } from './api-server.ts';
import type { SonarHotspot, SonarIssue, SonarProject } from './sonarqube-data.ts';

/** What an emulated SonarQube is. */
export interface SonarqubeOptions {
  readonly project: SonarProject;
  readonly token: string;
  /** What `api/server/version` says; decides which parameters are known. Default 10.6. */
  readonly version?: string;
  /** As SonarCloud does: no total is said to be more than 10,000, and rules belong to an organisation. */
  readonly isCloud?: boolean;
  readonly fault?: ((request: ApiRequest) => ApiFault | undefined) | undefined;
  /** Any token will do, as behind a gate that has looked at it. */
  readonly isOpen?: boolean;
  /** How many findings one search gives out; default 10,000. */
  readonly searchLimit?: number;
  /** Called with each request that is answered, before it is; may change the project. */
  readonly onRequest?: (request: ApiRequest) => void;
}

const mostFacetValues = 100;

/**
 * SonarQube's Web API as far as findings are read from it, made from its public description: authentication, paging with the limit of 10,000 and
 * its words, facets, filters by date, rule and component, and parameters that came with versions. A parameter that it does not know, it passes over, as the
 * real one does.
 */
export function startSonarqube(options: SonarqubeOptions): Promise<ApiServer> {
  const { project, version = '10.6.0.92116', isCloud = false, searchLimit: limit = 10_000 } = options;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const since = (fromMajor: number, fromMinor: number) =>
    major > fromMajor || (major === fromMajor && minor >= fromMinor);

  function answer(request: ApiRequest): ApiAnswer {
    options.onRequest?.(request);
    if (request.path === '/api/server/version') return { status: 200, body: version };
    if (options.isOpen !== true && !isKnown(request.headers.authorization ?? '')) return { status: 401, body: '' };
    switch (request.path) {
      case '/api/components/show':
        return showComponent(request);
      case '/api/components/tree':
        return listComponents(request);
      case '/api/issues/search':
        return searchIssues(request);
      case '/api/hotspots/search':
        return since(8, 2) || isCloud ? searchHotspots(request) : unknownUrl(request);
      case '/api/hotspots/show':
        return showHotspot(request);
      case '/api/rules/show':
        return showRule(request);
      default:
        return unknownUrl(request);
    }
  }

  function isKnown(authorization: string): boolean {
    const basic = `Basic ${Buffer.from(`${options.token}:`).toString('base64')}`;
    return authorization === basic || (since(10, 0) && authorization === `Bearer ${options.token}`);
  }

  function showComponent({ query }: ApiRequest): ApiAnswer {
    const key = query.get('component') ?? '';
    const branch = query.get('branch');
    if (key !== project.key) return failure(404, `Component key '${key}' not found`);
    if (branch !== null && !project.branches.includes(branch)) {
      return failure(404, `Component '${key}' on branch '${branch}' not found`);
    }
    const organization = isCloud ? { organization: 'acme-org' } : {};
    return { status: 200, body: { component: { key, name: key, qualifier: 'TRK', ...organization }, ancestors: [] } };
  }

  function listComponents({ query }: ApiRequest): ApiAnswer {
    const files = project.files.map((path) => ({ key: `${project.key}:${path}`, path, qualifier: 'FIL' }));
    const page = pageOf(query, files.length, Number.POSITIVE_INFINITY);
    if (!('from' in page)) return page;
    return { status: 200, body: { paging: page.paging, components: files.slice(page.from, page.to) } };
  }

  function searchIssues({ query }: ApiRequest): ApiAnswer {
    const parameter = since(10, 2) && query.has('components') ? 'components' : 'componentKeys';
    const components = list(query, parameter);
    const only = query.get('onComponentOnly') === 'true';
    const after = second(query, 'createdAfter') ?? Number.NEGATIVE_INFINITY;
    const before = second(query, 'createdBefore') ?? Number.POSITIVE_INFINITY;
    const statuses = since(10, 4) ? issueStatuses(query) : list(query, 'statuses');
    const filters: readonly ((issue: SonarIssue) => boolean)[] = [
      ({ component, project }) =>
        components === undefined || components.has(component) || (!only && components.has(project)),
      ({ createdAt }) => createdAt >= after && createdAt < before,
      ({ status }) => statuses === undefined || statuses.has(status),
      ...facets.map(([name, valueIn]) => {
        const values = list(query, name);
        return (issue: SonarIssue) => values === undefined || values.has(valueIn(issue));
      }),
    ];
    const found = remembered(query, () => {
      const found = project.issues.filter((issue) => filters.every((holds) => holds(issue)));
      return sortIssues(found, query);
    });
    const page = pageOf(query, found.length);
    if (!('from' in page)) return page;

    const wanted = list(query, 'facets') ?? new Set<string>();
    const shown = found.slice(page.from, page.to);
    return {
      status: 200,
      body: {
        total: page.paging.total,
        p: page.paging.pageIndex,
        ps: page.paging.pageSize,
        paging: page.paging,
        issues: shown.map(writeIssue),
        components: componentsOf(shown),
        rules: [...new Set(shown.map(({ rule }) => rule))].map((key) => ({ key, name: `Rule ${key}`, lang: 'java' })),
        facets: facets.filter(([name]) => wanted.has(name)).map(([name, valueIn]) => facetOf(name, found.map(valueIn))),
      },
    };
  }

  function searchHotspots({ query }: ApiRequest): ApiAnswer {
    const key = query.get(since(10, 2) && query.has('project') ? 'project' : 'projectKey');
    if (key !== project.key) return failure(404, `Project '${key}' not found`);
    const files = list(query, 'files');
    const found = project.hotspots.filter(
      ({ component }) => files === undefined || files.has(component.slice(project.key.length + 1)),
    );
    const page = pageOf(query, found.length);
    if (!('from' in page)) return page;
    const shown = found.slice(page.from, page.to);
    const hotspots = shown.map((hotspot) => writeHotspot(hotspot, since(9, 7)));
    return { status: 200, body: { paging: page.paging, hotspots, components: componentsOf(shown) } };
  }

  function showHotspot({ query }: ApiRequest): ApiAnswer {
    const found = project.hotspots.find(({ key }) => key === query.get('hotspot'));
    if (found === undefined) return failure(404, `Hotspot '${query.get('hotspot')}' does not exist`);
    const rule = { key: found.ruleKey, name: `Rule ${found.ruleKey}`, securityCategory: 'others' };
    return { status: 200, body: { ...writeHotspot(found, false), rule } };
  }

  function showRule({ query }: ApiRequest): ApiAnswer {
    const key = query.get('key') ?? '';
    if (isCloud && !query.has('organization')) return failure(400, "The 'organization' parameter is missing");
    if (key.startsWith('external_')) return failure(404, `Rule not found: ${key}`);
    const rule = {
      key,
      name: `Rule ${key}`,
      htmlDesc: '<p>Why this is wrong.</p>',
      securityStandards: ['cwe:79'],
      sysTags: ['suspicious'],
    };
    return { status: 200, body: { rule } };
  }

  let last:
    | { readonly question: string; readonly issues: readonly SonarIssue[]; readonly found: SonarIssue[] }
    | undefined;

  /** What the last search found, when only its page differs. */
  function remembered(query: URLSearchParams, search: () => SonarIssue[]): SonarIssue[] {
    const asked = new URLSearchParams(query);
    for (const name of ['p', 'ps', 'facets']) asked.delete(name);
    const question = asked.toString();
    if (last?.question !== question || last.issues !== project.issues) {
      last = { question, issues: project.issues, found: search() };
    }
    return last.found;
  }

  /** One page, or why there is none. */
  function pageOf(query: URLSearchParams, found: number, most = limit) {
    const pageIndex = Number(query.get('p') ?? 1);
    const pageSize = Number(query.get('ps') ?? 100);
    if (pageSize > 500) return failure(400, `'ps' value (${pageSize}) must be less than 500`);
    if (pageIndex * pageSize > most) {
      return failure(400, `Can return only the first ${most} results. ${pageIndex * pageSize}th result asked.`);
    }
    const total = isCloud ? Math.min(found, most) : found;
    return { from: (pageIndex - 1) * pageSize, to: pageIndex * pageSize, paging: { pageIndex, pageSize, total } };
  }

  function componentsOf(shown: readonly { readonly component: string }[]): unknown[] {
    const keys = [...new Set(shown.map(({ component }) => component))];
    const files = keys.map((key) => ({ key, qualifier: 'FIL', path: key.slice(project.key.length + 1) }));
    return [...files, { key: project.key, qualifier: 'TRK', name: project.key }];
  }

  function writeHotspot(hotspot: SonarHotspot, withRuleKey: boolean) {
    return {
      key: hotspot.key,
      component: hotspot.component,
      project: project.key,
      securityCategory: 'others',
      vulnerabilityProbability: hotspot.probability,
      status: hotspot.status,
      ...(hotspot.resolution === undefined ? {} : { resolution: hotspot.resolution }),
      line: hotspot.line,
      message: 'Make sure that this is safe here.',
      creationDate: writeSecond(hotspot.createdAt),
      ...(withRuleKey ? { ruleKey: hotspot.ruleKey } : {}),
    };
  }

  return startApiServer({ answer, fault: options.fault });
}

/** Facets that are also filters, and the value of each that an issue has. */
const facets: readonly (readonly [name: string, valueIn: (issue: SonarIssue) => string])[] = [
  ['types', ({ type }) => type],
  ['severities', ({ severity }) => severity],
  ['languages', ({ language }) => language],
  ['rules', ({ rule }) => rule],
];

/** Issues of one second keep their order in both directions; the order by file and line ends with the key and can be turned round. */
function sortIssues(issues: SonarIssue[], query: URLSearchParams): SonarIssue[] {
  const sign = query.get('asc') === 'false' ? -1 : 1;
  const compare = (left: string | number, right: string | number) => (left < right ? -1 : left > right ? 1 : 0);
  switch (query.get('s')) {
    case 'CREATION_DATE':
      return issues.sort((left, right) => sign * (left.createdAt - right.createdAt));
    case 'FILE_LINE':
      return issues.sort(
        (left, right) =>
          sign * (compare(left.component, right.component) || left.line - right.line || compare(left.key, right.key)),
      );
    default:
      return issues;
  }
}

function facetOf(property: string, found: readonly string[]) {
  const counts = new Map<string, number>();
  // An issue without a value is in no group.
  for (const value of found) if (value !== '') counts.set(value, (counts.get(value) ?? 0) + 1);
  const values = Array.from(counts, ([val, count]) => ({ val, count })).sort((left, right) => right.count - left.count);
  return { property, values: values.slice(0, mostFacetValues) };
}

function writeIssue(issue: SonarIssue) {
  const { createdAt, language: _, ...rest } = issue;
  return {
    ...rest,
    message: 'Remove this.',
    textRange: { startLine: issue.line, endLine: issue.line, startOffset: 0, endOffset: 5 },
    flows: [],
    tags: [],
    creationDate: writeSecond(createdAt),
    updateDate: writeSecond(createdAt),
  };
}

/** The statuses that the newer words mean. */
function issueStatuses(query: URLSearchParams): ReadonlySet<string> | undefined {
  const words = list(query, 'issueStatuses');
  if (words === undefined) return undefined;
  return new Set(
    [...words].flatMap((word) => (word === 'FIXED' ? ['CLOSED'] : word === 'OPEN' ? ['OPEN', 'REOPENED'] : [word])),
  );
}

function list(query: URLSearchParams, name: string): ReadonlySet<string> | undefined {
  const value = query.get(name);
  return value === null ? undefined : new Set(value.split(','));
}

function second(query: URLSearchParams, name: string): number | undefined {
  const value = query.get(name);
  if (value === null) return undefined;
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4}$/.test(value)) throw new Error(`This is no date and time: ${value}`);
  return Date.parse(value.replace(/(\d\d)$/, ':$1')) / 1000;
}

function writeSecond(value: number): string {
  return `${new Date(value * 1000).toISOString().slice(0, 19)}+0000`;
}

function failure(status: number, msg: string): ApiAnswer {
  return { status, body: { errors: [{ msg }] } };
}

function unknownUrl({ path }: ApiRequest): ApiAnswer {
  return failure(404, `Unknown url : ${path}`);
}
