import type { Explanation } from '../explain/explanation.ts';
import { breakLines } from './break-lines.ts';
import { renderColumns } from './columns.ts';
import { displayWidth, fitStart } from './display-width.ts';
import { levelColors } from './level-colors.ts';
import type { Paint } from './paint.ts';
import { type Text, text } from './text.ts';

/** What explanations are drawn with. */
export interface ExplanationStyle {
  readonly paint: Paint;
  /** Columns of the output. */
  readonly columns: number;
}

const labelColumns = 11;
const fewestColumns = 40;
const mostColumns = 110;

/** A code and everything that there is to say about it. */
export function renderExplanation(explanation: Explanation, { paint, columns }: ExplanationStyle): Text[] {
  const { code, level, name, summary, specSection, like = [], exitCodes = [], flag, family } = explanation;
  const room = Math.min(Math.max(columns, fewestColumns), mostColumns);
  const title = level === undefined ? text`${code}` : paint[levelColors[level]](`${level}[${code}]`);
  const lines = [text`${paint.bold(title)}${name === undefined ? '' : ` ${name}`}`];
  for (const line of breakLines(summary, room)) lines.push(text`${line}`);
  lines.push(text``);

  const section = (label: string, shown: readonly (string | Text)[]) => {
    shown.forEach((line, index) => {
      lines.push(text`  ${paint.dim((index === 0 ? label : '').padEnd(labelColumns))}${line}`);
    });
  };
  const words = (label: string, said: string | undefined) =>
    section(label, said === undefined ? [] : breakLines(said, room - labelColumns - 2));
  words('cause', explanation.cause);
  words('reason', explanation.reason);
  words('repair', explanation.repair);
  // Code is not wrapped: it is there to be compared and copied.
  section('before', explanation.before?.split('\n') ?? []);
  section('after', explanation.after?.split('\n') ?? []);
  words('exit code', exitCodes.length === 0 ? undefined : exitCodes.join(', '));
  words('section', specSection === undefined ? undefined : `SARIF 2.1.0, ${specSection}`);
  words('elsewhere', like.length === 0 ? undefined : like.join(', '));
  words('checked', flag === undefined ? undefined : `with ${flag}`);
  words('family', family);
  return lines;
}

/** One line for each code, below the title of its family. */
export function renderExplanationList(list: readonly Explanation[], { paint, columns }: ExplanationStyle): Text[] {
  const families = new Map<string, Explanation[]>();
  for (const explanation of list) {
    const known = families.get(explanation.family);
    if (known === undefined) families.set(explanation.family, [explanation]);
    else known.push(explanation);
  }
  const codeColumns = Math.max(...list.map(({ code }) => displayWidth(code)));
  const kindColumns = Math.max(...list.map((explanation) => kindOf(explanation).length));
  const room = Math.max(columns, fewestColumns) - codeColumns - kindColumns - 6;
  return [...families].flatMap(([family, members], index) => {
    const [flag] = new Set(members.map((member) => member.flag));
    const title = text`${paint.bold(family)}${flag === undefined ? '' : paint.dim(` (${flag})`)}`;
    const rows = members.map((explanation) => {
      const { code, level, summary } = explanation;
      const kind = kindOf(explanation).padEnd(kindColumns);
      return [
        code.padEnd(codeColumns),
        level === undefined ? kind : paint[levelColors[level]](kind),
        displayWidth(summary) > room ? `${fitStart(summary, room - 1)}…` : summary,
      ];
    });
    return [...(index === 0 ? [] : [text``]), title, ...renderColumns(rows)];
  });
}

/** The level of a rule, or the numbers of an exit code. */
function kindOf({ level, exitCodes = [] }: Explanation): string {
  return level ?? exitCodes.join(', ');
}
