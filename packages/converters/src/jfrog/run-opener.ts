import type { Artifact, PropertyBag, RunHeader } from '@sariflow/sarif';
import { type ConversionContext, type OpenedRun, openedRun } from '../converter.ts';
import { SourcePaths } from '../locations/source-paths.ts';
import { Findings } from '../reading/findings.ts';
import type { JsonReport } from '../reading/json-report.ts';
import type { HeaderDraft, RawFinding } from '../shell/drafts.ts';
import { Notifications } from '../shell/notifications.ts';
import { Fields } from '../values/fields.ts';
import { isObject, type JsonObject } from '../values/json-object.ts';
import { keepInProperties } from '../values/kept-properties.ts';
import type { EntryPlace } from './entry.ts';
import { propertyName } from './property-name.ts';
import { SourceRun } from './source-run.ts';
import { driverOf, type Family } from './tool.ts';
import { XrayRun } from './xray-run.ts';

type Path = readonly (string | number)[];

/** A list of entries in the report, or entries that stand somewhere else in it. */
export interface ListPlan extends EntryPlace {
  readonly path?: Path;
  readonly held?: readonly RawFinding[];
}

/** What a report says about one run of it. */
export interface RunPlan {
  readonly family: Family;
  /** For `automationDetails.id`: the same in each scan of one thing. */
  readonly category: string;
  readonly lists: readonly ListPlan[];
  readonly executionSuccessful: boolean;
  /** The report counts findings without listing them. */
  readonly results?: 'absent';
  readonly properties?: PropertyBag;
  readonly artifacts?: readonly Artifact[];
}

/** Turns what a report says into runs; shared by all variants. */
export class RunOpener {
  readonly report: JsonReport;
  readonly context: ConversionContext;
  readonly paths: SourcePaths;

  constructor(report: JsonReport, context: ConversionContext) {
    this.report = report;
    this.context = context;
    this.paths = new SourcePaths(context.options.sourceRoot);
  }

  /** The members of an object of the report, at a path. */
  fieldsAt(object: JsonObject, path: Path): Fields {
    return new Fields(object, this.report.doubt, path);
  }

  /** What could not be placed, for the properties of a run. */
  propertiesOf(fields: Fields): PropertyBag {
    const bag: PropertyBag = {};
    keepInProperties(bag, fields.kept, { nameOf: propertyName, losses: this.context.losses });
    return bag;
  }

  /** Which of these arrays the report has. Says of those that are no array what they are. */
  arraysIn(fields: Fields, names: readonly string[]): Path[] {
    return names.flatMap((name) => {
      const path = [...fields.path, name];
      if (this.report.has(path)) return [path];
      fields.list(name);
      return [];
    });
  }

  count(paths: readonly Path[]): number {
    return paths.reduce((total, path) => total + this.report.count(path), 0);
  }

  /** Inventories of licences are no findings. */
  leaveOut(paths: readonly Path[], field: string): void {
    this.context.losses.drop(field, this.count(paths));
  }

  /** Says that a list is one page of a longer one. */
  checkTotal(fields: Fields, name: string, paths: readonly Path[]): void {
    const total = fields.integer(name);
    const here = this.count(paths);
    if (total === undefined || total <= here) return;
    fields.doubt(
      'SF-K201',
      name,
      `The report says that there are ${total} entries, and it has ${here}: it is one page.`,
    );
    fields.keep(name);
  }

  /** `errors` as notifications; whether there were none. */
  async readErrors(fields: Fields, notifications: Notifications): Promise<boolean> {
    let isFine = true;
    for (const [index, value] of (fields.list('errors') ?? []).entries()) {
      isFine = false;
      if (!isObject(value)) {
        if (typeof value !== 'string') fields.doubtValue(['errors', index], value, 'an object');
        else notifications.add('execution', { kind: 'xray/error', level: 'error', text: value });
        continue;
      }
      const error = fields.at(value, ['errors', index]).apart();
      error.keepUnknown(errorMembers);
      const about = error.text('identifier') || undefined;
      const file = error.text('filePath') || undefined;
      const text =
        error.text('error') || error.text('errorMessage') || error.text('message') || 'An error without a message.';
      const properties = this.propertiesOf(error);
      notifications.add('execution', {
        kind: 'xray/error',
        level: 'error',
        text: about === undefined ? text : `${about}: ${text}`,
        fields: {
          ...(file !== undefined && {
            locations: [{ physicalLocation: { artifactLocation: this.paths.locationOf(file) } }],
          }),
          ...(Object.keys(properties).length > 0 && { properties }),
        },
      });
    }
    return isFine;
  }

  open(plan: RunPlan, notifications: Notifications = new Notifications()): OpenedRun<unknown> {
    const { family } = plan;
    const header: HeaderDraft = {
      driver: driverOf(family),
      executionSuccessful: plan.executionSuccessful,
      ...(plan.results !== undefined && { results: plan.results }),
      run: headerFields(plan),
    };
    const lists = plan.lists.map(({ path, held, ...place }) => ({
      elements: () => (path === undefined ? heldFindings(held ?? []) : this.report.elements(path)),
      place,
    }));
    if (family === 'sca' || family === 'licenses' || family === 'risks') {
      return openedRun(new XrayRun(lists, this.context, header), notifications);
    }
    return openedRun(new SourceRun(family, lists, this.context, header), notifications);
  }
}

/** Findings that stand in what is kept of the report. */
function heldFindings(held: readonly RawFinding[]): Findings {
  return new Findings(async function* () {
    yield held;
  });
}

const errorMembers = new Set(['identifier', 'filePath', 'error', 'errorMessage', 'message']);

function headerFields({ category, artifacts, properties = {} }: RunPlan): HeaderDraft['run'] {
  const run: Partial<RunHeader> = {
    automationDetails: { id: `jfrog/${category}/` },
    columnKind: 'utf16CodeUnits',
    ...(artifacts !== undefined && artifacts.length > 0 && { artifacts: [...artifacts] }),
    ...(Object.keys(properties).length > 0 && { properties }),
  };
  return run;
}
