import type { PathSegment } from '../../json/pointer.ts';
import type { Invocation, RunHeader } from '../../model/model.ts';
import { uriForm } from '../../run/uri-form.ts';
import { defineRule } from '../rule.ts';
import { secretOption, wordsOf } from './command-line-secret.ts';
import { eachUri } from './each-uri.ts';
import { isRedacted } from './redacted.ts';
import { hasCredentials } from './url-credentials.ts';
import { leadsHome } from './user-home.ts';

type Category = 'environment' | 'account' | 'machine' | 'home' | 'credentials' | 'command line';

/** The first of its category in the run. */
interface Sensitive {
  readonly category: Category;
  readonly path: readonly PathSegment[];
  /** The option whose value is a secret. */
  readonly option?: string;
}

/** Logs are passed on to people and services that must not have what the scan had. */
export const noSensitiveData = defineRule({
  id: 'SF-V018',
  name: 'no-sensitive-data',
  level: 'warning',
  specSection: '3.5.2',
  summary: 'A log holds no secrets, nor names of accounts, people and machines.',
  explanation: {
    cause:
      'The tool records how it was called: the environment, the command line, the account, the machine, folders of the user.',
    reason:
      'Logs are uploaded, attached to tickets and kept for years. A token in a command line is a token that everybody has.',
    repair:
      'None by itself: sariflow normalize --redact secrets replaces what is secret by [REDACTED], which redactionTokens then lists, and --redact all what names people and machines as well. sariflow upload always does the former, unless --redact-secrets is off. Change secrets that were written.',
    before: '{ "invocations": [{ "commandLine": "scan --token 1f9b3c", … }] }',
    after: '{ "redactionTokens": ["[REDACTED]"], "invocations": [{ "commandLine": "scan --token [REDACTED]", … }] }',
  },
  watches: 'results',
  watch({ run }) {
    const tokens = run.redactionTokens ?? [];
    let header: readonly Sensitive[] | undefined;
    const said = new Set<Category>();
    const ofHeader = () => {
      if (header === undefined) {
        header = inHeader(run, tokens);
        for (const { category } of header) said.add(category);
      }
      return header;
    };
    return {
      result(result, _resultIndex, report) {
        ofHeader();
        if (said.has('home') && said.has('credentials')) return;
        eachUri('result', result, ({ uri, isFile, member }, holder) => {
          const category = sensitivityOf(uri, isFile, tokens);
          if (category === undefined || said.has(category)) return;
          said.add(category);
          const path = [...holder, member];
          report({ message: messageOf({ category, path }), at: path });
        });
      },
      end(report) {
        for (const found of ofHeader()) report({ message: messageOf(found), at: found.path });
      },
    };
  },
});

function messageOf({ category, option }: Sensitive): string {
  const once = 'The first such place of the run is named.';
  const redact = `Leave it out, or replace it by a text that 'redactionTokens' lists. ${once}`;
  switch (category) {
    case 'environment':
      return `'environmentVariables' records the environment of the scan, which often holds secrets. ${redact}`;
    case 'account':
      return `'account' names who ran the scan. ${redact}`;
    case 'machine':
      return `'machine' names the computer that the scan ran on. ${redact}`;
    case 'home':
      return `The path leads into the home folder of a person, whose name it tells. Write paths relative to the source root. ${once}`;
    case 'credentials':
      return `The URI carries credentials in front of its host. Change them, and write the URI without them. ${once}`;
    case 'command line':
      return `The command line gives a secret as the value of '${option}'. Change the secret, and replace it in the log by a text that 'redactionTokens' lists. ${once}`;
  }
}

/** The first of each category in the header of a run. */
function inHeader(run: RunHeader, tokens: readonly string[]): Sensitive[] {
  const found = new Map<Category, Sensitive>();
  const take = (sensitive: Sensitive) => {
    if (!found.has(sensitive.category)) found.set(sensitive.category, sensitive);
  };
  for (const [index, invocation] of (run.invocations ?? []).entries()) {
    inInvocation(invocation, ['invocations', index], tokens, take);
  }
  const converting = run.conversion?.invocation;
  if (converting !== undefined) inInvocation(converting, ['conversion', 'invocation'], tokens, take);
  eachUri('run', run, ({ uri, isFile, member }, holder) => {
    const category = sensitivityOf(uri, isFile, tokens);
    if (category !== undefined) take({ category, path: [...holder, member] });
  });
  return [...found.values()];
}

function inInvocation(
  invocation: Invocation,
  path: readonly PathSegment[],
  tokens: readonly string[],
  take: (sensitive: Sensitive) => void,
): void {
  const { environmentVariables, account, machine, commandLine, arguments: args } = invocation;
  const isSecret = (value: string | undefined) => value !== undefined && !isRedacted(value, tokens);
  if (Object.values(environmentVariables ?? {}).some(isSecret)) {
    take({ category: 'environment', path: [...path, 'environmentVariables'] });
  }
  if (isSecret(account)) take({ category: 'account', path: [...path, 'account'] });
  if (isSecret(machine)) take({ category: 'machine', path: [...path, 'machine'] });
  const lines: [member: string, words: readonly string[]][] = [
    ['commandLine', commandLine === undefined ? [] : wordsOf(commandLine)],
    ['arguments', args ?? []],
  ];
  for (const [member, words] of lines) {
    const option = secretOption(words, tokens);
    if (option !== undefined) take({ category: 'command line', path: [...path, member], option });
    const isHome = words.some((word) => word.split(/["'=,;]/).some(leadsHome));
    if (isHome) take({ category: 'home', path: [...path, member] });
  }
}

/** What of a URI is sensitive. */
export function sensitivityOf(
  uri: string,
  isFile: boolean,
  tokens: readonly string[],
): 'credentials' | 'home' | undefined {
  // What is relative has neither a host nor a way home, and nearly all are.
  if (uriForm(uri).isPlain) return undefined;
  if (hasCredentials(uri, tokens)) return 'credentials';
  return isFile && leadsHome(uri) ? 'home' : undefined;
}
