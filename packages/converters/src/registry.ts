import type { Converter } from './converter.ts';
import { semgrep } from './semgrep/index.ts';

/** The converters, in the order in which their formats are tried. */
export const converters: readonly Converter[] = [semgrep];
