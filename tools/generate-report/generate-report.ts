import { open } from 'node:fs/promises';
import { createRandom } from '../generate-log/random.ts';
import { jfrogPlan } from './jfrog-plan.ts';
import type { ReportFormat, ReportPlan } from './report-plan.ts';
import { semgrepPlan } from './semgrep-plan.ts';
import { snykPlan } from './snyk-plan.ts';
import { sonarqubePlan } from './sonarqube-plan.ts';
import { veracodePlan } from './veracode-plan.ts';
import { veracodeXmlPlan } from './veracode-xml-plan.ts';

/** The formats of which reports can be invented. */
export const reportPlans: Readonly<Record<ReportFormat, ReportPlan>> = {
  semgrep: semgrepPlan,
  sonarqube: sonarqubePlan,
  snyk: snykPlan,
  veracode: veracodePlan,
  'veracode-xml': veracodeXmlPlan,
  jfrog: jfrogPlan,
};

export interface ReportOptions {
  /** The report is never longer, and shorter by less than one finding. */
  readonly bytes: number;
  /** Whole number; the same seed gives the same bytes. */
  readonly seed: number;
}

const chunkBytes = 2 ** 20;

/**
 * An invented report as bytes, in chunks of about 1 MB that stay unchanged.
 *
 * @throws RangeError when `bytes` is too small for one finding
 */
export function* generateReport(
  { head, tail, separator, finding }: ReportPlan,
  { bytes, seed }: ReportOptions,
): Generator<Uint8Array> {
  const random = createRandom(seed);
  const encoder = new TextEncoder();
  let left = bytes - encoder.encode(head + tail).length;
  let parts = [head];
  let length = head.length;
  for (let index = 0; ; index += 1) {
    const text = `${index === 0 ? '' : separator}${finding(random, index)}`;
    left -= Buffer.byteLength(text);
    if (left < 0) {
      if (index === 0) throw new RangeError(`A report of ${bytes} bytes has no room for a finding.`);
      break;
    }
    parts.push(text);
    length += text.length;
    if (length < chunkBytes) continue;
    yield encoder.encode(parts.join(''));
    parts = [];
    length = 0;
  }
  yield encoder.encode(`${parts.join('')}${tail}`);
}

/** Writes an invented report to `path`, replacing what is there, and resolves to the number of bytes. */
export async function writeReport(path: string, plan: ReportPlan, options: ReportOptions): Promise<number> {
  await using file = await open(path, 'w');
  let written = 0;
  for (const chunk of generateReport(plan, options)) {
    await file.writeFile(chunk);
    written += chunk.length;
  }
  return written;
}
