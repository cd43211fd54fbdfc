import type { Address, LogicalLocation, RunHeader } from '../../model/model.ts';
import type { Mutable } from '../../normalize/repair.ts';
import { type Child, closingElements } from '../../run/closing-elements.ts';
import { isExternal } from '../../run/external-arrays.ts';
import { defineRule, type FindingReport, type Visit } from '../rule.ts';

const arrays = ['artifacts', 'logicalLocations', 'addresses'] as const;

/** A parent that does not exist, or is its own child. */
export const parentExists = defineRule({
  id: 'SF-V414',
  name: 'parent-exists',
  level: 'error',
  specSection: '3.24.3',
  like: ['SARIF1009'],
  summary: "A 'parentIndex' is that of an element of the same array, and nothing lies in itself.",
  explanation: {
    cause:
      'Artifacts, logical locations or addresses were filtered or merged, and the indices of their parents were not.',
    reason: 'Names and places are made by following the parents: that ends nowhere, or never.',
    repair: "'parentIndex' is removed. Of a circle, one link is.",
    before: '{ "logicalLocations": [{ "name": "checkout", "parentIndex": 7 }] }',
    after: '{ "logicalLocations": [{ "name": "checkout" }] }',
  },
  visits: ['run', 'logicalLocation', 'address'],
  check(object, visit, report) {
    if (visit.ownerKind === '') checkArrays(object as RunHeader, report);
    else if (!isElement(visit)) checkUse(object as LogicalLocation & Address, visit, report);
  },
});

function isElement({ result, path }: Visit): boolean {
  return result === undefined && path.length === 2;
}

function checkArrays(run: RunHeader, report: FindingReport): void {
  for (const array of arrays) {
    const elements: readonly Child[] = run[array] ?? [];
    const reportAt = (position: number, message: string) =>
      report({
        message,
        at: [array, position, 'parentIndex'],
        value: elements[position]?.parentIndex,
        fix: {
          description: "'parentIndex' is removed.",
          apply(target) {
            const element: Mutable<Child> | undefined = (target as RunHeader)[array]?.[position];
            if (element !== undefined) delete element.parentIndex;
          },
        },
      });
    for (const [position, { parentIndex = -1 }] of elements.entries()) {
      if (parentIndex >= elements.length && !isExternal(array, run)) {
        reportAt(position, outOfRange(parentIndex, array, elements.length));
      }
    }
    for (const position of closingElements(elements)) {
      const parent = elements[position]?.parentIndex as number;
      reportAt(
        position,
        parent === position
          ? `Element ${position} of '${array}' is its own parent. Remove 'parentIndex', or correct it.`
          : `Element ${position} of '${array}' has element ${parent} as its parent, which lies in element ${position}. Correct 'parentIndex'.`,
      );
    }
  }
}

function outOfRange(parentIndex: number, array: string, count: number): string {
  return `'parentIndex' ${parentIndex} leads nowhere: '${array}' of the run has ${count} ${count === 1 ? 'element' : 'elements'}. Remove it, or correct it.`;
}

/** The same of an object that stands for itself, such as the logical location of a result. */
function checkUse(use: LogicalLocation & Address, { context: { run }, owner }: Visit, report: FindingReport): void {
  const { parentIndex = -1, index = -1 } = use;
  if (parentIndex < 0) return;
  const array = owner?.member === 'address' ? 'addresses' : 'logicalLocations';
  const count = run[array]?.length ?? 0;
  const isOwn = parentIndex === index;
  if (!isOwn && (parentIndex < count || isExternal(array, run))) return;
  report({
    message: isOwn
      ? `'parentIndex' and 'index' are both ${index}: nothing lies in itself. Correct 'parentIndex'.`
      : outOfRange(parentIndex, array, count),
    at: ['parentIndex'],
    value: parentIndex,
    fix: {
      description: "'parentIndex' is removed.",
      apply(target) {
        delete (target as Mutable<Child>).parentIndex;
      },
    },
  });
}
