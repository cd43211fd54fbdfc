import type { ToolComponent } from '@sariflow/sarif';

/** What JFrog's products look for. Each is a run of its own, because rule ids and severities mean different things. */
export type Family = 'sca' | 'licenses' | 'risks' | 'secrets' | 'iac' | 'sast' | 'malicious';

const names = {
  sca: 'JFrog Xray',
  licenses: 'JFrog Xray',
  risks: 'JFrog Xray',
  secrets: 'JFrog Secrets',
  iac: 'JFrog IaC',
  sast: 'JFrog SAST',
  malicious: 'JFrog Malicious Code',
} as const satisfies Record<Family, string>;

/** The product as `tool.driver`. Xray's reports do not say which version wrote them. */
export function driverOf(family: Family): Pick<ToolComponent, 'name'> & Partial<ToolComponent> {
  return { name: names[family], organization: 'JFrog Ltd.', informationUri: 'https://jfrog.com/xray/' };
}
