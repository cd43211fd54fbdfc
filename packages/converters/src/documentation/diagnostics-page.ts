import type { ConverterRule } from '../diagnostics/converter-rules.ts';

/** The page about everything that converters may say, in Markdown. */
export function renderDiagnosticsPage(rules: Readonly<Record<string, ConverterRule>>): string {
  const parts = [
    '# Diagnostics of the converters',
    'Written from the list that the converters use. A finding is never dropped without one of these.',
  ];
  for (const [id, { level, title, explanation, remedy, notify }] of Object.entries(rules)) {
    const notification = notify ? ' It is also a notification of the run in the converted log.' : '';
    parts.push(`## ${id}: ${title}`, `Level: ${level}.${notification}`, explanation, remedy);
  }
  return `${parts.join('\n\n')}\n`;
}
