import { isObject, memberOf, textOf } from '../answer-object.ts';
import type { ApiClient, Query } from '../api-client.ts';
import { jsonArray } from '../json-text.ts';
import { createKeySet } from '../key-set.ts';
import { PullError } from '../pull-error.ts';
import type { PulledReport, PullProgress } from '../pulled-report.ts';
import { componentDimension } from './component-dimension.ts';
import { type ListedComponent, listComponents } from './component-list.ts';
import { dateDimension } from './date-dimension.ts';
import type { Dialect } from './dialect.ts';
import { facetDimension } from './facet-dimension.ts';
import { addRuleDetails } from './rule-details.ts';
import type { SearchPage } from './search-page.ts';
import { createSideTable, type SideTable } from './side-table.ts';
import { createSearchTally, slicedSearch } from './sliced-search.ts';

/** Which findings of a server are wanted. */
export interface SonarqubeScope {
  readonly project: string;
  readonly branch?: string | undefined;
  readonly pullRequest?: string | undefined;
  /** SonarCloud's; it says by itself which one a project belongs to. */
  readonly organization?: string | undefined;
  /** Also what is fixed or closed. */
  readonly includeClosed: boolean;
}

/** What a pull works with. */
export interface SonarqubePullOptions {
  readonly api: ApiClient;
  readonly dialect: Dialect;
  /** Where the server is, without a slash at its end; findings link to it. */
  readonly serverUrl: string;
  readonly scope: SonarqubeScope;
  /** Most findings that the server gives out for one search; default 10,000. */
  readonly searchLimit?: number | undefined;
  readonly onProgress?: ((progress: PullProgress) => void) | undefined;
}

/**
 * The issues and security hotspots of one project as one document, in the words of the Web API: `issues`, `hotspots`, `components` and `rules` of all
 * pages, `paging` with the number of issues the server has. Nothing is asked for before the text is read.
 */
export function pullSonarqube({
  api,
  dialect,
  serverUrl,
  scope,
  searchLimit: limit,
  onProgress,
}: SonarqubePullOptions): PulledReport {
  const notices: string[] = [];
  const remarks: string[] = [];
  const issues = createSearchTally();
  const hotspots = createSearchTally();
  let fixedHotspots = 0;
  const components = createSideTable();
  const rules = createSideTable();
  const place: Query = {
    ...(scope.branch === undefined ? {} : { branch: scope.branch }),
    ...(scope.pullRequest === undefined ? {} : { pullRequest: scope.pullRequest }),
  };
  let list: Promise<readonly ListedComponent[]> | undefined;
  const listed = () => (list ??= listComponents(api, scope.project, place));
  const tick = (unit: string, done: number, total?: number) => onProgress?.({ unit, done, total });

  async function* text(): AsyncGenerator<string, void, undefined> {
    const project = await showProject(api, scope, place);
    const organization = scope.organization ?? project?.organization;
    const onPage = (page: SearchPage) => {
      if (project?.isProject === true) checkProject(page, scope.project);
      components.add(page.components);
      rules.add(page.rules);
    };

    yield '{"issues":';
    yield* jsonArray(
      slicedSearch(
        {
          api,
          path: '/api/issues/search',
          name: 'issues',
          query: {
            ...place,
            ...(organization === undefined ? {} : { organization }),
            ...(scope.includeClosed ? {} : dialect.unresolvedIssues),
            ...named(dialect.components, scope.project),
            additionalFields: 'comments,rules',
            s: 'CREATION_DATE',
            asc: 'true',
          },
          dimensions: [
            facetDimension('types'),
            facetDimension('severities'),
            facetDimension('languages'),
            dateDimension,
            facetDimension('rules'),
            componentDimension(
              async () => [scope.project, ...(await listed()).map(({ key }) => key)],
              (slice, keys) => ({ ...slice, ...named(dialect.components, keys.join(',')), onComponentOnly: 'true' }),
            ),
          ],
          seen: createKeySet(),
          limit,
          onPage: (page) => {
            onPage(page);
            tick('issues', issues.given, issues.announced);
          },
        },
        issues,
      ),
    );
    yield ',\n"hotspots":';
    yield* jsonArray(pullHotspots(onPage));
    yield ',\n"components":';
    yield* jsonArray(components.entries());
    const untold = await addRuleDetails(rules, {
      api,
      query: organization === undefined ? {} : { organization },
      onRule: (done, total) => tick('rules', done, total),
    });
    if (untold > 0)
      remarks.push(`The server has no more than the name of ${untold} rules, mostly those of other tools.`);
    yield ',\n"rules":';
    yield* jsonArray(rules.entries());
    if (project === undefined && issues.given + hotspots.given === 0) {
      notices.push(
        `The server gives no findings of "${scope.project}", and does not tell whether there is such a project. Check the key.`,
      );
    }
    if (issues.isUnsettled || hotspots.isUnsettled) {
      notices.push('The findings changed on the server while they were read. Pull again when no analysis is running.');
    }
    const total = issues.given + issues.missing;
    yield `,\n"paging":${JSON.stringify({ pageIndex: 1, pageSize: issues.given, total })}`;
    for (const [name, value] of Object.entries({ ...place, serverUrl }))
      yield `,\n${JSON.stringify(name)}:${JSON.stringify(value)}`;
    yield '}\n';
  }

  async function* pullHotspots(onPage: (page: SearchPage) => void): AsyncGenerator<unknown, void, undefined> {
    const search = slicedSearch(
      {
        api,
        path: '/api/hotspots/search',
        name: 'hotspots',
        query: { ...place, ...named(dialect.project, scope.project) },
        dimensions: [
          componentDimension(
            async () => (await listed()).flatMap(({ path }) => path ?? []),
            (slice, paths) => ({ ...slice, files: paths.join(',') }),
          ),
        ],
        seen: createKeySet(),
        limit,
        onPage: (page) => {
          onPage(page);
          tick('hotspots', hotspots.given, hotspots.announced);
        },
      },
      hotspots,
    );
    try {
      for await (const hotspot of search) {
        if (scope.includeClosed || textOf(hotspot, 'resolution') !== 'FIXED') yield await withRule(api, hotspot, rules);
        else fixedHotspots += 1;
      }
    } catch (error) {
      // Before 8.2 hotspots were issues, and portfolios have none.
      if (!(error instanceof PullError && error.httpStatus === 404 && hotspots.given === 0)) throw error;
      notices.push(`The server gives no security hotspots for this. ${error.message}`);
    }
  }

  return {
    text,
    summary: () => ({
      findings: issues.given + hotspots.given - fixedHotspots,
      missing: issues.missing + hotspots.missing,
      notices,
      remarks,
    }),
  };
}

