import type { Location, PropertyBag, Suppression } from '@sariflow/sarif';
import { type ConversionContext, type OpenedRun, openedRun } from '../converter.ts';
import type { Doubt } from '../diagnostics/doubt.ts';
import { SourcePaths } from '../locations/source-paths.ts';
import { Findings } from '../reading/findings.ts';
import type {
  DescriptorDraft,
  HeaderDraft,
  Identity,
  Outline,
  RawFinding,
  Refusal,
  ResultDraft,
  RunDraft,
} from '../shell/drafts.ts';
import { FirstOfRule } from '../shell/first-of-rule.ts';
import type { LossTally } from '../shell/losses.ts';
import { Notifications } from '../shell/notifications.ts';
import { Fields } from '../values/fields.ts';
import { isObject, type JsonObject } from '../values/json-object.ts';
import { keepInProperties } from '../values/kept-properties.ts';
import { taxaOf } from './advisory.ts';
import { ListedEntry } from './listed-entry.ts';
import { manifestOf } from './manifest.ts';
import type { Opening } from './opening.ts';
import { managerOfAdvisory, packageLocation } from './package-identity.ts';
import { coordinateCount, type PlatformIssue, parsePlatformIssue } from './platform-issue.ts';
import { classTexts, ruleOfIssue } from './platform-rule.ts';
import { propertyName } from './property-name.ts';
import { noteErrors } from './scan-failure.ts';
import { snykDriver } from './tool.ts';
import { vulnerabilityMessage } from './vulnerability-message.ts';

/** One answer, or one page of several. */
export interface AnswerPage {
  readonly value: JsonObject;
  readonly path: readonly (string | number)[];
}

/** A project that an answer has among what it includes. */
interface IncludedProject {
  readonly name: string | undefined;
  readonly targetFile: string | undefined;
  readonly type: string | undefined;
  /** The branch, as a rule. */
  readonly reference: string | undefined;
}

const projectMembers = new Set(['name', 'target_file', 'type', 'target_reference']);
const placed = new Set(['jsonapi', 'data', 'errors', 'links', 'included']);

/** The run of the pages of an answer of the REST API: issues of all kinds, of one project or many. */
export function openPlatformIssues(opening: Opening, pages: readonly AnswerPage[]): OpenedRun<unknown> {
  const { report, context } = opening;
  const notifications = new Notifications();
  const projects = new Map<string, IncludedProject>();
  const properties: PropertyBag = {};
  let hasFailed = false;
  for (const [index, { value, path }] of pages.entries()) {
    const fields = new Fields(value, report.doubt, path);
    fields.list('data');
    if (noteErrors(fields, 'errors', 'error', notifications) > 0) hasFailed = true;
    else if (!report.has([...path, 'data'])) {
      fields.doubt('SF-K103', undefined, 'The answer has no "data", so its issues are not known.');
    }
    readIncluded(fields, projects, context.losses);
    const next = fields.nested('links')?.object['next'];
    if (index === pages.length - 1 && next !== undefined && next !== null && next !== '') {
      fields.doubt('SF-K201', 'links', 'The answer has a link to a next page, which is not in the report.');
      properties['snyk/truncated'] = true;
    }
    if (Object.keys(fields.nested('links')?.object ?? {}).length > 0) context.losses.drop('links');
    fields.keepUnknown(placed);
    keepInProperties(properties, fields.kept, { nameOf: propertyName, losses: context.losses });
  }
  const run = new PlatformIssuesRun(opening, pages, projects, properties, !hasFailed);
  return openedRun(run, notifications);
}

