import type { RunHeader } from '../../model/model.ts';
import {
  type CachedKind,
  type CachedTypes,
  cachedArrays,
  cachedObject,
  isPerUse,
  isPerUseOfLocation,
  withCached,
} from '../../run/cached-objects.ts';
import { isExternal } from '../../run/external-arrays.ts';
import { deepEqual } from '../../schema/deep-equal.ts';
import { defineRule, type Visit } from '../rule.ts';

type Fields = Readonly<Record<string, unknown>>;
type Cached = Record<string, unknown> & { index?: number };

/** The kinds of the objects under these members; the arrays of the run itself are not meant. */
const kinds: Readonly<Record<string, CachedKind>> = {
  address: 'address',
  locations: 'threadFlowLocation',
  logicalLocations: 'logicalLocation',
  webRequest: 'webRequest',
  webResponse: 'webResponse',
};

/** A copy that differs from its original. */
export const cachedObjectAgrees = defineRule({
  id: 'SF-V415',
  name: 'cached-object-agrees',
  level: 'error',
  specSection: '3.33.3',
  like: ['SARIF1009'],
  summary:
    'An object that points into an array of the run points to an element, and says nothing else than that element does.',
  explanation: {
    cause:
      'Logical locations, thread flow locations, addresses or web requests were filtered or merged after the results were written.',
    reason: 'Some readers take the object as it stands, and some the element: they show different things.',
    repair:
      "What the object says counts; what it leaves out is taken from the element; 'index' is removed. An index that leads nowhere is removed.",
    before: '{ "logicalLocations": [{ "name": "pay" }], …, "logicalLocations": [{ "name": "total", "index": 0 }] }',
    after: '{ "logicalLocations": [{ "name": "pay" }], …, "logicalLocations": [{ "name": "total" }] }',
  },
  visits: ['address', 'logicalLocation', 'threadFlowLocation', 'webRequest', 'webResponse'],
  check(object, visit, report) {
    const { index = -1 } = object;
    const kind = kindOf(visit);
    if (index < 0 || kind === undefined) return;
    const { run } = visit.context;
    const array = cachedArrays[kind];
    const cached = cachedObject(kind, object, run);
    if (cached === undefined) {
      if (isExternal(array, run)) return;
      const count = run[array]?.length ?? 0;
      report({
        message: `'index' ${index} leads nowhere: '${array}' of the run has ${count} ${count === 1 ? 'element' : 'elements'}. Remove it, or correct it.`,
        at: ['index'],
        value: index,
        fix: {
          description: "'index' is removed.",
          apply(target) {
            delete (target as Cached).index;
          },
        },
      });
      return;
    }
    const differing = differingMembers(kind, object as Fields, cached as Fields);
    if (differing.length === 0) return;
    const names = differing.map((name) => `'${name}'`).join(', ');
    report({
      message: `${names} differs from that of element ${index} of '${array}', which this object stands for. Correct the index, or make them equal.`,
      at: ['index'],
      value: index,
      fix: {
        description: "What the object says is kept, and 'index' is removed.",
        apply: (target) => standAlone(kind, target as Cached, run),
      },
    });
  },
});

function kindOf({ path, result }: Visit): CachedKind | undefined {
  const isElement = result === undefined && path.length === 2;
  const member = path.findLast((segment) => typeof segment === 'string');
  return isElement || member === undefined || !Object.hasOwn(kinds, member) ? undefined : kinds[member];
}

/** Members that both have, and that are not equal. */
function differingMembers(kind: CachedKind, use: Fields, cached: Fields): string[] {
  return Object.keys(use).filter((name) => {
    const other = cached[name];
    if (other === undefined || isPerUse(kind, name) || deepEqual(use[name], other)) return false;
    return kind !== 'threadFlowLocation' || name !== 'location' || locationsDiffer(use[name], other);
  });
}

function locationsDiffer(use: unknown, cached: unknown): boolean {
  const other = cached as Fields;
  return Object.entries(use as Fields).some(
    ([name, value]) => !isPerUseOfLocation(name) && other[name] !== undefined && !deepEqual(value, other[name]),
  );
}

/** The copy takes over what it left out, so that nothing is lost with the index. */
function standAlone(kind: CachedKind, use: Cached, run: RunHeader): void {
  Object.assign(use, structuredClone(withCached(kind, use as unknown as CachedTypes[CachedKind], run)));
  delete use.index;
}
