import { sha256Hex } from '@sariflow/sarif';
import { firstSentence } from '../texts/first-sentence.ts';
import { isObject, type JsonObject } from '../values/json-object.ts';
import type { VendorQuirk } from './vendor-quirk.ts';
import { withMember, withProperties } from './with-member.ts';

/** `CVE-2020-8203_lodash_4.17.0`: what is wrong, in which package, in which version. */
interface FindingRule {
  readonly id: string;
  readonly packageName: string;
  readonly version: string;
}

/**
 * JFrog makes a rule of each finding by putting the package and its version behind the vulnerability's name. Whoever counts
 * rules, switches one off or compares two scans sees a new rule with each upgrade. The vulnerability becomes the rule; package,
 * version and what the rules say of them go to the result.
 */
export const jfrogFindingRules: VendorQuirk = {
  ruleId: 'SF-K305',
  vendor: 'jfrog',
  start({ run }, say) {
    const tool = isObject(run['tool']) ? run['tool'] : {};
    const driver = isObject(tool['driver']) ? tool['driver'] : {};
    const rules: unknown = driver['rules'];
    if (!Array.isArray(rules)) return undefined;
    const before = new Map<string, JsonObject>();
    const after = new Map<string, JsonObject>();
    let changed = 0;
    for (const rule of rules as unknown[]) {
      // A list with something else in it is the schema's matter.
      if (!isObject(rule) || typeof rule['id'] !== 'string') return undefined;
      const finding = partsOf(rule['id']);
      before.set(rule['id'], rule);
      if (finding !== undefined) changed += 1;
      const id = finding?.id ?? rule['id'];
      const known = after.get(id);
      after.set(id, finding === undefined ? rule : known === undefined ? ruleOf(id, rule) : withHigher(known, rule));
    }
    if (changed === 0) return undefined;
    say(['tool', 'driver', 'rules'], `${changed} rules that name a package each are now ${after.size} rules in all.`);
    const order = new Map(Array.from(after.keys(), (id, index) => [id, index]));
    const repaired = withMember(driver, 'rules', [...after.values()]);
    return {
      run: withMember(run, 'tool', withMember(tool, 'driver', repaired)),
      result: (result) => {
        const { ruleId } = result;
        if (typeof ruleId !== 'string') return result;
        const finding = partsOf(ruleId);
        const index = order.get(finding?.id ?? ruleId);
        const pointed =
          index === undefined ? withMember(result, 'ruleIndex', undefined) : withMember(result, 'ruleIndex', index);
        return finding === undefined
          ? pointed
          : resultOf(withMember(pointed, 'ruleId', finding.id), ruleId, finding, before.get(ruleId));
      },
    };
  },
};

function partsOf(ruleId: string): FindingRule | undefined {
  const first = ruleId.indexOf('_');
  const last = ruleId.lastIndexOf('_');
  if (first <= 0 || last <= first + 1 || last === ruleId.length - 1) return undefined;
  const id = ruleId.slice(0, first);
  if (!/^(?:CVE-\d{4}-\d{4,}|XRAY-\d+)$/i.test(id)) return undefined;
  return { id, packageName: ruleId.slice(first + 1, last), version: ruleId.slice(last + 1) };
}

/** The rule about the vulnerability alone: what the tables in Markdown say is about the package. */
function ruleOf(id: string, rule: JsonObject): JsonObject {
  const full = textOf(rule['fullDescription']);
  const help = textOf(rule['help']);
  const score = scoreOf(rule);
  return {
    id,
    ...(full !== undefined && { shortDescription: { text: firstSentence(full) }, fullDescription: { text: full } }),
    ...(help !== undefined && { help: { text: help } }),
    ...(typeof rule['helpUri'] === 'string' && { helpUri: rule['helpUri'] }),
    ...(rule['defaultConfiguration'] !== undefined && { defaultConfiguration: rule['defaultConfiguration'] }),
    ...(Array.isArray(rule['relationships']) && { relationships: rule['relationships'] }),
    properties: {
      tags: ['security'],
      ...(score !== undefined && { 'security-severity': score }),
    },
  };
}

/** Packages are rated each for itself: the rule has the highest. */
function withHigher(known: JsonObject, rule: JsonObject): JsonObject {
  const [old, score] = [scoreOf(known), scoreOf(rule)];
  if (score === undefined || Number(score) <= Number(old ?? 0)) return known;
  return withProperties(known, { 'security-severity': score });
}

function resultOf(
  result: JsonObject,
  ruleId: string,
  { packageName, version }: FindingRule,
  rule: JsonObject | undefined,
): JsonObject {
  const own = isObject(rule?.['properties']) ? rule['properties'] : {};
  const table = isObject(rule?.['help']) ? rule['help']['markdown'] : undefined;
  const title = textOf(rule?.['shortDescription']);
  const message = textOf(result['message']) ?? '';
  const score = rule === undefined ? undefined : scoreOf(rule);
  const described = withProperties(result, {
    ...(score !== undefined && { 'security-severity': score }),
    'xray/rule': {
      id: ruleId,
      ...(title !== undefined && { title }),
      ...(typeof table === 'string' && { markdown: table }),
      ...(own['impactPaths'] !== undefined && { impactPaths: own['impactPaths'] }),
    },
  });
  const name = { name: packageName, fullyQualifiedName: `${packageName}@${version}`, kind: 'package' };
  const fingerprints = isObject(result['partialFingerprints']) ? result['partialFingerprints'] : {};
  // Rule, place and text may be those of another finding now; what told them apart was the rule.
  const identity = { ...fingerprints, 'xray/finding/v1': sha256Hex(`${ruleId}\u001f${message}`) };
  return withMember(withPackage(described, name), 'partialFingerprints', identity);
}

function withPackage(result: JsonObject, name: JsonObject): JsonObject {
  const locations: unknown = result['locations'];
  const [first, ...rest] = Array.isArray(locations) ? (locations as unknown[]) : [{}];
  if (!isObject(first)) return result;
  const names: unknown = first['logicalLocations'];
  const all = Array.isArray(names) ? [...(names as unknown[]), name] : [name];
  return withMember(result, 'locations', [withMember(first, 'logicalLocations', all), ...rest]);
}

function textOf(message: unknown): string | undefined {
  const text = isObject(message) ? message['text'] : undefined;
  return typeof text === 'string' && text !== '' ? text : undefined;
}

function scoreOf(rule: JsonObject): string | undefined {
  const score = isObject(rule['properties']) ? rule['properties']['security-severity'] : undefined;
  return typeof score === 'string' && Number(score) > 0 && Number(score) <= 10 ? score : undefined;
}
