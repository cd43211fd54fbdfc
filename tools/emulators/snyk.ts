import { type ApiAnswer, type ApiFault, type ApiRequest, type ApiServer, startApiServer } from './api-server.ts';

/** What an emulated Snyk is. */
export interface SnykOptions {
  readonly token: string;
  readonly org: string;
  /** How many open issues the organisation has. */
  readonly issues: number;
  /** How many are resolved besides. */
  readonly resolved?: number;
  readonly projects?: number;
  /** How the link to the next page is written; default as a path below `/rest`. */
  readonly linkTo?: (path: string, query: string) => string;
  /** The token may not see projects. */
  readonly hidesProjects?: boolean;
  readonly fault?: ((request: ApiRequest) => ApiFault | undefined) | undefined;
}

const levels = ['critical', 'high', 'medium', 'low'];

/**
 * Snyk's REST API as far as issues are read from it, made from its public description: versions, JSON:API errors, pages behind cursors that
 * mean nothing outside.
 */
export function startSnyk(options: SnykOptions): Promise<ApiServer> {
  const { org, token, projects = 3, resolved = 0 } = options;
  const linkTo = options.linkTo ?? ((path, query) => `/rest${path}?${query}`);
  const issues = Array.from({ length: options.issues + resolved }, (_, at) =>
    issueOf(at, projectId(at % projects), at < options.issues ? 'open' : 'resolved'),
  );
  const listed = Array.from({ length: projects }, (_, at) => projectOf(at));

  function answer(request: ApiRequest): ApiAnswer {
    const { path, query, headers } = request;
    if (headers.authorization !== `token ${token}`) return failure(401, 'Unauthorized', 'Authentication failed');
    if (!/^\d{4}-\d\d-\d\d$/.test(query.get('version') ?? '')) {
      return failure(400, 'Bad Request', 'Client request did not conform to OpenAPI specification');
    }
    if (!path.startsWith(`/rest/orgs/${org}/`)) return failure(404, 'Not Found', 'Org not found');
    if (path.endsWith('/issues')) return pageOf(request, issues.filter(isWanted(query)));
    if (!path.endsWith('/projects')) return failure(404, 'Not Found', 'Not found');
    if (options.hidesProjects === true) return failure(403, 'Forbidden', 'Missing permission: View Project');
    const ids = new Set(query.get('ids')?.split(','));
    return pageOf(
      request,
      listed.filter(({ id }) => ids.size === 0 || ids.has(id)),
    );
  }

  function pageOf({ path, query }: ApiRequest, found: readonly unknown[]): ApiAnswer {
    const limit = Number(query.get('limit') ?? 10);
    if (!(limit >= 10 && limit <= 100 && limit % 10 === 0)) {
      return failure(400, 'Bad Request', 'limit must be a multiple of 10 from 10 to 100');
    }
    const cursor = query.get('starting_after');
    const from = cursor === null ? 0 : Number(Buffer.from(cursor.replace(/^v1\./, ''), 'base64url').toString());
    const next = new URLSearchParams(query);
    next.set('starting_after', `v1.${Buffer.from(String(from + limit)).toString('base64url')}`);
    const links = from + limit < found.length ? { next: linkTo(path.slice('/rest'.length), next.toString()) } : {};
    return {
      status: 200,
      headers: { 'content-type': 'application/vnd.api+json' },
      body: { jsonapi: { version: '1.0' }, data: found.slice(from, from + limit), links },
    };
  }

  return startApiServer({ answer, fault: options.fault });
}

function isWanted(query: URLSearchParams): (issue: ReturnType<typeof issueOf>) => boolean {
  const status = query.get('status')?.split(',');
  const project = query.get('scan_item.id');
  return ({ attributes, relationships }) =>
    (status === undefined || status.includes(attributes.status)) &&
    (project === null || relationships.scan_item.data.id === project);
}

function projectId(at: number): string {
  return `00000000-0000-4000-8000-${at.toString(16).padStart(12, '0')}`;
}

function projectOf(at: number) {
  const attributes = { name: `acme/shop:part-${at}/package.json`, type: 'npm', target_file: `part-${at}/package.json` };
  return { id: projectId(at), type: 'project', attributes };
}

function issueOf(at: number, project: string, status: 'open' | 'resolved') {
  const id = `10000000-0000-4000-8000-${at.toString(16).padStart(12, '0')}`;
  const level = levels[at % levels.length];
  return {
    id,
    type: 'issue',
    attributes: {
      key: `SNYK-JS-SAMPLE-${100_000 + (at % 500)}`,
      title: 'Prototype Pollution',
      type: 'package_vulnerability',
      effective_severity_level: level,
      status,
      ignored: false,
      created_at: '2026-01-02T03:04:05Z',
      updated_at: '2026-01-02T03:04:05Z',
      problems: [{ id: `SNYK-JS-SAMPLE-${100_000 + (at % 500)}`, source: 'SNYK', type: 'vulnerability' }],
      classes: [{ id: 'CWE-1321', source: 'CWE', type: 'weakness' }],
      coordinates: [
        {
          representations: [{ dependency: { package_name: `package-${at}`, package_version: '1.0.0' } }],
        },
      ],
    },
    relationships: {
      organization: { data: { id: 'org', type: 'organization' } },
      scan_item: { data: { id: project, type: 'project' } },
    },
  };
}

function failure(status: number, title: string, detail: string): ApiAnswer {
  return {
    status,
    headers: { 'content-type': 'application/vnd.api+json' },
    body: { jsonapi: { version: '1.0' }, errors: [{ status: String(status), title, detail }] },
  };
}
