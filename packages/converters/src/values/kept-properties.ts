import type { PropertyBag } from '@sariflow/sarif';
import type { LossTally } from '../shell/losses.ts';
import type { KeptValue } from './fields.ts';

export interface KeepOptions {
  /** Turns a field into a property name; a prefix keeps names of the report from colliding with ours. */
  readonly nameOf: (field: string) => string;
  readonly losses: LossTally;
  /** Put before the field when it is counted, such as `errors[].`, where the fields are those of a part. */
  readonly within?: string;
  /** Fields that have a place in SARIF as well, and are no loss. */
  readonly placed?: ReadonlySet<string>;
}

/** Adds kept values to a property bag and counts them. Several values under one name become an array. */
export function keepInProperties(properties: PropertyBag, kept: readonly KeptValue[], options: KeepOptions): void {
  if (kept.length === 0) return;
  const { nameOf, losses, within, placed } = options;
  /** Names with several values, with all of them. */
  let several: Map<string, unknown[]> | undefined;
  const written = new Map<string, unknown>();
  for (const { field, value } of kept) {
    if (placed?.has(field) !== true) losses.keep(within === undefined ? field : `${within}${field}`);
    const name = nameOf(field);
    if (!written.has(name)) {
      written.set(name, value);
      properties[name] = value;
      continue;
    }
    several ??= new Map();
    const values = several.get(name);
    if (values === undefined) several.set(name, [written.get(name), value]);
    else values.push(value);
  }
  if (several !== undefined) for (const [name, values] of several) properties[name] = values;
}
