import type { Address, PhysicalLocation, RunHeader } from '../../model/model.ts';
import { AddressTable } from '../../run/address-table.ts';
import type { RunContext } from '../../run/run-context.ts';
import { defineRule } from '../rule.ts';

/** The addresses of a run as they are by now: a parent that is repaired has another place in its chain. */
const current = new WeakMap<RunContext, AddressTable>();

/** An address may be stated in three ways, and they have to be the same address. */
export const addressConsistent = defineRule({
  id: 'SF-V514',
  name: 'address-consistent',
  level: 'error',
  specSection: '3.32',
  summary:
    'An address has both a parent and an offset from it or neither, and what it states is what its parents add up to.',
  explanation: {
    cause:
      'Addresses were computed after relocation, the parent was left out, or the length is that of something else.',
    reason: 'Readers that use one value go to another place than readers that use the other.',
    repair:
      'What lacks its other half is removed, and so is an absolute or relative address that differs from the sum of the offsets, and a length that differs from the byteLength of the region.',
    before: '{ "parentIndex": 0, "offsetFromParent": 376, "relativeAddress": 300 }',
    after: '{ "parentIndex": 0, "offsetFromParent": 376 }',
  },
  visits: ['run', 'address'],
  check(object, { context, path, result, owner, ownerKind }, report) {
    if (result === undefined && path.length === 0) {
      current.set(context, new AddressTable((object as RunHeader).addresses ?? []));
      return;
    }
    const address = object as Address;
    const hasParent = (address.parentIndex ?? -1) >= 0;
    const hasOffset = address.offsetFromParent != null;
    if (hasOffset && !hasParent)
      tell('offsetFromParent', "The address has 'offsetFromParent' but no 'parentIndex'. Write both, or neither.");
    if (hasParent && !hasOffset)
      tell('parentIndex', "The address has 'parentIndex' but no 'offsetFromParent'. Write both, or neither.");
    const { absolute, relative } = tableOf(context).of(address);
    const { absoluteAddress = -1, relativeAddress } = address;
    if (absolute !== undefined && absoluteAddress >= 0 && absoluteAddress !== absolute) {
      tell(
        'absoluteAddress',
        `'absoluteAddress' is ${absoluteAddress}, but the parent and the offset give ${absolute}. Write what is right.`,
      );
    }
    if (relative !== undefined && relativeAddress != null && relativeAddress !== relative) {
      tell(
        'relativeAddress',
        `'relativeAddress' is ${relativeAddress}, but the offsets of the parents add up to ${relative}. Write what is right.`,
      );
    }
    const byteLength =
      ownerKind === 'physicalLocation'
        ? (owner?.holder as PhysicalLocation | undefined)?.region?.byteLength
        : undefined;
    if (byteLength !== undefined && address.length != null && Math.abs(address.length) !== byteLength) {
      tell(
        'length',
        `'length' is ${address.length}, but the 'byteLength' of the region is ${byteLength}. Write the same length, or one of the two.`,
      );
    }

    function tell(member: keyof Address, message: string): void {
      report({
        message,
        at: [member],
        value: address[member],
        fix: {
          description: `'${member}' is removed.`,
          apply(target) {
            delete (target as Address)[member];
          },
        },
      });
    }
  },
});

function tableOf(context: RunContext): AddressTable {
  let table = current.get(context);
  if (table === undefined) {
    table = new AddressTable(context.run.addresses ?? []);
    current.set(context, table);
  }
  return table;
}
