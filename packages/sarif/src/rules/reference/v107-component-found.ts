import type { Result, ToolComponent, ToolComponentReference } from '../../model/model.ts';
import type { Mutable } from '../../normalize/repair.ts';
import type { ReferencePlace } from '../../run/descriptor-references.ts';
import { type ComponentPlace, isSameOrParent, type RuleLookup } from '../../run/rule-lookup.ts';
import { defineRule, type Visit } from '../rule.ts';
import {
  type HeldReference,
  heldReferences,
  isEmptyReference,
  referenceHolders,
  removalOf,
} from './held-references.ts';

/** What counts in a component means nothing while nobody knows which component that is. */
export const componentFound = defineRule({
  id: 'SF-V107',
  name: 'component-found',
  level: 'error',
  specSection: '3.54',
  summary: 'The toolComponent of a reference leads to a component of the run, and has its name.',
  explanation: {
    cause: 'Extensions were removed, merged or renamed after the references to them had been written.',
    reason: 'An index into the rules of the wrong component leads to the wrong rule, or to none.',
    repair:
      'The component is named as the run has it, found by its GUID or its name. One that the run does not have is removed from the reference, together with the index that counts in it.',
    before: '{ "index": 0, "toolComponent": { "index": 4, "name": "Shop Rules" } }',
    after: '{ "index": 0, "toolComponent": { "index": 0, "name": "Shop Rules" } }',
  },
  visits: referenceHolders,
  check(holder, visit, report) {
    const held = heldReferences(holder, visit).filter(isWrong);
    if (held.length === 0) return;
    const lost = held.filter(({ reference, found }) => found.place === undefined && !isNamed(reference));
    const remove = removalOf(holder, lost);
    for (const each of held) {
      const { reference, found, at } = each;
      const toolComponent = reference.toolComponent ?? {};
      const { wrong } = found;
      const right = rightComponent(each, visit);
      report({
        message: messageOf(toolComponent, each),
        at: [...at, 'toolComponent', ...(wrong === undefined ? [] : [wrong])],
        value: wrong === undefined ? toolComponent : toolComponent[wrong],
        ...(wrong === undefined ? { level: 'warning' } : {}),
        fix: {
          description:
            right === undefined
              ? 'The component and the index that counts in it are removed from the reference.'
              : `The reference now names '${right.component.name}'.`,
          apply() {
            if (right !== undefined) {
              reference.toolComponent = named(toolComponent, right);
              return;
            }
            delete reference.toolComponent;
            delete reference.index;
            if (at[0] === 'rule') forgetRuleIndex(holder as Mutable<Result>, visit);
            if (isEmptyReference(reference)) remove();
          },
        },
      });
    }
  },
});

interface Right {
  readonly place: ReferencePlace;
  readonly component: ToolComponent;
}

/** A taxonomy that the run lacks is another rule's matter: a reference may name one. */
function isWrong({ found: { wrong, isByNameAlone, place }, context }: HeldReference): boolean {
  if (place === undefined) return wrong !== undefined && context !== 'taxa' && context !== 'relationship';
  return wrong !== undefined || isByNameAlone === true;
}

function isNamed({ id, guid }: HeldReference['reference']): boolean {
  return id !== undefined || guid !== undefined;
}

/** The component found; where only its name is wrong, the one that has the result's rule. */
function rightComponent(held: HeldReference, { context: { rules } }: Visit): Right | undefined {
  const { found } = held;
  const [component] = found.components;
  if (found.place === undefined || component === undefined) return undefined;
  const other = found.wrong === 'name' ? otherComponent(held, rules) : undefined;
  const right = other === undefined ? undefined : rules.components.at(other);
  if (right === undefined || other === undefined) return { place: found.place, component };
  return { place: other === 'driver' ? { in: 'driver' } : { in: 'extensions', index: other }, component: right };
}

/** Where the rule of a result is described, if not in the component that its reference leads to: under the name first. */
function otherComponent({ reference, found, at }: HeldReference, rules: RuleLookup): ComponentPlace | undefined {
  const { id, toolComponent } = reference;
  if (at[0] !== 'rule' || id === undefined) return undefined;
  const namesake = rules.components.named(toolComponent?.name);
  if (namesake !== undefined) return rules.naming(id, namesake) === undefined ? undefined : namesake;
  const isThere = found.byIndex !== undefined || found.byGuid !== undefined;
  return isThere ? undefined : rules.naming(id)?.component;
}

/** A reference to a component with the members that it has, and an index where there is one. */
function named(
  { index: _, guid, name, ...rest }: ToolComponentReference,
  { place, component }: Right,
): ToolComponentReference {
  return {
    ...(name === undefined && (guid === undefined || component.guid === undefined) && place.in !== 'driver'
      ? {}
      : { name: component.name }),
    ...(place.in === 'driver' ? {} : { index: place.index }),
    ...(guid === undefined || component.guid === undefined ? {} : { guid: component.guid }),
    ...rest,
  };
}

/** Without a component of its own the index counts in the driver: it stays where that makes sense. */
function forgetRuleIndex(result: Mutable<Result>, { context: { rules } }: Visit): void {
  const id = result.ruleId ?? result.rule?.id;
  const descriptor = rules.components.driver.rules?.[result.ruleIndex ?? -1];
  if (id === undefined || descriptor === undefined || !isSameOrParent(descriptor.id, id)) delete result.ruleIndex;
}

function messageOf(
  { index, guid, name }: ToolComponentReference,
  { found: { wrong, place, components } }: HeldReference,
): string {
  const [component] = components;
  const other = place === undefined ? '' : ` It seems to be '${component?.name}'.`;
  switch (wrong) {
    case 'index':
      return `The tool has no component at the index ${index}.${other} Name a component that the run has.`;
    case 'guid':
      return `No component that the reference could mean has the GUID '${guid}'.${other} Name a component that the run has.`;
    case 'name':
      return `The reference is to the component '${component?.name}', but calls it '${name}'. Name the component that is meant.`;
    default:
      return `The name '${name}' alone means the driver, but it is that of an extension. Write the index of the extension.`;
  }
}
