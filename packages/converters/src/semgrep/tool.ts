import type { ToolComponent } from '@sariflow/sarif';

const semanticVersion =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;

/** Semgrep as `tool.driver`. The name does not vary with the engine: that would split the history of alerts. */
export function semgrepDriver(version?: string): Pick<ToolComponent, 'name'> & Partial<ToolComponent> {
  return {
    name: 'Semgrep',
    ...(version !== undefined && version !== '' && { version }),
    ...(version !== undefined && semanticVersion.test(version) && { semanticVersion: version }),
    organization: 'Semgrep, Inc.',
    informationUri: 'https://semgrep.dev',
  };
}
