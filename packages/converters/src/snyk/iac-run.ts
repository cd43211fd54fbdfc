import type { Location, PropertyBag } from '@sariflow/sarif';
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
import { FirstOfRule } from '../shell/first-of-rule.ts';
import { keepInProperties } from '../values/kept-properties.ts';
import { type IacIssue, parseIacIssue } from './iac-issue.ts';
import { ruleOfIac } from './iac-rule.ts';
import type { ListedEntry } from './listed-entry.ts';
import type { Project } from './project.ts';
import { propertyName } from './property-name.ts';
import { snykDriver } from './tool.ts';

/** An entry of one of the lists: whether it stands among the checks that were passed. */
export type IacEntry = ListedEntry<'issue' | 'success'>;

/** The run of one file or project of Snyk IaC. */
export class IacRun implements RunDraft<IacIssue> {
  readonly #entries: () => AsyncIterable<RawFinding>;
  readonly #project: Project;
  readonly #context: ConversionContext;
  readonly #runId: string;
  readonly #paths: SourcePaths;
  readonly #firstAbout = new FirstOfRule();

  /** `entries` gives the findings as `ListedEntry`, the same at each call. */
  constructor(entries: () => AsyncIterable<RawFinding>, project: Project, runId: string, context: ConversionContext) {
    this.#entries = entries;
    this.#project = project;
    this.#context = context;
    this.#runId = runId;
    this.#paths = new SourcePaths(context.options.sourceRoot);
  }

  findings(): AsyncIterable<RawFinding> {
    return this.#entries();
  }

  parse(value: unknown, doubt: Doubt): IacIssue | Refusal {
    const { standing, value: entry } = value as IacEntry;
    return parseIacIssue(entry, standing === 'success', doubt);
  }

  outline({ ruleId, severity, exclusions, hasPassed }: IacIssue): Outline {
    return {
      ruleId,
      severity: hasPassed ? 'unknown' : severity,
      security: !hasPassed,
      suppressions: exclusions?.map(({ suppression }) => suppression),
    };
  }

  descriptor({ ruleId, about }: IacIssue, _outline: Outline, doubt: Doubt): DescriptorDraft {
    this.#firstAbout.remember(ruleId, about);
    return ruleOfIac(ruleId, about, doubt, this.#context.losses);
  }

  header(): HeaderDraft {
    const { properties, executionSuccessful } = this.#project;
    return {
      driver: snykDriver('iac'),
      executionSuccessful,
      run: {
        automationDetails: { id: this.#runId },
        ...(Object.keys(properties).length > 0 && { properties }),
      },
    };
  }

  identity({ ruleId, resourcePath, detail, title, line, hasPassed }: IacIssue): Identity {
    const where = resourcePath.length > 0 ? resourcePath.join('.') : (detail ?? title ?? '');
    const file = this.#project.targetFile ?? this.#project.name ?? '';
    return {
      fingerprints: {},
      basis: () => [ruleId, hasPassed ? 'pass' : 'fail', file, where],
      line: line ?? 0,
      column: 0,
    };
  }

  result(issue: IacIssue): ResultDraft {
    const { ruleId, title, detail, resourcePath, severityText, hasPassed } = issue;
    const { losses } = this.#context;
    const properties: PropertyBag = {};
    if (severityText !== undefined) properties['snyk/severity'] = severityText;
    keepInProperties(properties, issue.kept, { nameOf: propertyName, losses });
    const differing = this.#firstAbout.differing(ruleId, issue.about);
    if (differing !== undefined) {
      properties['snyk/rule'] = differing;
      losses.keep('rule');
    }
    const where = detail ?? (resourcePath.length > 0 ? resourcePath.join('.') : undefined);
    const what = title ?? ruleId;
    const location = this.#location(issue);
    return {
      fields: {
        message: { text: where === undefined || where === what ? what : `${what}: ${where}` },
        ...(location !== undefined && { locations: [location] }),
        ...(hasPassed && { kind: 'pass', level: 'none' }),
      },
      properties,
    };
  }

  #location({ line, resourcePath }: IacIssue): Location | undefined {
    const { targetFile } = this.#project;
    if (targetFile === undefined && resourcePath.length === 0) return undefined;
    const region = line === undefined ? {} : { region: { startLine: line } };
    const fullyQualifiedName = resourcePath.join('.');
    return {
      ...(targetFile !== undefined && {
        physicalLocation: { artifactLocation: this.#paths.locationOf(targetFile), ...region },
      }),
      ...(resourcePath.length > 0 && {
        logicalLocations: [{ name: resourcePath.at(-1) as string, fullyQualifiedName, kind: 'resource' }],
      }),
    };
  }
}