/** `included`: projects by id, when whoever fetched the issues fetched them, too. */
function readIncluded(fields: Fields, projects: Map<string, IncludedProject>, losses: LossTally): void {
  for (const [index, entry] of (fields.list('included') ?? []).entries()) {
    const resource = isObject(entry) ? fields.at(entry, ['included', index]) : undefined;
    const id = resource?.label('id');
    const attributes = resource?.nested('attributes');
    if (resource === undefined || id === undefined || attributes === undefined) {
      fields.doubtValue(['included', index], entry, 'a project with "id" and "attributes"');
      continue;
    }
    projects.set(id, {
      name: attributes.text('name'),
      targetFile: attributes.text('target_file') || undefined,
      type: attributes.text('type'),
      reference: attributes.text('target_reference') || undefined,
    });
    for (const name of Object.keys(attributes.object)) {
      if (!projectMembers.has(name)) losses.drop(`included.${name}`);
    }
  }
}

class PlatformIssuesRun implements RunDraft<PlatformIssue> {
  readonly #opening: Opening;
  readonly #context: ConversionContext;
  readonly #pages: readonly AnswerPage[];
  readonly #projects: ReadonlyMap<string, IncludedProject>;
  readonly #properties: PropertyBag;
  readonly #executionSuccessful: boolean;
  readonly #paths: SourcePaths;
  readonly #firstAbout = new FirstOfRule();
  readonly #runId: string;

  constructor(
    opening: Opening,
    pages: readonly AnswerPage[],
    projects: ReadonlyMap<string, IncludedProject>,
    properties: PropertyBag,
    executionSuccessful: boolean,
  ) {
    this.#opening = opening;
    this.#context = opening.context;
    this.#pages = pages;
    this.#projects = projects;
    this.#properties = properties;
    this.#executionSuccessful = executionSuccessful;
    this.#paths = new SourcePaths(opening.context.options.sourceRoot);
    this.#runId = opening.ids.next('platform', undefined, askedFor(pages[0]?.value));
  }

  findings(): Findings {
    const { report } = this.#opening;
    return Findings.concat(() =>
      this.#pages.map(({ path }) => report.elements([...path, 'data']).flatMap(eachCoordinate)),
    );
  }

  parse(value: unknown, doubt: Doubt): PlatformIssue | Refusal {
    const { standing, value: issue } = value as ListedEntry<number>;
    return parsePlatformIssue(issue, standing, doubt);
  }

  outline(issue: PlatformIssue): Outline {
    const { ruleId, severity, score, type, isIgnored, isGone, about } = issue;
    const ownTaxa = !this.#firstAbout.agrees(ruleId, about, ['classes']);
    return {
      ruleId,
      severity,
      score,
      security: type !== 'license',
      suppressions: isIgnored === undefined ? undefined : isIgnored ? [suppressionOf(issue)] : [],
      absent: isGone,
      ...(ownTaxa && { taxa: taxaOf(classTexts(about)) }),
    };
  }

