import type { Invocation, ReportingConfiguration, ReportingDescriptor, Result, RunHeader } from '../model/model.ts';
import type { FoundRule, RuleLookup } from './rule-lookup.ts';

/** What the invocations of a run configure anew, by the descriptor that each override resolves to (section 3.51). */
export class ConfigurationOverrides {
  readonly #invocations: readonly Invocation[];
  readonly #lookup: RuleLookup;
  readonly #tables = new Map<number, ReadonlyMap<ReportingDescriptor, readonly ReportingConfiguration[]>>();
  #overridden: ReadonlySet<ReportingDescriptor> | undefined;

  constructor(run: RunHeader, lookup: RuleLookup) {
    this.#invocations = run.invocations ?? [];
    this.#lookup = lookup;
  }

  /** Position of the invocation that a result belongs to; -1 when the log does not say (section 3.48.6). */
  invocationOf({ provenance }: Result): number {
    const stated = provenance?.invocationIndex ?? -1;
    if (stated >= 0) return stated < this.#invocations.length ? stated : -1;
    return this.#invocations.length === 1 ? 0 : -1;
  }

  /** The configurations that an invocation gives a descriptor, in their order. */
  of(invocation: number, descriptor: ReportingDescriptor): readonly ReportingConfiguration[] {
    if (invocation < 0) return none;
    return this.#tableOf(invocation).get(descriptor) ?? none;
  }

  /** Whether any invocation says anything of a descriptor's level. */
  hasLevelFor(descriptor: ReportingDescriptor): boolean {
    if (this.#overridden === undefined) {
      const overridden = new Set<ReportingDescriptor>();
      for (const position of this.#invocations.keys()) {
        for (const [target, configurations] of this.#tableOf(position)) {
          if (configurations.some(({ level }) => level != null)) overridden.add(target);
        }
      }
      this.#overridden = overridden;
    }
    return this.#overridden.has(descriptor);
  }

  #tableOf(position: number): ReadonlyMap<ReportingDescriptor, readonly ReportingConfiguration[]> {
    const known = this.#tables.get(position);
    if (known !== undefined) return known;
    const table = new Map<ReportingDescriptor, ReportingConfiguration[]>();
    for (const { descriptor, configuration } of this.#invocations[position]?.ruleConfigurationOverrides ?? []) {
      if (descriptor == null || configuration == null) continue;
      const target = this.#lookup.find({ message: {}, rule: descriptor }).descriptor;
      if (target === undefined) continue;
      const before = table.get(target);
      if (before === undefined) table.set(target, [configuration]);
      else before.push(configuration);
    }
    this.#tables.set(position, table);
    return table;
  }
}

/** Whether any invocation of a run configures a rule anew. */
export function hasRuleOverrides({ invocations = [] }: RunHeader): boolean {
  return invocations.some(({ ruleConfigurationOverrides: overrides = [] }) => overrides.length > 0);
}

const known = new WeakMap<RuleLookup, ConfigurationOverrides>();

/** The overrides of a run; its tables are built once. `lookup` is that of the same run. */
export function configurationOverrides(run: RunHeader, lookup: RuleLookup): ConfigurationOverrides {
  let overrides = known.get(lookup);
  if (overrides === undefined) {
    overrides = new ConfigurationOverrides(run, lookup);
    known.set(lookup, overrides);
  }
  return overrides;
}

/** The configurations of a result's rule, strongest first: the overrides of its invocation, then the rule's default. */
export function configurationsOf(
  result: Result,
  { descriptor }: FoundRule,
  run: RunHeader,
  lookup: RuleLookup,
): readonly ReportingConfiguration[] {
  if (descriptor === undefined) return none;
  const overrides = configurationOverrides(run, lookup);
  const overriding = overrides.of(overrides.invocationOf(result), descriptor);
  const { defaultConfiguration } = descriptor;
  return defaultConfiguration == null ? overriding : [...overriding, defaultConfiguration];
}

const none: readonly ReportingConfiguration[] = [];
