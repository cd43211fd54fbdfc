import { flatten, type Part, type RunStartEvent, type SarifEvent } from '@sariflow/sarif';
import { repoSlugOf } from '../../targets/certus/certus.ts';
import {
  type CertusFinding,
  type CertusScanContext,
  CertusScanTooLarge,
  certusScan,
} from '../../targets/certus/scan-body.ts';
import type { ContextValues } from '../context/say-context.ts';
import { UsageError } from '../usage-error.ts';
import type { MakeParts } from './prepare-documents.ts';

/** No finding is shorter than this in a scan, in bytes: a report with more than fit is not read to its end first. */
const smallestFinding = 150;

/** The one part of a document that goes to Certus: a scan is never split, because each request counts as one. */
export function certusParts(context: CertusScanContext): MakeParts {
  return async function* (events, { maxBytes, onShortened }) {
    const tools = new Set<string>();
    const covered = new Set<string>();
    const findings: CertusFinding[] = [];
    const levels = { error: 0, warning: 0, note: 0, none: 0 };

    const watched = watch(events, (start) => {
      tools.add(start.run.tool.driver.name);
      for (const weakness of weaknessesOfRules(start)) covered.add(weakness);
    });
    for await (const batch of flatten(watched)) {
      for (const flat of batch) {
        levels[flat.level] += 1;
        const { tool, ruleId, ruleName, severity, message, path, startLine, endLine, cwe } = flat;
        const { identity, suppressed, baselineState } = flat;
        const place = { path, startLine, endLine };
        findings.push({
          tool,
          ruleId,
          ruleName,
          severity,
          message,
          ...place,
          cwe,
          identity,
          suppressed,
          baselineState,
        });
      }
      if (findings.length * smallestFinding > maxBytes) {
        throw new CertusScanTooLarge(findings.length, findings.length * smallestFinding, maxBytes);
      }
    }
    if (tools.size === 0) return;
    const { bytes, results, shortenedTo } = certusScan(findings, covered, context, maxBytes);
    if (shortenedTo !== undefined) onShortened(shortenedTo);
    yield { number: 1, bytes, results, tool: [...tools].join(' + '), levels, origins: [] } satisfies Part;
  };
}

/** What Certus has to know of a scan besides its findings. Throws `UsageError` for what is missing. */
export function certusContext(values: ContextValues): CertusScanContext {
  const repositoryUrl = values.get('repositoryUrl')?.value;
  if (repositoryUrl === undefined) {
    throw new UsageError('Certus needs the repository. Set --repository-url (SARIFLOW_REPOSITORY_URL).');
  }
  const branch = values.get('branch')?.value;
  if (branch === undefined) {
    throw new UsageError('Certus needs the branch, and neither git nor the CI system tells it. Set --branch.');
  }
  const commitHash = values.get('commit')?.value.toLowerCase() ?? '';
  if (!/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(commitHash)) {
    throw new UsageError(
      'Certus needs the full hash of the commit, and neither git nor the CI system tells it. Run the command in the checked-out repository.',
    );
  }
  return { repoSlug: repoSlugOf(repositoryUrl), commitHash, branch };
}

async function* watch(
  events: AsyncIterable<SarifEvent>,
  onRun: (start: RunStartEvent) => void,
): AsyncGenerator<SarifEvent> {
  for await (const event of events) {
    if (event.type === 'run-start') onRun(event);
    yield event;
  }
}

function* weaknessesOfRules({ run: { tool } }: RunStartEvent): Generator<string> {
  for (const { rules = [] } of [tool.driver, ...(tool.extensions ?? [])]) {
    for (const { properties } of rules) {
      for (const tag of properties?.tags ?? []) {
        const [, number] = /^(?:external\/cwe\/)?cwe-0*(\d+)$/i.exec(tag) ?? [];
        if (number !== undefined) yield `CWE-${number}`;
      }
    }
  }
}
