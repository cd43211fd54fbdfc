import { admitCaller, type Gateway } from './admit-caller.ts';
import { type Answer, errorAnswer, jsonAnswer, notFoundAnswer } from './answer.ts';
import { mayRead } from './auth/roles.ts';
import type { Endpoint } from './http-request.ts';
import { parseQuery } from './query-parameters.ts';
import type { Repository, RepositoryDirectory } from './storage/repository-directory.ts';

const defaultLimit = 100;
const largestLimit = 1000;

/** `GET /public_api/appsec/v1/repositories` and `GET /public_api/appsec/v1/repositories/{assetId}`, for tenant keys. */
export function createRepositoriesEndpoint(gateway: Gateway, repositories: RepositoryDirectory): Endpoint {
  return {
    maxBodyBytes: 0,
    tooLarge: () => errorAnswer(413, 'PayloadTooLarge', 'This operation takes no body.'),
    admit: (request) =>
      admitCaller(request, gateway, (caller) => caller.kind === 'tenant-key' && mayRead(caller.roles)),
    answer(request) {
      const id = request.params[0];
      if (id === undefined) return listRepositories(request.rawQuery, repositories);
      const repository = repositories.findById(id);
      return repository === undefined
        ? notFoundAnswer(`There is no repository ${id}.`)
        : jsonAnswer(200, assetOf(repository));
    },
  };
}

function listRepositories(rawQuery: string, repositories: RepositoryDirectory): Answer {
  const query = parseQuery(rawQuery);
  if (query.status === 'refused') return errorAnswer(400, 'BadRequest', query.reason);
  const offset = wholeNumber(query.get('offset') ?? '0');
  const limit = wholeNumber(query.get('limit') ?? String(defaultLimit));
  if (offset === undefined || limit === undefined) {
    const field = offset === undefined ? 'offset' : 'limit';
    const message = `${field} must be a whole number, 0 or more.`;
    return jsonAnswer(422, { errorCode: 'ValidationError', message, details: { [field]: { message } } });
  }
  const page = repositories.list(query.get('search') ?? '', offset, Math.min(limit, largestLimit));
  return jsonAnswer(200, page.map(assetOf));
}

function wholeNumber(text: string): number | undefined {
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

function assetOf({ id, url, defaultBranch, onboardedAt }: Repository) {
  const segments = URL.canParse(url) ? new URL(url).pathname.split('/').filter((segment) => segment !== '') : [];
  return {
    id,
    name: segments.at(-1)?.replace(/\.git$/, '') ?? id,
    owner: segments.slice(0, -1).join('/'),
    url,
    defaultBranch,
    creationDate: new Date(onboardedAt).toISOString(),
    isArchived: false,
    isSelected: true,
  };
}
