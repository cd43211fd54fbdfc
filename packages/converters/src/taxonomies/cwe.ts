import type { Taxon } from './taxon.ts';

const written = /\bCWE[-_: ]?0*([1-9]\d{0,4})\b[:\s-]*(.*)$/is;
const bare = /^0*([1-9]\d{0,4})$/;

/**
 * The CWE that a text such as `CWE-89: SQL Injection`, `cwe:89` or `89` names. Undefined for texts without a number,
 * such as `NVD-CWE-noinfo`.
 */
export function cweOf(text: string): Taxon | undefined {
  const match = written.exec(text);
  if (match !== null) return { taxonomy: 'CWE', id: match[1] as string, name: match[2]?.trim() || undefined };
  const number = bare.exec(text.trim());
  return number === null ? undefined : { taxonomy: 'CWE', id: number[1] as string };
}

const listed = /^CWE[-_:]?\d{1,6}$/i;

/** The classes that a text such as `CWE-20 CWE-295` or `CWE-79, CWE-80` lists, each in a text of its own; else the text. */
export function cweTexts(text: string): readonly string[] {
  if (text.length < 9) return [text];
  const texts = text.split(/[\s,;|]+/).filter((part) => part !== '');
  return texts.length > 1 && texts.every((part) => listed.test(part)) ? texts : [text];
}

/** The tag that consumers of CodeQL's logs read: lower case, three digits at least. */
export function cweTag(id: string): string {
  return `external/cwe/cwe-${id.padStart(3, '0')}`;
}
