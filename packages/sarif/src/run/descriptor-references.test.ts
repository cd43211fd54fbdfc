import { describe, expect, test } from 'vitest';
import type { ReportingDescriptorReference } from '../model/model.ts';
import { DescriptorReferences, type ReferenceContext } from './descriptor-references.ts';

const A = '7a3f1f9e-8d1c-4a6e-9a53-0006961f3e50';
const B = '0d5c2e71-4b8e-4c1f-b0a4-6f2b8d9e1c07';

const references = new DescriptorReferences(
  {
    driver: { name: 'T', rules: [{ id: 'R0' }], notifications: [{ id: 'N0' }], taxa: [{ id: 'D0' }] },
    extensions: [{ name: 'E', rules: [{ id: 'X0' }, { id: 'X1', guid: B }], taxa: [{ id: 'EX' }] }],
  },
  [{ name: 'CWE', guid: A, taxa: [{ id: '79' }, { id: '89', guid: B }] }],
);

type Case = [ReportingDescriptorReference, ReferenceContext, string | undefined];

describe('what a reference means (sections 3.52, 3.54)', () => {
  test.each<Case>([
    [{ index: 0 }, 'rules', 'R0'],
    [{ index: 0 }, 'notifications', 'N0'],
    [{ index: 0 }, 'taxa', 'D0'],
    [{ index: 0 }, 'relationship', 'R0'],
    [{ index: 1 }, 'rules', undefined],
    [{ id: 'R0' }, 'rules', 'R0'],
    [{ id: 'R0/sub' }, 'rules', undefined],
    [{ guid: B.toUpperCase(), toolComponent: { index: 0 } }, 'rules', 'X1'],
    // The index counts before the GUID, and the GUID before the id.
    [{ index: 0, guid: B, id: 'X1', toolComponent: { index: 0 } }, 'rules', 'X0'],
    [{ guid: B, id: 'X0', toolComponent: { index: 0 } }, 'rules', 'X1'],
    [{ index: -1, id: 'X0', toolComponent: { name: 'E' } }, 'rules', 'X0'],
    // In the context of taxa an index counts taxonomies first, then extensions.
    [{ index: 1, toolComponent: { index: 0 } }, 'taxa', '89'],
    [{ index: 0, toolComponent: { index: 0, name: 'E' } }, 'taxa', 'EX'],
    [{ index: 0, toolComponent: { name: 'cwe' } }, 'taxa', '79'],
    [{ index: 0, toolComponent: { guid: A } }, 'taxa', '79'],
    [{ id: '89', toolComponent: { name: 'E', index: 9 } }, 'taxa', undefined],
    [{ id: '79', toolComponent: { name: 'OWASP' } }, 'taxa', undefined],
    [{ index: 0, toolComponent: { index: 0, name: 'E' } }, 'relationship', 'X0'],
    [{ index: 1, toolComponent: { index: 0 } }, 'relationship', '89'],
    [{ index: 1, guid: B, id: 'X1', toolComponent: { index: 0, name: 'E' } }, 'relationship', 'X1'],
  ])('%j in the context of %s is %s', (reference, context, expected) => {
    expect(references.resolve(reference, context)?.id).toBe(expected);
  });

  test.each<[ReportingDescriptorReference['toolComponent'], ReferenceContext, unknown, unknown]>([
    [{ index: 1 }, 'rules', undefined, 'index'],
    [{ index: 1 }, 'taxa', undefined, 'index'],
    [{ index: 1, name: 'CWE' }, 'taxa', { in: 'taxonomies', index: 0 }, 'index'],
    // Neither the name nor a taxon speaks for what stands there: OWASP is not in the log.
    [{ index: 0, name: 'OWASP' }, 'taxa', undefined, 'index'],
    [{ name: 'OWASP' }, 'taxa', undefined, undefined],
    [{ name: 'T' }, 'taxa', { in: 'driver' }, undefined],
  ])('the component %j in the context of %s is %j, wrong: %s', (toolComponent, context, place, wrong) => {
    const found = references.find({ id: 'x', ...(toolComponent && { toolComponent }) }, context);
    expect({ place: found.place, wrong: found.wrong }).toEqual({ place, wrong });
  });

  test('a relationship that names no component may stay in its own', () => {
    const own = { name: 'Own', taxa: [{ id: 'O0' }, { id: 'O1' }] };
    expect(references.find({ index: 1 }, 'relationship', own).byIndex?.id).toBe('O1');
    expect(references.find({ index: 0 }, 'relationship', own).byIndex?.id).toBe('R0');
    expect(references.find({ id: 'O0', index: 0 }, 'relationship', own).byIndex?.id).toBe('O0');
  });
});
