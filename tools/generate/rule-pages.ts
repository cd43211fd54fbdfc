/**
 * Writes `docs/rules/`: a page for each rule and their list, from what the rules say of themselves.
 *
 *     node tools/generate/rule-pages.ts
 *
 * Run it after the build when a rule has changed; commit what it writes.
 */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { ruleDocuments } from '@sariflow/sarif';
import { ruleIndex, rulePage } from './rule-page.ts';

const folder = new URL('../../docs/rules/', import.meta.url);

mkdirSync(folder, { recursive: true });
const pages = new Map([
  ['README.md', ruleIndex(ruleDocuments)],
  ...ruleDocuments.map((rule) => [`${rule.id}.md`, rulePage(rule)] as const),
]);
for (const name of readdirSync(folder)) if (!pages.has(name)) rmSync(new URL(name, folder));
for (const [name, page] of pages) writeFileSync(new URL(name, folder), page);
