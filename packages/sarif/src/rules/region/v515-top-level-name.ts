import type { LogicalLocation, RunHeader } from '../../model/model.ts';
import { defineRule } from '../rule.ts';

const nesting = new WeakMap<readonly LogicalLocation[], boolean>();

/** Only where the run says which locations are nested: elsewhere, one without a parent need not be at the top. */
export const topLevelName = defineRule({
  id: 'SF-V515',
  name: 'top-level-name',
  level: 'note',
  specSection: '3.33.5',
  summary: 'The fully qualified name of a logical location at the top is its name.',
  explanation: {
    cause: 'The parent of the location was left out, or its name was decorated.',
    reason: 'A location without a parent is nested in nothing, so there is nothing that could qualify its name.',
    repair: 'None: it is not known whether the parent or the name is missing.',
    before: '{ "name": "Cart", "fullyQualifiedName": "Shop.Cart" }',
    after: '{ "name": "Cart", "fullyQualifiedName": "Shop.Cart", "parentIndex": 0 }',
  },
  visits: 'logicalLocation',
  check({ name, fullyQualifiedName, parentIndex = -1 }, { result, path, context }, report) {
    if (result !== undefined || path[0] !== 'logicalLocations' || parentIndex >= 0) return;
    if (name === undefined || fullyQualifiedName === undefined || name === fullyQualifiedName) return;
    if (!saysWhatIsNested(context.run)) return;
    report({
      message: `The location is at the top, but its fully qualified name '${fullyQualifiedName}' is not its name '${name}'. Write the same name, or the 'parentIndex' of what it is nested in.`,
      at: ['fullyQualifiedName'],
      value: fullyQualifiedName,
    });
  },
});

function saysWhatIsNested({ logicalLocations }: RunHeader): boolean {
  if (logicalLocations === undefined) return false;
  let says = nesting.get(logicalLocations);
  if (says === undefined) {
    says = logicalLocations.some(({ parentIndex = -1 }) => parentIndex >= 0);
    nesting.set(logicalLocations, says);
  }
  return says;
}
