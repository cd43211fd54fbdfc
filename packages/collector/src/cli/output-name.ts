const knownEndings = /\.(gz|zst|sarif|json|xml)$/i;
const longestStem = 100;

/**
 * A file name for the log made from an input, such as `semgrep.sarif` for `reports/semgrep.json.gz`. The input's name may come from an archive
 * and is not trusted: no folder, control character or leading dot of it survives.
 */
export function outputName(inputPath: string): string {
  const last = inputPath.split(/[/\\]/).findLast((segment) => segment !== '') ?? '';
  let stem = last === '-' ? 'stdin' : last;
  while (knownEndings.test(stem)) stem = stem.replace(knownEndings, '');
  stem = stem
    .replace(/[\p{Cc}\p{Cf}\p{Cs}<>:"|?*]/gu, '_')
    .replace(/^\.+/, '')
    .slice(0, longestStem)
    .toWellFormed();
  return `${stem === '' ? 'report' : stem}.sarif`;
}

/** The first of `name.sarif`, `name-2.sarif`, … that is not taken. */
export function freeName(name: string, isTaken: (candidate: string) => boolean): string {
  const stem = name.replace(/\.sarif$/, '');
  let candidate = name;
  for (let number = 2; isTaken(candidate); number += 1) candidate = `${stem}-${number}.sarif`;
  return candidate;
}
