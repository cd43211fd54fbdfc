/** An issue as the emulator keeps it: what searches look at, and what is answered. */
export interface SonarIssue {
  readonly key: string;
  readonly project: string;
  readonly component: string;
  readonly rule: string;
  readonly type: string;
  readonly severity: string;
  readonly language: string;
  readonly status: 'OPEN' | 'CONFIRMED' | 'REOPENED' | 'RESOLVED' | 'CLOSED';
  /** Seconds since 1970. */
  readonly createdAt: number;
  readonly line: number;
}

/** A security hotspot. */
export interface SonarHotspot {
  readonly key: string;
  readonly component: string;
  readonly ruleKey: string;
  readonly probability: 'HIGH' | 'MEDIUM' | 'LOW';
  readonly status: 'TO_REVIEW' | 'REVIEWED';
  readonly resolution?: 'FIXED' | 'SAFE' | 'ACKNOWLEDGED';
  readonly createdAt: number;
  readonly line: number;
}

/** A project of the emulator. Lists may be changed while it runs, as analyses do. */
export interface SonarProject {
  readonly key: string;
  /** Branches besides the main one. */
  readonly branches: readonly string[];
  readonly files: readonly string[];
  issues: SonarIssue[];
  hotspots: SonarHotspot[];
}

/** What a project is made of. */
export interface SonarProjectPlan {
  readonly key: string;
  readonly issues: number;
  readonly hotspots?: number;
  readonly files?: number;
  readonly rules?: number;
  /** Seconds over which issues were created; 0 for one analysis that found them all. Default a year. */
  readonly seconds?: number;
  /** Every issue with the same type, severity and language, so that these tell nothing apart. */
  readonly uniform?: boolean;
  /** Share of issues that are closed. */
  readonly closed?: number;
}

const types = ['CODE_SMELL', 'CODE_SMELL', 'CODE_SMELL', 'BUG', 'VULNERABILITY'];
const severities = ['MAJOR', 'MINOR', 'CRITICAL', 'INFO', 'BLOCKER'];
const languages = ['java', 'js', 'py'];
const firstSecond = 1_700_000_000;

/** Makes up a project; the same plan makes the same one. */
export function sonarProject(plan: SonarProjectPlan): SonarProject {
  const { key, seconds = 31_536_000, files = 40, rules = 30, uniform = false, closed = 0 } = plan;
  const paths = Array.from({ length: files }, (_, at) => `src/part-${at % 7}/File${at}.java`);
  const pick = <Value>(list: readonly Value[], at: number) => list[at % list.length] as Value;
  return {
    key,
    branches: ['release/2'],
    files: paths,
    issues: Array.from({ length: plan.issues }, (_, at) => ({
      key: `AZ${at.toString(36).padStart(18, '0')}`,
      project: key,
      component: `${key}:${pick(paths, at * 31)}`,
      rule: `java:S${1000 + ((at * 17) % rules)}`,
      type: uniform ? 'CODE_SMELL' : pick(types, at * 7),
      severity: uniform ? 'MAJOR' : pick(severities, at * 11),
      language: uniform ? 'java' : pick(languages, at * 13),
      status: closed > 0 && at % Math.round(1 / closed) === 0 ? 'CLOSED' : 'OPEN',
      createdAt: firstSecond + (seconds === 0 ? 0 : (at * 104_729) % seconds),
      line: 1 + (at % 500),
    })),
    hotspots: Array.from({ length: plan.hotspots ?? 0 }, (_, at) => ({
      key: `HS${at.toString(36).padStart(18, '0')}`,
      component: `${key}:${pick(paths, at * 5)}`,
      ruleKey: `java:S${4000 + (at % 6)}`,
      probability: pick(['HIGH', 'MEDIUM', 'LOW'] as const, at),
      status: at % 10 === 9 ? 'REVIEWED' : 'TO_REVIEW',
      ...(at % 10 === 9 ? { resolution: pick(['SAFE', 'FIXED', 'ACKNOWLEDGED'] as const, at) } : {}),
      createdAt: firstSecond + at,
      line: 1 + (at % 300),
    })),
  };
}
