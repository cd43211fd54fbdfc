import type { Taxon } from './taxon.ts';

const written = /^\s*(API|LLM|ML|M|A)0*([1-9]\d?)(?:\s*[-: ]\s*((?:19|20)\d{2}))?\b[\s:–-]*(.*)$/is;

const lists: Readonly<Record<string, string>> = {
  A: 'OWASP Top 10',
  API: 'OWASP API Security Top 10',
  LLM: 'OWASP Top 10 for LLM Applications',
  ML: 'OWASP Machine Learning Security Top 10',
  M: 'OWASP Mobile Top 10',
};

/** The OWASP category that a text such as `A03:2021 - Injection` or `A3: Sensitive Data Exposure` names. */
export function owaspOf(text: string): Taxon | undefined {
  const match = written.exec(text);
  if (match === null) return undefined;
  const letters = (match[1] as string).toUpperCase();
  const year = match[3];
  return {
    taxonomy: year === undefined ? (lists[letters] as string) : `${lists[letters]} ${year}`,
    id: `${letters}${(match[2] as string).padStart(2, '0')}`,
    name: match[4]?.trim() || undefined,
  };
}

/** A tag such as `external/owasp/a03-2021`. */
export function owaspTag({ taxonomy, id }: Taxon): string {
  const year = /\d{4}$/.exec(taxonomy)?.[0];
  return `external/owasp/${id.toLowerCase()}${year === undefined ? '' : `-${year}`}`;
}
