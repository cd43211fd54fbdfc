import { isObject, type JsonObject } from '../values/json-object.ts';

/**
 * `remediation` of a project: upgrades and pins by direct dependency, such as
 * `{ "django@1.6.1": { "upgradeTo": "django@1.6.3", "vulns": [ids] } }`.
 */
export class Remediation {
  /** What to upgrade to, by advisory and direct dependency. */
  readonly #upgrades = new Map<string, string>();
  readonly #pins = new Map<string, string[]>();

  constructor(remediation: JsonObject | undefined) {
    for (const { id, dependency, upgradeTo } of advicesOf(remediation?.['upgrade'])) {
      this.#upgrades.set(`${id} ${dependency}`, upgradeTo);
    }
    for (const { id, upgradeTo } of advicesOf(remediation?.['pin'])) {
      const pins = this.#pins.get(id);
      if (pins === undefined) this.#pins.set(id, [upgradeTo]);
      else pins.push(upgradeTo);
    }
  }

  /** The new version of a direct dependency that takes an advisory away. */
  upgradeOf(id: string, dependency: string | undefined): string | undefined {
    return this.#upgrades.get(`${id} ${dependency}`);
  }

  /** The versions to pin against an advisory. */
  pinsFor(id: string): readonly string[] {
    return this.#pins.get(id) ?? [];
  }
}

function* advicesOf(table: unknown): Generator<{ id: string; dependency: string; upgradeTo: string }> {
  if (!isObject(table)) return;
  for (const [dependency, entry] of Object.entries(table)) {
    const { upgradeTo, vulns } = isObject(entry) ? entry : {};
    if (typeof upgradeTo !== 'string' || !Array.isArray(vulns)) continue;
    for (const id of vulns as unknown[]) if (typeof id === 'string') yield { id, dependency, upgradeTo };
  }
}
