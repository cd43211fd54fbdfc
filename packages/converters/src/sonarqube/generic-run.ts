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
import { keepInProperties } from '../values/kept-properties.ts';
import type { FindingList } from './documents.ts';
import { type GenericIssue, type GenericLocation, type GenericReading, parseGenericIssue } from './generic-issue.ts';
import { propertyName } from './property-name.ts';
import { descriptorOf, qualityTags, readRule } from './rule-descriptor.ts';
import type { RuleDetails } from './rule-details.ts';

/** What a run of the generic format is made of. */
export interface GenericRunParts {
  readonly list: FindingList | undefined;
  readonly rules: RuleDetails;
  readonly reading: GenericReading;
  readonly properties: PropertyBag;
}

/** More engines than this are not counted apart. */
const mostEngines = 1000;

/** The run of a report in the format that Sonar imports issues of other tools from. */
export class GenericRun implements RunDraft<GenericIssue> {
  readonly #parts: GenericRunParts;
  readonly #context: ConversionContext;
  readonly #paths: SourcePaths;
  readonly #engines = new Set<string | undefined>();
  readonly #names = new Map<string, string | undefined>();

  constructor(parts: GenericRunParts, context: ConversionContext) {
    this.#parts = parts;
    this.#context = context;
    this.#paths = new SourcePaths(context.options.sourceRoot);
  }

  async *findings(): AsyncGenerator<RawFinding> {
    if (this.#parts.list !== undefined) yield* this.#parts.list.read();
  }

  parse(value: unknown, doubt: Doubt): GenericIssue | Refusal {
    return parseGenericIssue(value, doubt, this.#parts.reading);
  }

  outline({ ruleId, severity, type, impacts }: GenericIssue): Outline {
    const security = type === 'VULNERABILITY' || impacts.some(({ quality }) => quality === 'SECURITY');
    return { ruleId, severity, security };
  }

  survey({ engine }: GenericIssue): void {
    if (this.#engines.size < mostEngines) this.#engines.add(engine);
  }

  descriptor({ ruleId, ruleKey, engine, type, impacts }: GenericIssue): DescriptorDraft {
    const rule = readRule(this.#parts.rules.of(ruleKey), this.#context.losses);
    this.#names.set(ruleId, rule.name);
    const draft = descriptorOf(rule, {
      tags: qualityTags(
        type,
        impacts.map(({ quality }) => quality),
      ),
      taxa: [],
      properties: engine === undefined ? {} : { ruleSource: engine },
    });
    return { ...draft, provisional: false };
  }

  header(): HeaderDraft {
    const { properties, rules } = this.#parts;
    this.#context.losses.drop('rules[]', rules.takeIdle());
    const [engine] = this.#engines;
    const name = this.#engines.size === 1 && engine !== undefined ? engine : 'SonarQube generic issues';
    return {
      driver: { name },
      executionSuccessful: true,
      run: {
        columnKind: 'utf16CodeUnits',
        ...(Object.keys(properties).length > 0 && { properties }),
      },
    };
  }

  identity({ ruleId, primary }: GenericIssue): Identity {
    const { path, message, region } = primary;
    const text = (message ?? '').replace(/\s+/g, ' ').replace(/\d+/g, '#').trim();
    return {
      fingerprints: {},
      basis: () => [ruleId, path === undefined ? '' : (this.#paths.locationOf(path).uri ?? ''), text],
      line: region?.startLine ?? 0,
      column: region?.startColumn ?? 0,
    };
  }

  result(issue: GenericIssue): ResultDraft {
    const { ruleId, primary, secondary, severityText, effort, kept } = issue;
    const bag: PropertyBag = {};
    if (severityText !== undefined) bag['sonar/severity'] = severityText;
    if (effort !== undefined) bag['sonar/effortMinutes'] = effort;
    keepInProperties(bag, kept, { nameOf: propertyName, losses: this.#context.losses });
    const location = this.#location(primary);
    const fields: ResultDraft['fields'] = {
      message: { text: primary.message ?? this.#names.get(ruleId) ?? ruleId },
      ...(location.physicalLocation !== undefined && { locations: [location] }),
      ...(secondary.length > 0 && {
        relatedLocations: secondary.map((other, index) => ({
          id: index + 1,
          ...this.#location(other),
          ...(other.message !== undefined && { message: { text: other.message } }),
        })),
      }),
    };
    return { fields, properties: bag };
  }

  #location({ path, region }: GenericLocation): Location {
    if (path === undefined) return {};
    const artifactLocation = this.#paths.locationOf(path);
    return { physicalLocation: { artifactLocation, ...(region !== undefined && { region }) } };
  }
}
