import type { FormatId } from '@sariflow/converters';

/** Values of `--from`. */
export const fromChoices = [
  'auto',
  'sarif',
  'semgrep',
  'sonarqube',
  'snyk',
  'veracode',
  'jfrog',
  'trivy',
  'checkov',
] as const satisfies readonly ('auto' | FormatId)[];

export type FromChoice = (typeof fromChoices)[number];
