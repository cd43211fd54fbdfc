type Synonyms = readonly (readonly [word: string, synonyms: readonly string[]])[];

const levels: Synonyms = [
  ['error', ['err', 'fatal', 'critical', 'high', 'blocker', 'severe']],
  ['warning', ['warn', 'medium', 'moderate', 'major']],
  ['note', ['info', 'information', 'informational', 'low', 'minor', 'hint', 'recommendation', 'style']],
  ['none', ['off', 'ignore', 'hidden']],
];
const kinds: Synonyms = [
  ['notApplicable', ['not_applicable', 'n/a']],
  ['fail', ['failed']],
  ['pass', ['passed', 'ok']],
  ['informational', ['info']],
];

/** SARIF's word, out of a closed vocabulary, for what other tools call a level or a kind. Letter case does not matter. */
export function synonymOf(vocabulary: readonly string[], word: string): string | undefined {
  const wanted = word.trim().toLowerCase();
  const match = [...levels, ...kinds].find(
    ([sarifWord, synonyms]) => vocabulary.includes(sarifWord) && synonyms.includes(wanted),
  );
  return match?.[0];
}
