import { defineConverter } from '../converter.ts';
import { JsonReport } from '../reading/json-report.ts';
import { UnknownFormatError } from '../unknown-format-error.ts';
import { isObject } from '../values/json-object.ts';
import { isSimpleJson, openSimpleJson, simpleSections } from './open-simple-json.ts';
import { openArtifacts, openLists, openScan, openScans, openSingle, openSummary } from './open-xray.ts';
import { jfrogPage } from './page.ts';
import { RunOpener } from './run-opener.ts';
import { jfrogSignatures } from './signatures.ts';

/** Arrays that grow with what was found. */
const findingLists = new Set(['rows', 'data', 'issues', 'violations', 'vulnerabilities', ...simpleSections]);
/** Arrays that grow with what was scanned. */
const otherLists = new Set(['licenses', 'operational_risks']);

/** JFrog: reports and answers of Xray, and the JSON of the command line tool. */
export const jfrog = defineConverter({
  id: 'jfrog',
  title: 'JFrog Xray',
  signatures: jfrogSignatures,
  page: jfrogPage,
  async open(context) {
    const report = await JsonReport.open(context, isLarge, isFindings);
    const { root } = report;
    const opener = new RunOpener(report, context);
    if (Array.isArray(root)) {
      const runs = await openScans(opener, root);
      if (runs !== undefined) return runs;
    } else if (isObject(root)) {
      if (isSimpleJson(root)) return openSimpleJson(opener, root);
      if (Array.isArray(root['artifacts'])) return openArtifacts(opener, root);
      if (['rows', 'data', 'issues'].some((name) => report.has([name]))) return openLists(opener, root);
      if (Array.isArray(root['alerts']) || isViolationList(root)) return openLists(opener, root);
      if (report.has(['vulnerabilities']) || report.has(['violations']) || 'scan_id' in root)
        return [await openScan(opener, root, [])];
      if ('violation_id' in root) return openSingle(opener, root);
      if (Array.isArray(root['scans'])) return openSummary(opener, root);
    }
    const because =
      'a JFrog report has an array named "vulnerabilities", "violations", "rows", "data", "issues" or "artifacts", or is an array of scans, and this document has and is none of them';
    throw new UnknownFormatError(
      { format: 'unknown', title: 'JSON of an unknown format', because, candidates: [] },
      [],
    );
  },
});

function isLarge(path: readonly (string | number)[]): boolean {
  return isFindings(path) || isList(path, otherLists);
}

function isFindings(path: readonly (string | number)[]): boolean {
  return isList(path, findingLists);
}

/** In the document itself, in each scan of several, and in each artifact or alert. */
function isList(path: readonly (string | number)[], names: ReadonlySet<string>): boolean {
  const [first, second, third] = path;
  switch (path.length) {
    case 1:
      return names.has(String(first));
    case 2:
      return typeof first === 'number' && names.has(String(second));
    case 3:
      return (first === 'artifacts' || first === 'alerts') && typeof second === 'number' && names.has(String(third));
    default:
      return false;
  }
}

function isViolationList(root: Readonly<Record<string, unknown>>): boolean {
  return 'total_violations' in root || 'violations_count' in root;
}
