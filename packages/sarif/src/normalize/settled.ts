/** Repairs that call for repairs end soon: what is not content by then keeps its last form. */
const maxRounds = 8;

/** What the schema's repairs made of a value: nothing, when it had to be dropped. */
export interface SchemaRound<T> {
  readonly value: T | undefined;
  /** Whether anything was repaired. */
  readonly isChanged: boolean;
}

/**
 * Repairs a copy until neither the rules nor the schema have anything to do: what a rule takes away may leave two equal elements
 * where the schema wants distinct ones, and what the schema takes away may be what a rule looks for.
 *
 * @param fixByRules changes the value
 */
export function settled<T>(
  copy: T,
  fixByRules: (value: T) => void,
  repairBySchema: (value: T) => SchemaRound<T>,
): T | undefined {
  let value = copy;
  for (let round = 1; ; round += 1) {
    fixByRules(value);
    const repaired = repairBySchema(value);
    if (repaired.value === undefined || !repaired.isChanged || round === maxRounds) return repaired.value;
    value = repaired.value;
  }
}
