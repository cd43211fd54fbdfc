import type { PathSegment } from '@sariflow/sarif';
import type { Doubt } from '../diagnostics/doubt.ts';
import { isObject, type JsonObject, kindOf } from './json-object.ts';

/** A value that goes to `properties`, because SARIF has no place for it or because it could not be read. */
export interface KeptValue {
  /** Path in the finding, such as `extra.engine_kind`. */
  readonly field: string;
  readonly value: unknown;
}

/**
 * Reads the members of an object whose types are not to be trusted. A member of the wrong type is doubted, kept, and
 * treated as absent; so is `null`, which some versions of some tools write for absent, without a doubt.
 */
export class Fields {
  readonly object: JsonObject;
  readonly path: readonly PathSegment[];
  /** What goes to `properties`; shared with the fields of nested objects. */
  readonly kept: KeptValue[];
  readonly #doubt: Doubt;

  constructor(object: JsonObject, doubt: Doubt, path: readonly PathSegment[] = [], kept: KeptValue[] = []) {
    this.object = object;
    this.#doubt = doubt;
    this.path = path;
    this.kept = kept;
  }

  text(name: string): string | undefined {
    const value = this.object[name];
    if (typeof value === 'string') return value;
    return this.#wrong(name, value, 'a string');
  }

  /** A text that may also be written as a number, such as an id. */
  label(name: string): string | undefined {
    const value = this.object[name];
    return typeof value === 'number' ? String(value) : this.text(name);
  }

  /** A whole number; scripts that rewrite reports make texts of them. */
  integer(name: string): number | undefined {
    const value = this.object[name];
    if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
    if (typeof value === 'string' && wholeNumber.test(value)) return Number(value);
    return this.#wrong(name, value, 'a whole number');
  }

  flag(name: string): boolean | undefined {
    const value = this.object[name];
    if (typeof value === 'boolean') return value;
    return this.#wrong(name, value, 'true or false');
  }

  list(name: string): readonly unknown[] | undefined {
    const value = this.object[name];
    if (Array.isArray(value)) return value;
    return this.#wrong(name, value, 'an array');
  }

  /** One text or several: many fields were one and became the other. */
  texts(name: string): readonly string[] {
    const value = this.object[name];
    if (typeof value === 'string') return [value];
    const texts: string[] = [];
    for (const [index, element] of (this.list(name) ?? []).entries()) {
      if (typeof element === 'string') texts.push(element);
      else this.doubtValue([name, index], element, 'a string');
    }
    return texts;
  }

  nested(name: string): Fields | undefined {
    const value = this.object[name];
    if (isObject(value)) return new Fields(value, this.#doubt, [...this.path, name], this.kept);
    return this.#wrong(name, value, 'an object');
  }

  /** The members of an object that stands somewhere below this one. */
  at(object: JsonObject, path: readonly PathSegment[]): Fields {
    return new Fields(object, this.#doubt, [...this.path, ...path], this.kept);
  }

  /** The same members, whose kept values go to a list of their own. */
  apart(): Fields {
    return new Fields(this.object, this.#doubt, this.path);
  }

  /** Keeps a value as written. */
  keep(name: string, value: unknown = this.object[name]): void {
    if (value === undefined || value === null) return;
    this.kept.push({ field: this.path.length === 0 ? name : fieldName([...this.path, name]), value });
  }

  /** Keeps all members but these, and says once of each that it is not known. */
  keepUnknown(known: Pick<ReadonlySet<string>, 'has'>): void {
    for (const name in this.object) {
      if (known.has(name) || !Object.hasOwn(this.object, name)) continue;
      const value = this.object[name];
      if (value === null) continue;
      this.keep(name, value);
      const field = fieldName([...this.path, name]);
      this.#doubt(
        'SF-K107',
        [...this.path, name],
        `The field ${JSON.stringify(field)} is not known; it is kept in the properties.`,
      );
    }
  }

  /** Says that a value inside this object is not what was expected, and keeps it. */
  doubtValue(path: readonly PathSegment[], value: unknown, expected: string): void {
    const full = [...this.path, ...path];
    const message = `${JSON.stringify(fieldName(full))} is ${kindOf(value)}; ${expected} was expected. It is kept in the properties.`;
    this.#doubt('SF-K102', full, message, value);
    this.kept.push({ field: fieldName(full), value });
  }

  /** Says something else about a member. */
  doubt(ruleId: Parameters<Doubt>[0], name: string | undefined, message: string): void {
    const path = name === undefined ? this.path : [...this.path, name];
    this.#doubt(ruleId, path, message, name === undefined ? undefined : this.object[name]);
  }

  #wrong(name: string, value: unknown, expected: string): undefined {
    if (value === undefined || value === null) return undefined;
    // A name such as "constructor" is inherited, not a member.
    if (!Object.hasOwn(this.object, name)) return undefined;
    this.doubtValue([name], value, expected);
    return undefined;
  }
}

const wholeNumber = /^-?\d{1,15}$/;

/** Path of a field in words: `extra.sca_info.kind`; positions in arrays are left out. */
function fieldName(path: readonly PathSegment[]): string {
  return path.filter((segment) => typeof segment === 'string').join('.');
}
