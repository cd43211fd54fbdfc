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
  const values = new Map<string, unknown[]>();
  for (const { field, value } of kept) {
    if (options.placed?.has(field) !== true) options.losses.keep(`${options.within ?? ''}${field}`);
    const name = options.nameOf(field);
    const same = values.get(name);
    if (same === undefined) values.set(name, [value]);
    else same.push(value);
  }
  for (const [name, same] of values) properties[name] = same.length === 1 ? same[0] : same;
}
