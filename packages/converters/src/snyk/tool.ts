import type { ToolComponent } from '@sariflow/sarif';

/** The parts of Snyk that find different things, each with rules of its own. */
export type Product = 'open-source' | 'container' | 'iac' | 'code' | 'secrets' | 'platform';

const names = {
  'open-source': 'Snyk Open Source',
  container: 'Snyk Container',
  iac: 'Snyk IaC',
  code: 'Snyk Code',
  secrets: 'Snyk Secrets',
  // Answers of the platform's APIs mix findings of all products.
  platform: 'Snyk',
} as const satisfies Record<Product, string>;

/** A product as `tool.driver`. The reports do not say which version of the tool wrote them. */
export function snykDriver(product: Product): Pick<ToolComponent, 'name'> & Partial<ToolComponent> {
  return { name: names[product], organization: 'Snyk', informationUri: 'https://docs.snyk.io/' };
}
