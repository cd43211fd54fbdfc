import { checkov } from './checkov/index.ts';
import type { Converter } from './converter.ts';
import { jfrog } from './jfrog/index.ts';
import { semgrep } from './semgrep/index.ts';
import { snyk } from './snyk/index.ts';
import { sonarqube } from './sonarqube/index.ts';
import { trivy } from './trivy/index.ts';
import { veracode } from './veracode/index.ts';

/** The converters, in the order in which their formats are tried. */
export const converters: readonly Converter[] = [semgrep, sonarqube, snyk, veracode, jfrog, trivy, checkov];