/** A value under each of several names. */
function named(names: readonly string[], value: string): Query {
  return Object.fromEntries(names.map((name) => [name, value]));
}

interface ShownProject {
  readonly organization: string | undefined;
  /** Whether it is a project, and not a portfolio or an application that has issues of several. */
  readonly isProject: boolean;
}

/**
 * Makes sure that the project is there: an issue search answers with no issues where it is not. `undefined` where the server does not tell about
 * projects, which gateways and mirrors of it do.
 */
async function showProject(
  api: ApiClient,
  { project }: SonarqubeScope,
  place: Query,
): Promise<ShownProject | undefined> {
  try {
    const component = memberOf(await api.object('/api/components/show', { ...place, component: project }), 'component');
    return { organization: textOf(component, 'organization'), isProject: textOf(component, 'qualifier') === 'TRK' };
  } catch (error) {
    // "Component key 'x' not found", or a path that is not there.
    if (error instanceof PullError && error.httpStatus === 404 && !/\bcomponent (key )?'/i.test(error.message))
      return undefined;
    throw error;
  }
}

/** A server that does not know a parameter passes over it, and would give every project's issues. */
function checkProject({ items }: SearchPage, project: string): void {
  const foreign = items.map((item) => textOf(item, 'project')).find((key) => key !== undefined && key !== project);
  if (foreign === undefined) return;
  throw new PullError(
    'pull-answer',
    `The server was asked for the project "${project}" and answers with findings of another one, so it does not understand the question. Nothing was converted.`,
  );
}

/** A hotspot with the key of its rule, which servers before 9.7 tell only of one hotspot at a time. */
async function withRule(api: ApiClient, hotspot: unknown, rules: SideTable): Promise<unknown> {
  const known = textOf(hotspot, 'ruleKey');
  if (known !== undefined) {
    rules.add([{ key: known }]);
    return hotspot;
  }
  const key = textOf(hotspot, 'key');
  if (key === undefined || !isObject(hotspot)) return hotspot;
  const rule = memberOf(await api.object('/api/hotspots/show', { hotspot: key }), 'rule');
  const ruleKey = textOf(rule, 'key');
  if (ruleKey === undefined) return hotspot;
  rules.add([rule]);
  return { ...hotspot, ruleKey };
}