  descriptor(issue: PlatformIssue, _outline: Outline, doubt: Doubt): DescriptorDraft {
    this.#firstAbout.remember(issue.ruleId, issue.about);
    return ruleOfIssue(issue, doubt, this.#context.losses);
  }

  header(): HeaderDraft {
    return {
      driver: snykDriver('platform'),
      executionSuccessful: this.#executionSuccessful,
      run: {
        automationDetails: { id: this.#runId },
        ...(Object.keys(this.#properties).length > 0 && { properties: this.#properties }),
      },
    };
  }

  identity({ id, key, ruleId, title, place, position }: PlatformIssue): Identity {
    const behind = position === undefined ? '' : `/${labelOf(place)}/${position}`;
    return {
      fingerprints: {
        ...(id !== undefined && id !== '' && { 'snyk/issue/v1': `${id}${behind}` }),
        // The key of a package's issue is the advisory's: it is the same in every project.
        ...(key !== undefined && key !== ruleId && { 'snyk/key/v1': `${key}${behind}` }),
      },
      basis: () => [ruleId, title ?? '', labelOf(place)],
      line: place.region?.startLine ?? 0,
      column: place.region?.startColumn ?? 0,
    };
  }

  result(issue: PlatformIssue): ResultDraft {
    const { ruleId, title, description, type, place, firstSeen, riskScore, severityText } = issue;
    const { losses } = this.#context;
    const properties: PropertyBag = {
      ...(severityText !== undefined && { 'snyk/severity': severityText }),
      ...(type !== undefined && { 'snyk/type': type }),
      ...(riskScore !== undefined && { 'snyk/riskScore': riskScore }),
      ...(place.commit !== undefined && { 'snyk/commit': place.commit }),
      ...(place.fixedIn !== undefined && { fix: fixOf(place) }),
    };
    keepInProperties(properties, issue.kept, { nameOf: propertyName, losses });
    const differing = this.#firstAbout.differing(ruleId, issue.about);
    if (differing !== undefined) {
      properties['snyk/rule'] = differing;
      losses.keep('rule');
    }
    const project = this.#projectOf(issue);
    if (project?.name !== undefined) properties['snyk/project'] = project.name;
    if (project?.reference !== undefined) properties['snyk/targetReference'] = project.reference;
    const { packageName, version } = place;
    const isLicense = type === 'license';
    const location = this.#location(issue, project);
    return {
      fields: {
        message:
          packageName === undefined
            ? { text: description ?? title ?? ruleId }
            : vulnerabilityMessage({ id: ruleId, title, packageName, version, isLicense }, [], 1, fixOf(place)),
        ...(location !== undefined && { locations: [location] }),
        ...(firstSeen !== undefined && { provenance: { firstDetectionTimeUtc: firstSeen } }),
      },
      properties,
      rank: riskScore === undefined ? undefined : riskScore / 10,
    };
  }

  #projectOf({ projectId }: PlatformIssue): IncludedProject | undefined {
    return projectId === undefined ? undefined : this.#projects.get(projectId);
  }

  #location({ place, ruleId }: PlatformIssue, project: IncludedProject | undefined): Location | undefined {
    const { file, region, packageName, version, resource } = place;
    const managers = [project?.type, managerOfAdvisory(ruleId)];
    const logicalLocations = [
      ...(packageName === undefined ? [] : [packageLocation({ name: packageName, version, managers })]),
      ...(resource === undefined ? [] : [{ fullyQualifiedName: resource, kind: 'resource' }]),
    ];
    const manifest = project?.targetFile === undefined ? undefined : manifestOf(project.targetFile).manifest;
    // What is found in the cloud or in a template is not in the manifest of packages.
    const path = file ?? (packageName === undefined ? undefined : manifest);
    if (path === undefined && logicalLocations.length === 0) return undefined;
    return {
      ...(path !== undefined && {
        physicalLocation: {
          artifactLocation: this.#paths.locationOf(path),
          ...(region !== undefined && { region }),
        },
      }),
      ...(logicalLocations.length > 0 && { logicalLocations }),
    };
  }
}

/** The organisation, and the project, that the first page's own address names. */
function askedFor(page: JsonObject | undefined): string | undefined {
  const links = page?.['links'];
  const self = isObject(links) ? links['self'] : undefined;
  const organisation = typeof self === 'string' ? /\/orgs\/([^/?#]+)/.exec(self)?.[1] : undefined;
  if (organisation === undefined) return undefined;
  const project = /[?&]scan_item\.id=([\w-]+)/.exec(self as string)?.[1];
  return project === undefined ? organisation : `${organisation}/${project}`;
}

function eachCoordinate(raw: RawFinding): RawFinding[] {
  const positions = Array.from({ length: coordinateCount(raw.value) }, (_, position) => position);
  return positions.map((position) => ({ ...raw, value: new ListedEntry(position, raw.value) }));
}

function suppressionOf({ ignore }: PlatformIssue): Suppression {
  const properties = ignore === undefined || ignore === null ? {} : { properties: { 'snyk/ignore': ignore } };
  return { kind: 'external', status: 'accepted', ...properties };
}

function fixOf({ fixedIn }: IssuePlace): PropertyBag {
  return fixedIn === undefined ? {} : { fixedIn };
}

function labelOf({ packageName, version, file, resource }: IssuePlace): string {
  return packageName === undefined ? (file ?? resource ?? '') : `${packageName}@${version ?? ''}`;
}

type IssuePlace = PlatformIssue['place'];
