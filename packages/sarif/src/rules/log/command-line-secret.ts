import { isRedacted } from './redacted.ts';

/** Last words of option names whose value is a secret. */
const secretWords: ReadonlySet<string> = new Set([
  'token',
  'password',
  'passwd',
  'passphrase',
  'pwd',
  'secret',
  'apikey',
  'accesskey',
  'authtoken',
  'accesstoken',
  'clientsecret',
]);

/** Pairs of last words of which the first alone says nothing: `--api-key`, `--access-key`. */
const secretPairs: ReadonlySet<string> = new Set(['api key', 'access key', 'secret key', 'account key', 'license key']);

/** The value of an option that is a secret. */
export interface SecretValue {
  /** Of the option, such as `--token`. */
  readonly option: string;
  /** Position of the word that ends with the value. */
  readonly at: number;
  /** As it stands in the word, quotes of its own included. */
  readonly value: string;
}

/** The name of the first option whose value is a secret, such as `--token`; undefined when there is none. */
export function secretOption(words: readonly string[], redactionTokens: readonly string[]): string | undefined {
  for (const { option } of secretValues(words, redactionTokens)) return option;
  return undefined;
}

/** Every value of an option that is a secret. */
export function* secretValues(words: readonly string[], redactionTokens: readonly string[]): Generator<SecretValue> {
  for (const [at, word] of words.entries()) {
    const { name, value } = parts(word);
    if (!isSecretName(name)) continue;
    // Without a sign in between only an option takes the next word for its value.
    const given = value ?? (/^(?:--?|\/)/.test(name) ? words[at + 1] : undefined);
    if (given === undefined || (value === undefined && /^[-/]/.test(given))) continue;
    if (isRedacted(unquoted(given), redactionTokens)) continue;
    yield { option: name, at: value === undefined ? at + 1 : at, value: given };
  }
}

const wordPattern = /(?:"[^"]*"|'[^']*'|[^\s"'])+/g;

/** The words of a command line as a shell would divide it, roughly: quotes keep spaces together. */
export function wordsOf(commandLine: string): string[] {
  return commandLine.match(wordPattern) ?? [];
}

/** The same command line with other words. */
export function withWords(commandLine: string, words: readonly string[]): string {
  let at = 0;
  return commandLine.replace(wordPattern, (old) => {
    const changed = words[at] ?? old;
    at += 1;
    return changed;
  });
}

/** `--name=value`, `-Dname=value`, `/name:value`, `NAME=value`. */
function parts(word: string): { readonly name: string; readonly value: string | undefined } {
  const plain = unquoted(word);
  const sign = plain.search(plain.startsWith('/') ? /[=:]/ : /=/);
  if (sign <= 0) return { name: plain, value: undefined };
  return { name: plain.slice(0, sign), value: plain.slice(sign + 1) };
}

function isSecretName(name: string): boolean {
  if (name.length > 100) return false;
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const last = words.at(-1);
  if (last === undefined) return false;
  return secretWords.has(last) || secretPairs.has(`${words.at(-2) ?? ''} ${last}`);
}

function unquoted(text: string): string {
  const [first] = text;
  const isQuoted = text.length >= 2 && (first === '"' || first === "'") && text.endsWith(first);
  return isQuoted ? text.slice(1, -1) : text;
}
