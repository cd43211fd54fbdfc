import { githubLimits, type Result, type RunHeader } from '@sariflow/sarif';
import { collectorLimits } from '../../targets/collector-protocol.ts';
import type { BrokenLimit } from '../documents/inspect-document.ts';

/** Numbers of a report that destinations have limits for, each the largest that was found. */
export interface Measures {
  bytes: number;
  gzipBytes: number;
  resultBytes: number;
  runs: number;
  results: number;
  rules: number;
  extensions: number;
  threadFlowLocations: number;
  locations: number;
  tags: number;
}

export function noMeasures(): Measures {
  return {
    bytes: 0,
    gzipBytes: 0,
    resultBytes: 0,
    runs: 0,
    results: 0,
    rules: 0,
    extensions: 0,
    threadFlowLocations: 0,
    locations: 0,
    tags: 0,
  };
}

/** Takes the measures of a run's header. */
export function measureRun({ tool }: RunHeader, measures: Measures): void {
  const components = [tool.driver, ...(tool.extensions ?? [])];
  const rules = components.flatMap((component) => component.rules ?? []);
  measures.runs += 1;
  measures.rules = Math.max(measures.rules, rules.length);
  measures.extensions = Math.max(measures.extensions, components.length - 1);
  for (const { properties } of rules) measures.tags = Math.max(measures.tags, properties?.tags?.length ?? 0);
}

/** Takes the measures of a result. */
export function measureResult({ locations, codeFlows }: Result, measures: Measures): void {
  const flows = (codeFlows ?? []).flatMap(({ threadFlows }) => threadFlows);
  const steps = flows.reduce((sum, flow) => sum + flow.locations.length, 0);
  measures.threadFlowLocations = Math.max(measures.threadFlowLocations, steps);
  measures.locations = Math.max(measures.locations, locations?.length ?? 0);
}

type Limit = Omit<BrokenLimit, 'found'> & { readonly measure: keyof Measures };

const cortex = (limit: string, measure: keyof Measures, consequence: BrokenLimit['consequence']): Limit => ({
  target: 'cortex',
  limit,
  measure,
  allowed: collectorLimits.maxPartBytes,
  consequence,
});

const github = (
  limit: string,
  measure: keyof Measures,
  allowed: number,
  consequence: BrokenLimit['consequence'] = 'rejected',
): Limit => ({ target: 'github', limit, measure, allowed, consequence });

const limits: readonly Limit[] = [
  cortex('bytes of a request', 'bytes', 'split'),
  cortex('bytes of a result', 'resultBytes', 'left-out'),
  github('bytes after gzip', 'gzipBytes', githubLimits.uploadBytes),
  github('runs', 'runs', githubLimits.runs),
  github('results of a run', 'results', githubLimits.results),
  github('results of a run that are shown', 'results', githubLimits.resultsShown, 'left-out'),
  github('rules of a run', 'rules', githubLimits.rules),
  github('extensions of a tool', 'extensions', githubLimits.extensions),
  github('thread flow locations of a result', 'threadFlowLocations', githubLimits.threadFlowLocations),
  github(
    'thread flow locations of a result that are shown',
    'threadFlowLocations',
    githubLimits.threadFlowLocationsShown,
    'left-out',
  ),
  github('locations of a result', 'locations', githubLimits.locations),
  github('locations of a result that are shown', 'locations', githubLimits.locationsShown, 'left-out'),
  github('tags of a rule', 'tags', githubLimits.tags),
  github('tags of a rule that are shown', 'tags', githubLimits.tagsShown, 'left-out'),
];

/** The limits that a report goes beyond. Of one thing that is rejected it is not said that it is not shown. */
export function brokenLimits(measures: Measures): BrokenLimit[] {
  const rejected = new Set<string>();
  return limits.flatMap(({ measure, ...limit }) => {
    const found = measures[measure];
    const key = `${limit.target} ${measure}`;
    if (found <= limit.allowed || rejected.has(key)) return [];
    if (limit.consequence === 'rejected') rejected.add(key);
    return [{ ...limit, found }];
  });
}
