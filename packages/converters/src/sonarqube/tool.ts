import type { ToolComponent } from '@sariflow/sarif';

const semanticVersion =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;

/** SonarQube as `tool.driver`, Server, Community Build and Cloud alike: another name would split the history of alerts. */
export function sonarqubeDriver(version?: string): Pick<ToolComponent, 'name'> & Partial<ToolComponent> {
  return {
    name: 'SonarQube',
    ...(version !== undefined && version !== '' && { version }),
    ...(version !== undefined && semanticVersion.test(version) && { semanticVersion: version }),
    organization: 'SonarSource',
    informationUri: 'https://www.sonarsource.com/products/sonarqube/',
  };
}
