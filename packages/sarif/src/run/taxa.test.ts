import { describe, expect, test } from 'vitest';
import type { ReportingDescriptorReference, RunHeader } from '../model/model.ts';
import { TaxonLookup } from './taxa.ts';

const guid = '7a3f1f9e-8d1c-4a6e-9a53-0006961f3e50';
const taxonGuid = '11111111-8d1c-4a6e-9a53-0006961f3e50';
const run: RunHeader = {
  tool: {
    driver: { name: 'Shop Lint', taxa: [{ id: 'own' }] },
    extensions: [{ name: 'Pack', taxa: [{ id: 'packed' }] }],
  },
  taxonomies: [
    { name: 'CWE', taxa: [{ id: '22' }, { id: '89', guid: taxonGuid }] },
    { name: 'Shop', guid, taxa: [{ id: 'S1' }] },
  ],
};

describe('a reference to a taxon', () => {
  test.each<[string, ReportingDescriptorReference, string | undefined, string | undefined, boolean]>([
    ['an index among the taxonomies', { index: 1, toolComponent: { index: 0 } }, 'CWE', '89', true],
    [
      'an index among the extensions, as its name says',
      { index: 0, toolComponent: { index: 0, name: 'Pack' } },
      'Pack',
      'packed',
      true,
    ],
    ['a GUID of a taxonomy', { id: 'S1', toolComponent: { guid: guid.toUpperCase() } }, 'Shop', 'S1', true],
    ['a name in any case', { id: '22', toolComponent: { name: 'cwe' } }, 'CWE', '22', true],
    ['a GUID of a taxon', { guid: taxonGuid, toolComponent: { name: 'CWE' } }, 'CWE', '89', true],
    ['none: the driver', { index: 0 }, 'Shop Lint', 'own', true],
    ['a taxonomy that the log lacks', { id: 'A03', toolComponent: { name: 'OWASP' } }, 'OWASP', 'A03', false],
    ['a taxon that the log lacks', { id: '79', toolComponent: { name: 'CWE' } }, 'CWE', '79', false],
  ])('by %s', (_, reference, taxonomy, id, isThere) => {
    const found = new TaxonLookup(run).find(reference);
    expect([found.taxonomy, found.id, found.taxon !== undefined]).toEqual([taxonomy, id, isThere]);
  });

  test('a component that has another name than the reference says is not it', () => {
    expect(new TaxonLookup(run).componentOf({ index: 1, name: 'OWASP' })).toBeUndefined();
    expect(new TaxonLookup(run).componentOf({ index: 7 })).toBeUndefined();
    expect(new TaxonLookup(run).componentOf(undefined)?.name).toBe('Shop Lint');
  });
});

test('the taxa of a result: stated, then implied, then related', () => {
  const cwe = { name: 'CWE' };
  const rule = {
    id: 'R1',
    relationships: [
      { target: { id: 'R2' } },
      { target: { id: '1', toolComponent: cwe } },
      { target: { id: '2', toolComponent: cwe }, kinds: ['subset', 'incomparable'] },
      { target: { id: '3', toolComponent: cwe }, kinds: ['relevant', 'equal'] },
      { target: { id: '4', toolComponent: cwe }, kinds: ['superset'] },
    ],
  };
  const taxa = new TaxonLookup(run).taxaOf({ message: {}, taxa: [{ id: '5', toolComponent: cwe }] }, rule);
  expect(taxa.map(({ id, confidence }) => `${id} ${confidence}`)).toEqual([
    '5 stated',
    '3 implied',
    '4 implied',
    '1 related',
    '2 related',
  ]);
});
