import type { CodeFlow, Location, PropertyBag, Region, Result, ThreadFlowLocation } from '@sariflow/sarif';
import type { ConversionContext } from '../converter.ts';
import type { Doubt } from '../diagnostics/doubt.ts';
import { SourcePaths } from '../locations/source-paths.ts';
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
import { agreeingScore } from '../shell/severity.ts';
import type { Taxon } from '../taxonomies/taxon.ts';
import { keepInProperties } from '../values/kept-properties.ts';
import type { Components, Place } from './components.ts';
import { type DependencyMessage, readDependencyMessage } from './dependency-message.ts';
import type { FindingList } from './documents.ts';
import { areSecondaryLocations, type Flow, type FlowLocation } from './flows.ts';
import { messageOf } from './formatted-message.ts';
import { commonMembers, type Issue, type IssueReading, parseIssue } from './issue.ts';
import { propertyName } from './property-name.ts';
import { descriptorOf, qualityTags, readRule } from './rule-descriptor.ts';
import type { RuleDetail, RuleDetails } from './rule-details.ts';
import { SeenKeys } from './seen-keys.ts';
import { SharedValues } from './shared-values.ts';
import { distinctTaxa, isPlainTag, taxonOfTag } from './standards.ts';
import { sonarqubeDriver } from './tool.ts';
import { findingAddress, ruleAddress } from './web-address.ts';

/** What a run of issues and hotspots is made of. */
export interface IssuesRunParts {
  /** The lists of findings, as far as is known when it is asked: a damaged report may turn out to have more of them. */
  lists(): readonly FindingList[];
  /** Whether it may turn out so. */
  readonly isPaged: boolean;
  readonly components: Components;
  readonly rules: RuleDetails;
  readonly reading: IssueReading;
  /** What the documents say of the run. */
  readonly properties: PropertyBag;
  readonly version: string | undefined;
  readonly project: string | undefined;
  readonly branch: string | undefined;
  readonly pullRequest: string | undefined;
  /** Address of the server. */
  readonly server: string | undefined;
  /** Whether the server answered with an error in place of findings. */
  readonly hasFailed: boolean;
}

interface RuleSummary {
  readonly name: string | undefined;
  readonly taxa: readonly Taxon[];
}

const noTaxa: readonly Taxon[] = [];

/** The run of issues and hotspots of one project, whatever the answers they come from. */
export class IssuesRun implements RunDraft<Issue> {
  readonly #parts: IssuesRunParts;
  readonly #context: ConversionContext;
  readonly #paths: SourcePaths;
  readonly #shared = new SharedValues();
  readonly #seen: SeenKeys | undefined;
  readonly #summaries = new Map<string, RuleSummary>();
  #page = 0;
  #findings = 0;
  #withNovelty = 0;

  constructor(parts: IssuesRunParts, context: ConversionContext) {
    this.#parts = parts;
    this.#context = context;
    this.#paths = new SourcePaths(context.options.sourceRoot);
    this.#seen = parts.isPaged ? new SeenKeys() : undefined;
  }

  findings(): AsyncIterable<RawFinding> {
    return this.#lists();
  }

