import { describe, expect, test } from 'vitest';
import type { Artifact, ArtifactLocation, RunHeader } from '../model/model.ts';
import { ArtifactContents, type ReadSource } from './content.ts';
import { RepositoryPaths } from './repository-path.ts';

const base64 = (...bytes: number[]) => btoa(String.fromCharCode(...bytes));

function contentsOf(artifacts: Artifact[], more: Partial<RunHeader> = {}, readSource?: ReadSource): ArtifactContents {
  const run: RunHeader = { tool: { driver: { name: 'T' } }, artifacts, ...more };
  return new ArtifactContents(run, new RepositoryPaths(run), readSource);
}

const textOf = (contents: ArtifactContents, location: ArtifactLocation) => contents.of(location)?.lines?.text;

describe('which artifact', () => {
  const contents = contentsOf([
    { location: { uri: 'src/a.js' }, contents: { text: 'a' } },
    { location: { uri: 'src/b.js', uriBaseId: '%SRCROOT%' }, contents: { text: 'b' } },
    { location: { uri: 'src/c.js' } },
    { location: { uri: 'src/c.js' }, parentIndex: 0, contents: { text: 'inside a container' } },
  ]);

  test.each<[ArtifactLocation, string | undefined]>([
    [{ index: 0 }, 'a'],
    [{ uri: 'src/a.js' }, 'a'],
    [{ uri: './src/b.js' }, 'b'],
    [{ uri: 'src/b.js', index: 0 }, 'b'],
    [{ uri: 'src/a.js', index: 99 }, 'a'],
    [{ index: 3 }, 'inside a container'],
    [{ uri: 'src/c.js' }, undefined],
    [{ uri: 'src/d.js' }, undefined],
    [{}, undefined],
  ])('%j', (location, text) => expect(textOf(contents, location)).toBe(text));

  test('each content is decoded once', () => {
    expect(contents.of({ index: 0 })).toBe(contents.of({ uri: 'src/a.js' }));
  });

  test('nothing is looked for where there is none', () => {
    expect(contentsOf([{ location: { uri: 'a' } }]).isEmpty).toBe(true);
    expect(contents.isEmpty).toBe(false);
  });
});

describe('what it holds', () => {
  const only = (artifact: Artifact, more?: Partial<RunHeader>) => contentsOf([artifact], more).of({ index: 0 });

  test.each<[Artifact, Partial<RunHeader>, string | undefined]>([
    [{ contents: { text: 'x', binary: base64(121) } }, {}, 'x'],
    [{ contents: { binary: base64(0xef, 0xbb, 0xbf, 0xc3, 0xa9) }, encoding: 'utf-8' }, {}, 'é'],
    [{ contents: { binary: base64(0xe9) } }, { defaultEncoding: 'windows-1252' }, 'é'],
    [{ contents: { binary: base64(0xe9) }, encoding: 'utf-8' }, { defaultEncoding: 'windows-1252' }, undefined],
    [{ contents: { binary: base64(65) } }, {}, undefined],
    [{ contents: { binary: base64(65) }, encoding: 'no-such-encoding' }, {}, undefined],
  ])('%j with %j', (artifact, more, text) => {
    const content = only(artifact, more);
    expect(content?.lines?.text).toBe(text);
    expect(content?.bytes).toBeInstanceOf(Uint8Array);
  });

  test('what is no Base64 is no content', () => {
    expect(only({ contents: { binary: '%' }, encoding: 'utf-8' })).toBeUndefined();
  });

  test('lines end as the run says', () => {
    expect(only({ contents: { text: 'a\rb' } }, { newlineSequences: ['\r'] })?.lines?.count).toBe(2);
  });
});

test('what the log does not hold can be read by the caller, and by nobody else', () => {
  const asked: string[] = [];
  const readSource: ReadSource = ({ path }) => {
    asked.push(path);
    return path === 'src/a.js' ? new TextEncoder().encode('read') : undefined;
  };
  const contents = contentsOf([{ location: { uri: 'src/b.js' }, contents: { text: 'b' } }], {}, readSource);
  expect(textOf(contents, { uri: 'src/a.js' })).toBe('read');
  expect(textOf(contents, { uri: 'src/b.js' })).toBe('b');
  expect(textOf(contents, { uri: 'src/c.js' })).toBeUndefined();
  expect(asked).toEqual(['src/a.js', 'src/c.js']);
});
