import { copyJson } from '../json/copy-json.ts';
import type { PathSegment } from '../json/pointer.ts';
import type { Invocation, Result, RunHeader } from '../model/model.ts';
import { secretValues, withWords, wordsOf } from '../rules/log/command-line-secret.ts';
import { eachUri } from '../rules/log/each-uri.ts';
import { isRedacted } from '../rules/log/redacted.ts';
import { withoutCredentials } from '../rules/log/url-credentials.ts';
import { homeOwner } from '../rules/log/user-home.ts';
import { noSensitiveData } from '../rules/log/v018-no-sensitive-data.ts';
import { uriForm } from '../run/uri-form.ts';
import type { DidRepair, Mutable } from './repair.ts';

/**
 * What is taken out of a log. `secrets`: values of environment variables, secrets in command lines, credentials in URIs. `all`: what names people and
 * machines as well, which are accounts, machines and home folders.
 */
export type Redaction = 'secrets' | 'all';

/** Stands in place of what was taken out (section 3.14.28). */
const redactionToken = '[REDACTED]';

/** The same in a URI, where brackets may not stand. */
const tokenInUri = encodeURIComponent(redactionToken);

type Say = (path: readonly PathSegment[], fix: string) => void;

/** The header of a run without what is sensitive in it; the one that came in when there is nothing. Says each change. */
export function redactedRun(given: RunHeader, what: Redaction, did: DidRepair): RunHeader {
  const tokens = given.redactionTokens ?? [];
  const run: Mutable<RunHeader> = hasSensitiveUri('run', given, what, tokens) ? copyJson(given) : { ...given };
  if (run.invocations !== undefined) run.invocations = copyJson(run.invocations);
  if (run.conversion !== undefined) run.conversion = copyJson(run.conversion);
  // Of results it is not known yet whether their paths lead home.
  let hasToken = what === 'all';
  let isChanged = hasToken;
  const say: Say = (path, fix) => {
    isChanged = true;
    hasToken ||= fix.includes(redactionToken);
    did(noSensitiveData, fix, path);
  };
  for (const [index, invocation] of (run.invocations ?? []).entries()) {
    redactInvocation(invocation, ['invocations', index], what, tokens, say);
  }
  const converting = run.conversion?.invocation;
  if (converting !== undefined) redactInvocation(converting, ['conversion', 'invocation'], what, tokens, say);
  redactUris('run', run, what, tokens, say);
  if (hasToken && !tokens.includes(redactionToken)) run.redactionTokens = [...tokens, redactionToken];
  return isChanged ? run : given;
}

/** A result without what is sensitive in its URIs; `undefined` when there is nothing. Says each change. */
export function redactedResult(
  given: Result,
  what: Redaction,
  tokens: readonly string[],
  did: DidRepair,
): Mutable<Result> | undefined {
  if (!hasSensitiveUri('result', given, what, tokens)) return undefined;
  const result = copyJson(given) as Mutable<Result>;
  redactUris('result', result, what, tokens, (path, fix) => did(noSensitiveData, fix, path));
  return result;
}

function hasSensitiveUri(kind: 'run' | 'result', value: object, what: Redaction, tokens: readonly string[]): boolean {
  let isSensitive = false;
  eachUri(kind, value, ({ uri, isFile }) => {
    isSensitive ||= withoutSensitive(uri, isFile, what, tokens) !== undefined;
  });
  return isSensitive;
}

function redactInvocation(
  invocation: Mutable<Invocation>,
  path: readonly PathSegment[],
  what: Redaction,
  tokens: readonly string[],
  say: Say,
): void {
  const isSecret = (value: string | undefined) => value !== undefined && !isRedacted(value, tokens);
  const variables = Object.entries(invocation.environmentVariables ?? {});
  const secrets = variables.filter(([, value]) => isSecret(value)).length;
  if (secrets > 0) {
    invocation.environmentVariables = Object.fromEntries(
      variables.map(([name, value]) => [name, isSecret(value) ? redactionToken : value]),
    );
    say([...path, 'environmentVariables'], `${valuesAre(secrets)} replaced by ${redactionToken}.`);
  }
  if (what === 'all') {
    for (const member of ['account', 'machine'] as const) {
      if (!isSecret(invocation[member])) continue;
      invocation[member] = redactionToken;
      say([...path, member], `It is replaced by ${redactionToken}.`);
    }
  }
  const { commandLine, arguments: words } = invocation;
  const change = (member: 'commandLine' | 'arguments', before: readonly string[]) => {
    const after = redactedWords(before, what, tokens);
    if (after.every((word, at) => word === before[at])) return;
    if (member === 'arguments') invocation.arguments = after;
    else invocation.commandLine = withWords(commandLine as string, after);
    say([...path, member], `What is sensitive in it is replaced by ${redactionToken}.`);
  };
  if (commandLine !== undefined) change('commandLine', wordsOf(commandLine));
  if (words !== undefined && words !== null) change('arguments', words);
}

function valuesAre(count: number): string {
  return count === 1 ? 'The value of 1 variable is' : `The values of ${count} variables are`;
}

function redactedWords(words: readonly string[], what: Redaction, tokens: readonly string[]): string[] {
  const after = [...words];
  for (const { at, value } of secretValues(words, tokens)) {
    const word = after[at] as string;
    const start = word.lastIndexOf(value);
    after[at] = word.slice(0, start) + redactionToken + word.slice(start + value.length);
  }
  const anonymous = after.map((word) => withoutCredentials(word, tokens) ?? word);
  if (what !== 'all') return anonymous;
  // What was put between quotes, or behind a sign, is a path of its own.
  const pieces = (word: string) => word.split(/(["'=,;])/);
  return anonymous.map((word) =>
    pieces(word)
      .map((piece) => withoutOwner(piece, redactionToken) ?? piece)
      .join(''),
  );
}

function redactUris(kind: 'run' | 'result', value: object, what: Redaction, tokens: readonly string[], say: Say): void {
  eachUri(kind, value, ({ uri, isFile, holder, member }, path) => {
    const clean = withoutSensitive(uri, isFile, what, tokens);
    if (clean === undefined) return;
    (holder as Record<string | number, unknown>)[member] = clean;
    const isCut = clean.includes(tokenInUri) && !uri.includes(tokenInUri);
    say(
      [...path, member],
      isCut ? `The name of the user is replaced by ${redactionToken}.` : 'The credentials are taken out.',
    );
  });
}

/** A URI without what is sensitive in it; `undefined` when there is nothing. */
function withoutSensitive(
  uri: string,
  isFile: boolean,
  what: Redaction,
  tokens: readonly string[],
): string | undefined {
  // What is relative has neither a host nor a way home, and nearly all are.
  if (uriForm(uri).isPlain) return undefined;
  const anonymous = withoutCredentials(uri, tokens);
  return (what === 'all' && isFile ? withoutOwner(anonymous ?? uri, tokenInUri) : undefined) ?? anonymous;
}

/** A path without the name of the person into whose home folder it leads. */
function withoutOwner(path: string, token: string): string | undefined {
  const owner = homeOwner(path);
  return owner === undefined ? undefined : path.slice(0, owner.start) + token + path.slice(owner.end);
}