  async *#lists(): AsyncGenerator<RawFinding> {
    for (let page = 0; ; page += 1) {
      const list = this.#parts.lists()[page];
      if (list === undefined) return;
      for await (const finding of list.read()) {
        this.#page = page;
        yield finding;
      }
    }
  }

  parse(value: unknown, doubt: Doubt): Issue | Refusal {
    return parseIssue(value, doubt, this.#parts.reading);
  }

  outline(issue: Issue): Outline {
    const { ruleId, severity, decision } = issue;
    const dependency = dependencyOf(issue);
    const own = ownTaxa(issue, dependency);
    const known = this.#summaries.get(ruleId);
    // While the rule is not known yet, its first finding's classes may become the rule's or stay its own.
    const differs = own.length > 0 && (known === undefined || own.some((taxon) => !includes(known.taxa, taxon)));
    return {
      ruleId,
      severity,
      security: isSecurity(issue),
      score: dependency === undefined ? undefined : agreeingScore(severity, dependency.score),
      suppressions: decision.suppressions,
      absent: decision.absent,
      ...(differs && { taxa: own }),
    };
  }

  survey(issue: Issue): void {
    this.#findings += 1;
    if (issue.isNew !== undefined) this.#withNovelty += 1;
    this.#shared.add(issue.common);
    if (issue.key !== undefined) this.#seen?.add(issue.key);
  }

  descriptor(issue: Issue, { ruleId }: Outline, doubt: Doubt): DescriptorDraft {
    const details: RuleDetail[] = [...this.#parts.rules.of(ruleId)];
    if (issue.rule !== undefined) details.push({ object: issue.rule, doubt });
    const rule = readRule(details, this.#context.losses);
    const address = ruleAddress(this.#parts.server, ruleId);
    const draft = descriptorOf(rule, {
      tags: [
        ...qualityTags(
          issue.type,
          issue.impacts.map(({ quality }) => quality),
        ),
        ...(issue.isHotspot ? ['security-hotspot'] : []),
        ...(issue.category === undefined ? [] : [issue.category]),
      ],
      taxa: ownTaxa(issue, undefined),
      properties: engineOf(ruleId),
    });
    this.#summaries.set(ruleId, { name: rule.name, taxa: draft.taxa });
    const texts = address === undefined ? draft.texts : { ...draft.texts, helpUri: address };
    return { ...draft, texts, provisional: false };
  }

  header(): HeaderDraft {
    const { properties, version, rules } = this.#parts;
    this.#context.losses.drop('rules[]', rules.takeIdle());
    const bag: PropertyBag = { ...properties };
    for (const name of commonMembers) {
      const value = this.#shared.shared(name);
      if (value !== undefined) bag[`sonar/${name}`] = value;
    }
    const id = this.#category();
    return {
      driver: sonarqubeDriver(version),
      executionSuccessful: !this.#parts.hasFailed,
      run: {
        ...(id !== undefined && { automationDetails: { id } }),
        columnKind: 'utf16CodeUnits',
        ...(Object.keys(bag).length > 0 && { properties: bag }),
      },
    };
  }

  identity(issue: Issue, { ruleId }: Outline): Identity {
    const { key, lineHash, isHotspot, region } = issue;
    const name = isHotspot ? 'sonar/hotspotKey/v1' : 'sonar/issueKey/v1';
    return {
      fingerprints:
        key === undefined
          ? noFingerprints
          : { [name]: key, ...(lineHash !== undefined && { 'sonar/lineHash/v1': lineHash }) },
      basis: () => this.#basis(issue, ruleId),
      line: region?.startLine ?? 0,
      column: region?.startColumn ?? 0,
    };
  }

  /** Pages may have the same issue. */
  mayMerge(): boolean {
    return this.#seen?.hasRepeated === true;
  }

  result(issue: Issue, outline: Outline): ResultDraft | undefined {
    const { key, message, formattings, flows, firstSeen } = issue;
    if (key !== undefined && this.#seen?.isRepeated(key, this.#page)) return undefined;
    const place = this.#placeOf(issue);
    const text = message ?? this.#summaries.get(outline.ruleId)?.name ?? outline.ruleId;
    const { related, codeFlows } = this.#flows(flows, issue, place);
    const location = this.#location(issue, place);
    const viewer = this.#viewer(issue);
    const fields: ResultDraft['fields'] = {
      message: message === undefined ? { text } : messageOf(message, formattings),
      ...(location !== undefined && { locations: [location] }),
      ...(codeFlows.length > 0 && { codeFlows }),
      ...(related.length > 0 && { relatedLocations: related }),
      ...(viewer !== undefined && { hostedViewerUri: viewer }),
      ...(firstSeen !== undefined && { provenance: { firstDetectionTimeUtc: firstSeen } }),
      ...this.#novelty(issue),
      ...(issue.isHotspot && this.#context.options.sonarqube?.hotspots === 'review' && toReview),
    };
    return { fields, properties: this.#properties(issue) };
  }

  #basis({ component, lineHash, message }: Issue, ruleId: string): string[] {
    return [ruleId, component ?? '', lineHash ?? (message ?? '').replace(/\s+/g, ' ').replace(/\d+/g, '#').trim()];
  }

  /** What the results of a log are about, the same in the next log of the same project. */
  #category(): string | undefined {
    const project = this.#shared.shared('project') ?? this.#parts.project;
    if (project === undefined) return undefined;
    const branch = this.#shared.shared('branch') ?? this.#parts.branch;
    const pullRequest = this.#shared.shared('pullRequest') ?? this.#parts.pullRequest;
    const line = pullRequest === undefined ? branch : `pull-request/${pullRequest}`;
    return `sonarqube/${project}/${line === undefined ? '' : `${line}/`}`;
  }

  #placeOf({ component, place, owners }: Issue): Place | undefined {
    if (place !== undefined) return place;
    return component === undefined ? undefined : this.#parts.components.placeOf(component, owners);
  }

  #location(issue: Issue, place: Place | undefined): Location | undefined {
    const dependency = dependencyOf(issue);
    const logical = [
      ...(place?.kind === 'module' ? [moduleLocation(place)] : []),
      ...(dependency === undefined ? [] : [{ name: dependency.name, kind: 'package' }]),
    ];
    const physical = this.#physical(place, issue.region);
    if (physical === undefined && logical.length === 0) return undefined;
    return { ...physical, ...(logical.length > 0 && { logicalLocations: logical }) };
  }

  #physical(place: Place | undefined, region: Region | undefined): Pick<Location, 'physicalLocation'> | undefined {
    if (place === undefined || place.kind === 'module') return undefined;
    const path = place.kind === 'directory' && !place.path.endsWith('/') ? `${place.path}/` : place.path;
    const artifactLocation = this.#paths.locationOf(path);
    if (place.kind === 'directory' && artifactLocation.uri?.endsWith('/') === false) artifactLocation.uri += '/';
    return { physicalLocation: { artifactLocation, ...(region !== undefined && { region }) } };
  }

  #flows(
    flows: readonly Flow[],
    issue: Issue,
    place: Place | undefined,
  ): { related: Location[]; codeFlows: CodeFlow[] } {
    if (flows.length === 0) return noFlows;
    const located = (location: FlowLocation) => this.#flowLocation(location, issue, place);
    if (areSecondaryLocations(flows)) {
      const related = flows.map(({ locations }, index) => ({
        id: index + 1,
        ...located(locations[0] as FlowLocation),
      }));
      return { related, codeFlows: [] };
    }
    const codeFlows = flows.map(({ type, description, locations }): CodeFlow => {
      // The report has a path from its end to its start.
      const steps = locations.toReversed().map((location): ThreadFlowLocation => ({ location: located(location) }));
      return {
        ...(description !== undefined && { message: { text: description } }),
        threadFlows: [{ locations: steps }],
        ...(type !== undefined && { properties: { 'sonar/flowType': type } }),
      };
    });
    return { related: [], codeFlows };
  }

  #flowLocation(location: FlowLocation, { owners }: Issue, own: Place | undefined): Location {
    const { component, region, message, formattings } = location;
    const place = component === undefined ? own : this.#parts.components.placeOf(component, owners);
    return {
      ...this.#physical(place, region),
      ...(place?.kind === 'module' && { logicalLocations: [moduleLocation(place)] }),
      ...(message !== undefined && { message: messageOf(message, formattings) }),
    };
  }

  #viewer({ key, isHotspot, common }: Issue): string | undefined {
    const { server, project, branch, pullRequest } = this.#parts;
    return findingAddress(server, {
      key,
      isHotspot,
      project: common.project ?? project,
      branch: common.branch ?? branch,
      pullRequest: common.pullRequest ?? pullRequest,
    });
  }

  /** All or none (§3.27.24): only when every finding says whether it is new, and none is gone. */
  #novelty({ isNew }: Issue): Pick<Result, 'baselineState'> {
    if (isNew === undefined || this.#withNovelty !== this.#findings) return {};
    return { baselineState: isNew ? 'new' : 'unchanged' };
  }

  #properties(issue: Issue): PropertyBag {
    const { losses, options } = this.#context;
    const { severityText, key, lineHash, effort, tags, category, isNew, common } = issue;
    const dependency = dependencyOf(issue);
    const bag: PropertyBag = {};
    const plain = tags.filter(isPlainTag);
    if (plain.length > 0) bag['tags'] = [...new Set(plain)];
    if (plain.length < tags.length) bag['sonar/tags'] = [...tags];
    if (severityText !== undefined) bag['sonar/severity'] = severityText;
    if (key !== undefined) bag['sonar/key'] = key;
    else if (lineHash !== undefined) bag['sonar/lineHash'] = lineHash;
    if (effort !== undefined) bag['sonar/effortMinutes'] = effort;
    if (issue.isHotspot && category !== undefined) bag['sonar/securityCategory'] = category;
    if (isNew !== undefined && (this.#withNovelty !== this.#findings || issue.decision.absent))
      bag['sonar/isNew'] = isNew;
    for (const name of commonMembers) {
      const value = common[name];
      if (value !== undefined && this.#shared.differs(name)) bag[`sonar/${name}`] = value;
    }
    if (dependency !== undefined) {
      bag['sonar/dependency'] = dependencyProperties(dependency);
      if (dependency.advisories.length > 0) bag['cve'] = [...dependency.advisories];
    }
    keepInProperties(bag, issue.kept, { nameOf: propertyName, losses });
    if (options.sonarqube?.keepPeople === true) keepInProperties(bag, issue.people, { nameOf: propertyName, losses });
    else for (const { field } of issue.people) losses.drop(field);
    for (const field of issue.permissions) losses.drop(field);
    return bag;
  }
}

const noFingerprints: Readonly<Record<string, string>> = Object.freeze({});
const noFlows: { related: Location[]; codeFlows: CodeFlow[] } = { related: [], codeFlows: [] };
/** §3.27.10: what is not a failure has no level. */
const toReview: Pick<Result, 'kind' | 'level'> = { kind: 'review', level: 'none' };

/** Whether this is a security finding. */
function isSecurity({ isHotspot, type, impacts }: Issue): boolean {
  return isHotspot || type === 'VULNERABILITY' || impacts.some(({ quality }) => quality === 'SECURITY');
}

function dependencyOf({ message }: Issue): DependencyMessage | undefined {
  return message === undefined ? undefined : readDependencyMessage(message);
}

function dependencyProperties({ name, score, advisories }: DependencyMessage): PropertyBag {
  return {
    name,
    ...(score !== undefined && { cvssScore: score }),
    ...(advisories.length > 0 && { advisories: [...advisories] }),
  };
}

/** Weakness classes that the finding itself names, in its tags or in the message of a dependency check. */
function ownTaxa({ tags }: Issue, dependency: DependencyMessage | undefined): readonly Taxon[] {
  let taxa: Taxon[] | undefined;
  for (const tag of tags) {
    const taxon = taxonOfTag(tag);
    if (taxon !== undefined) (taxa ??= []).push(taxon);
  }
  if (dependency !== undefined && dependency.taxa.length > 0) taxa = [...(taxa ?? []), ...dependency.taxa];
  return taxa === undefined ? noTaxa : distinctTaxa(taxa);
}

function includes(taxa: readonly Taxon[], { taxonomy, id }: Taxon): boolean {
  return taxa.some((taxon) => taxon.taxonomy === taxonomy && taxon.id === id);
}

function moduleLocation({ name, key }: { readonly name: string; readonly key: string }): {
  name: string;
  fullyQualifiedName: string;
  kind: string;
} {
  return { name, fullyQualifiedName: key, kind: 'module' };
}

/** The engine that an imported rule comes from: its id is `external_<engine>:<rule>`. */
function engineOf(ruleId: string): PropertyBag {
  const engine = /^external_([^:]+):/.exec(ruleId)?.[1];
  return engine === undefined ? {} : { ruleSource: engine };
}
