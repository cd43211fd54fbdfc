import type { MappingRow } from '../documentation/converter-page.ts';

/** Whether a row of a converter's page is about a field: its patterns name it, or begin like it and end with `*`. */
export function isAbout({ from }: Pick<MappingRow, 'from'>, field: string): boolean {
  return from.split(', ').some((pattern) => {
    const [before = '', after] = pattern.split('*');
    return after === undefined ? pattern === field : field.startsWith(before);
  });
}
