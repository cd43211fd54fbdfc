import { type Insertable, type Text, wrapText } from './text.ts';

const styles = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
  cyan: [36, 39],
} as const;

/** Colours text, or leaves it as it is where colours are off. Strings are data and get escaped. */
export type Paint = Readonly<Record<keyof typeof styles, (inner: Insertable) => Text>>;

/** @param enabled whether the output understands colours and the user wants them */
export function createPaint(enabled: boolean): Paint {
  const style = (name: keyof typeof styles) => {
    const [on, off] = styles[name];
    return (inner: Insertable) => (enabled ? wrapText(`\x1b[${on}m`, inner, `\x1b[${off}m`) : wrapText('', inner, ''));
  };
  return {
    bold: style('bold'),
    dim: style('dim'),
    red: style('red'),
    green: style('green'),
    yellow: style('yellow'),
    blue: style('blue'),
    cyan: style('cyan'),
  };
}

/** What `--color` can say. */
export type ColorChoice = 'auto' | 'always' | 'never';

/**
 * Whether to print colours on an output: what the flag says, else `NO_COLOR` and `FORCE_COLOR`, else whether it is a terminal.
 *
 * @param choice `auto` when the flag was not given
 */
export function wantsColor(
  choice: ColorChoice,
  env: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
): boolean {
  if (choice !== 'auto') return choice === 'always';
  if (isSet(env['NO_COLOR'])) return false;
  if (isSet(env['FORCE_COLOR'])) return env['FORCE_COLOR'] !== '0' && env['FORCE_COLOR'] !== 'false';
  return isTerminal && env['TERM'] !== 'dumb';
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== '';
}
