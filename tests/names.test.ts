import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesBelow, projectRoot } from './project-files.ts';

/**
 * The project speaks of itself alone. What it must not contain is put together here from pieces, so that this file
 * passes its own test.
 */
const strangers: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  // Only what begins a path and goes on: invented paths of CI machines, and `file:///root/` as a base, are fine.
  {
    what: 'a path of one machine',
    pattern: new RegExp(`(?<![\\w.%}-])/(?:${['work', 'root'].join('/[.\\w]|')}/[.\\w])`),
  },
  { what: 'the number of an issue', pattern: /\b(?:issue|ticket|pull request|PR) #\d+/i },
  {
    what: 'a writing tool',
    pattern: new RegExp(
      `\\b(?:${[
        ['cla', 'ude'],
        ['anth', 'ropic'],
        ['chat', 'gpt'],
        ['open', 'ai'],
        ['co', 'pilot'],
      ]
        .map((pieces) => pieces.join(''))
        .join('|')})\\b`,
      'i',
    ),
  },
  { what: 'a note to finish later', pattern: new RegExp(`\\b(?:${['TO', 'FIX'].join('DO|')}ME)\\b`) },
];

const textFile =
  /\.(?:ts|mts|js|mjs|json|yaml|yml|md|sh|html|css|txt|sarif|ndjson|xml)$|(?:^|\/)(?:run|README|LICENSE|NOTICE)$/;

const files = filesBelow('.').filter((path) => textFile.test(path) && path !== 'pnpm-lock.yaml');

test('there are files to look at', () => {
  expect(files.length).toBeGreaterThan(100);
});

test.each(strangers)('no file holds $what', ({ pattern }) => {
  const found = files.flatMap((path) =>
    readFileSync(join(projectRoot, path), 'utf8')
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim().slice(0, 120)}`] : [])),
  );
  expect(found).toEqual([]);
});

test('files have kebab-case names', () => {
  const isKebab = /^[a-z0-9]+(?:[-.][a-z0-9]+)*$/;
  const wrong = files
    .filter((path) => /\.(?:ts|mts)$/.test(path))
    .filter((path) => !path.split('/').every((step) => isKebab.test(step)));
  expect(wrong).toEqual([]);
});
