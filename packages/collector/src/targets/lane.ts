/** What a lane is made of. */
export interface LaneParts {
  readonly target: string;
  readonly collector: string;
  readonly repository: string;
  /** Empty: the default branch. */
  readonly branch: string;
  readonly tool: string;
}

/**
 * One line that names a lane, the same in every run. The separator is escaped inside the parts, so different parts never
 * give the same line.
 */
export function laneKey(parts: LaneParts): string {
  const { target, collector, repository, branch, tool } = parts;
  return [target, collector, repository, branch, tool].map(escapePart).join(' | ');
}

function escapePart(text: string): string {
  return text
    .toWellFormed()
    .replaceAll('%', '%25')
    .replaceAll('|', '%7C')
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, (character) => encodeURIComponent(character));
}
