import type { ExternalReference, Source } from '../../packages/sarif/src/index.ts';

const encoder = new TextEncoder();

/** Property files as logs ask for them: some are missing, some are none, the others have something for everybody. */
export class ExternalFiles {
  /** How many there were. */
  opened = 0;

  readonly open = async ({ property, uri, guid }: ExternalReference): Promise<Source | undefined> => {
    const sort = (uri.length + property.length) % 5;
    if (sort === 0) return undefined;
    if (sort === 1) throw new Error('The file cannot be opened.');
    this.opened += 1;
    if (sort === 2) return encoder.encode('{"version":"2.1.0","artifacts":[');
    const version = uri.length % 7 === 0 ? '1.0.0' : '2.1.0';
    return encoder.encode(JSON.stringify({ version, ...(guid !== undefined && { guid }), ...properties }));
  };
}

const rule = { id: 'shop/no-eval', relationships: [{ target: { index: 7 } }] };
const component = { name: 'Shop Lint', rules: [rule, rule], taxa: [{ id: 'CWE-79' }] };
const location = { uri: 'src/cart.js', index: 1 };
const physicalLocation = { artifactLocation: { index: 0 }, region: { startLine: 3 } };

/** Some of it is wrong. */
const properties = {
  results: [
    { ruleIndex: 0, message: { text: 'It is evaluated.' }, locations: [{ physicalLocation }] },
    { ruleId: 'shop/no-eval', level: 'critical', message: { id: 'a' }, taxa: [{ index: 0 }] },
    null,
  ],
  artifacts: [{ location, parentIndex: 9 }, { location }],
  logicalLocations: [{ name: 'cart', parentIndex: 0 }],
  threadFlowLocations: [{ location: { physicalLocation } }],
  graphs: [{ nodes: [{ id: 'a' }, { id: 'a' }] }],
  invocations: [{ executionSuccessful: false }],
  taxonomies: [component],
  extensions: [component],
  driver: component,
  conversion: { tool: { driver: component } },
  externalizedProperties: { tags: ['a', 'a'] },
};
