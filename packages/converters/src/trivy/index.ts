import { type ConversionContext, defineConverter, openedRun } from '../converter.ts';
import { Findings } from '../reading/findings.ts';
import { JsonReport } from '../reading/json-report.ts';
import type { HeaderDraft } from '../shell/drafts.ts';
import { Notifications } from '../shell/notifications.ts';
import { webUri } from '../texts/absolute-uri.ts';
import { UnknownFormatError } from '../unknown-format-error.ts';
import { Fields } from '../values/fields.ts';
import { isObject, type JsonObject } from '../values/json-object.ts';
import { keepInProperties } from '../values/kept-properties.ts';
import { FoundIn } from './finding.ts';
import { type FoundList, readTargets, resourceLists } from './lists.ts';
import { isOperatorList, operatorLists, operatorReports, operatorRoot } from './operator-reports.ts';
import { trivyPage } from './page.ts';
import { propertyName } from './property-name.ts';
import { trivySignatures } from './signatures.ts';
import { systemOf } from './target.ts';
import { TrivyRun } from './trivy-run.ts';

const members = new Set([
  'SchemaVersion',
  'ReportID',
  'CreatedAt',
  'ArtifactID',
  'ArtifactName',
  'ArtifactType',
  'Metadata',
  'Trivy',
  'Results',
  'ClusterName',
  ...resourceLists,
]);
const findingLists = new Set([
  'Vulnerabilities',
  'Misconfigurations',
  'Secrets',
  'Licenses',
  'ExperimentalModifiedFindings',
]);
const otherLists = new Set(['Packages', 'CustomResources']);

/** Trivy: JSON reports of images, file systems, repositories and clusters. */
export const trivy = defineConverter({
  id: 'trivy',
  title: 'Trivy',
  signatures: trivySignatures,
  page: trivyPage,
  async open(context) {
    const report = await JsonReport.open(context, isLarge, isFindings);
    const kept = operatorReports(report);
    const root = kept.length > 0 ? operatorRoot(kept) : rootOf(report.root);
    if (root === undefined) {
      const because = 'a Trivy report has a member named "Results" or "Resources", and this document has none of them';
      throw new UnknownFormatError(
        { format: 'unknown', title: 'JSON of an unknown format', because, candidates: [] },
        [],
      );
    }
    const notifications = new Notifications();
    const fields = new Fields(root, report.doubt);
    const header = headerOf(fields, root, context);
    const lists =
      kept.length > 0
        ? operatorLists(kept, report, context)
        : await readTargets(fields, report, context, notifications);
    const found = () => eachFinding(report, context, lists);
    return [openedRun(new TrivyRun(found, context, header), notifications)];
  },
});

/** The members of the report. Versions before 0.20 wrote its results alone; undefined when it is no report. */
function rootOf(root: unknown): JsonObject | undefined {
  if (Array.isArray(root)) {
    const targets = root.filter((entry) => isObject(entry) && typeof entry['Target'] === 'string') as JsonObject[];
    if (targets.length === 0) return undefined;
    const systems = targets.map((entry) =>
      systemOf({ name: String(entry['Target']), type: String(entry['Type'] ?? '') }),
    );
    return { ArtifactName: systems.find((name) => name !== '') ?? '' };
  }
  const names = ['Results', 'Resources', 'Findings', 'SchemaVersion', 'ClusterName'];
  return isObject(root) && names.some((name) => Object.hasOwn(root, name)) ? root : undefined;
}

/** In each result of the report, or of each resource of a cluster. */
function isLarge(path: readonly (string | number)[]): boolean {
  const name = String(path.at(-1));
  if (isOperatorList(path)) return true;
  return isInResult(path) && (findingLists.has(name) || otherLists.has(name));
}

function isFindings(path: readonly (string | number)[]): boolean {
  return isOperatorList(path) || (isInResult(path) && findingLists.has(String(path.at(-1))));
}

function isInResult(path: readonly (string | number)[]): boolean {
  if (path.length === 2) return typeof path[0] === 'number';
  return (path.length === 3 || path.length === 5) && path.at(-3) === 'Results' && typeof path.at(-2) === 'number';
}

function eachFinding(report: JsonReport, { losses, doubts }: ConversionContext, lists: readonly FoundList[]): Findings {
  return Findings.concat(function* () {
    for (const list of lists) {
      const isCounted = list.isCounted;
      list.isCounted = true;
      yield report.elements(list.path).flatMap((raw) => {
        const { value, target, kept, unclear } =
          isObject(raw.value) && list.translate !== undefined
            ? list.translate(raw.value)
            : { value: raw.value, target: list.target, kept: [], unclear: undefined };
        const isPassed = isObject(value) && value['Status'] === 'PASS';
        // Told once: the findings are read twice.
        if (isPassed && !isCounted) losses.drop('Misconfigurations[].Status');
        if (unclear !== undefined && !isCounted) doubts.about(raw.origin)('SF-K103', [], unclear);
        return isPassed ? [] : [{ ...raw, value: new FoundIn(value, list.kindOf(value), target, kept) }];
      });
    }
  });
}

/** The name of an image without tag and digest: the same in each scan of it. A registry may have a port. */
function withoutTag(artifact: string): string {
  const path = artifact.lastIndexOf('/') + 1;
  const ends = [artifact.indexOf('@', path), artifact.indexOf(':', path)].filter((at) => at !== -1);
  return ends.length === 0 ? artifact : artifact.slice(0, Math.min(...ends));
}

const semanticVersion = /^\d{1,9}\.\d{1,9}\.\d{1,9}(?:-[0-9A-Za-z.-]{1,60})?$/;

function headerOf(fields: Fields, root: JsonObject, { losses }: ConversionContext): HeaderDraft {
  fields.keepUnknown(members);
  for (const name of [
    'SchemaVersion',
    'ReportID',
    'ArtifactID',
    'ArtifactType',
    'CreatedAt',
    'ClusterName',
    'Metadata',
  ])
    fields.keep(name);
  const version = (isObject(root['Trivy']) ? fields.nested('Trivy')?.text('Version') : undefined) || undefined;
  const artifact = fields.text('ArtifactName') || fields.text('ClusterName') || '';
  const properties = {};
  keepInProperties(properties, fields.kept, { nameOf: propertyName, losses });
  return {
    driver: {
      name: 'Trivy',
      ...(version !== undefined && { version }),
      ...(version !== undefined && semanticVersion.test(version) && { semanticVersion: version }),
      organization: 'Aqua Security',
      informationUri: 'https://trivy.dev/',
    },
    executionSuccessful: true,
    run: {
      automationDetails: { id: `trivy/${withoutTag(artifact)}${artifact === '' ? '' : '/'}` },
      ...provenanceOf(root),
      columnKind: 'utf16CodeUnits',
      ...(Object.keys(properties).length > 0 && { properties }),
    },
  };
}

/** The commit of a repository that was scanned. */
function provenanceOf({ Metadata: metadata }: JsonObject): Pick<HeaderDraft['run'], 'versionControlProvenance'> {
  const textOf = (name: string) => (isObject(metadata) && typeof metadata[name] === 'string' ? metadata[name] : '');
  const address = webUri(textOf('RepoURL'));
  // Who may read it is no part of where it is.
  const repositoryUri = address === undefined || new URL(address).username !== '' ? undefined : address;
  if (repositoryUri === undefined) return {};
  const revisionId = textOf('Commit');
  const branch = textOf('Branch');
  const details = { repositoryUri, ...(revisionId !== '' && { revisionId }), ...(branch !== '' && { branch }) };
  return { versionControlProvenance: [details] };
}
