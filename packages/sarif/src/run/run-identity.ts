import type { RunHeader } from '../model/model.ts';

/** What a run says of which analysis it is (section 3.17). */
export interface RunIdentity {
  /** Everything of `automationDetails.id` up to its last `/`: what runs of the same sort share. Empty for none. */
  readonly category: string;
  /** What follows the last `/`: this run alone. Absent when the id ends with `/`, and when there is none. */
  readonly runId: string | undefined;
  /** Identifies the category, where it is given; in lower case. */
  readonly correlationGuid: string | undefined;
  /** Identifies the run, where it is given; in lower case. */
  readonly guid: string | undefined;
}

/** The identity of a run, by its `automationDetails` (sections 3.17.2 to 3.17.5). */
export function runIdentityOf({ automationDetails }: Pick<RunHeader, 'automationDetails'>): RunIdentity {
  const { id = '', guid, correlationGuid } = automationDetails ?? {};
  const slash = id.lastIndexOf('/');
  const runId = id.slice(slash + 1);
  return {
    category: slash === -1 ? '' : id.slice(0, slash),
    runId: runId === '' ? undefined : runId,
    correlationGuid: correlationGuid?.toLowerCase(),
    guid: guid?.toLowerCase(),
  };
}

/** Equal for runs of the same tool and the same category: a consumer takes the later one for a new state of the earlier. */
export function categoryKeyOf(run: Pick<RunHeader, 'automationDetails' | 'tool'>): string {
  const { category, correlationGuid } = runIdentityOf(run);
  return JSON.stringify([run.tool?.driver?.name ?? '', correlationGuid ?? category]);
}
