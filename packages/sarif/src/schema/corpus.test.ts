import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { pointerOf } from '../json/pointer.ts';
import { checkLogHeader } from './check.ts';

const projectRoot = fileURLToPath(new URL('../../../../', import.meta.url));
const corpus = resolve(projectRoot, process.env['SARIFLOW_CORPUS'] ?? '../shared/corpus', 'sarif');
const isAbsent = !existsSync(corpus);

const valid = isAbsent ? [] : readdirSync(`${corpus}/valid`);
const expected: Record<string, { schema_errors?: string[] }> = isAbsent
  ? {}
  : JSON.parse(readFileSync(`${corpus}/expected.json`, 'utf8'));

function defectsOf(path: string): { rule: string; level: string; pointer: string; message: string }[] {
  const defects: ReturnType<typeof defectsOf> = [];
  const log: unknown = JSON.parse(readFileSync(`${corpus}/${path}`, 'utf8').replace(/^\uFEFF/, ''));
  checkLogHeader(log, ({ rule, path: at, message }) => {
    defects.push({ rule: rule.id, level: rule.level, pointer: pointerOf(at), message });
  });
  return defects;
}

test.skipIf(isAbsent)('the valid logs of the corpus have no structural error', () => {
  const errors = valid.flatMap((file) =>
    defectsOf(`valid/${file}`)
      .filter(({ level }) => level === 'error')
      .map((defect) => ({ file, ...defect })),
  );
  expect(errors).toEqual([]);
  expect(valid.length).toBeGreaterThan(100);
});

/** A line of another validator, such as `runs/0/results/1/kind: 'FAIL' is not one of […]`. */
const schemaError = /^((?:[\w$-]+\/)*[\w$-]+|\(root\)): (.*)$/s;

/** Errors of the published schema that are only noted here: the text of section 3.27.23 allows null. */
const differences = [/\/suppressions: None is not of type 'array'$/];

describe.skipIf(isAbsent)('the invalid logs of the corpus', () => {
  const cases = Object.entries(expected).flatMap(([file, { schema_errors: errors = [] }]) =>
    errors.map((error) => ({ file, error })),
  );

  test.each(cases)('$file: $error', ({ file, error }) => {
    if (error.startsWith('not JSON') || error.startsWith('(passes') || error.endsWith('schema errors in all')) return;
    const match = schemaError.exec(error);
    if (match === null) throw new Error(`The corpus words an error in a way that this test does not know: ${error}`);
    const [, place = '', problem = ''] = match;
    const pointer = place === '(root)' ? '' : `/${place}`;
    const at = defectsOf(file).filter(
      (defect) => defect.pointer === pointer || defect.pointer.startsWith(`${pointer}/`),
    );
    if (differences.some((difference) => difference.test(error))) {
      expect(at).toMatchObject([{ rule: 'SF-S217', level: 'note', pointer }]);
      return;
    }
    const unexpected = /^Additional properties are not allowed \('(\w+)(?:'| …)/.exec(problem)?.[1];
    if (unexpected === undefined) {
      expect(at.map((defect) => defect.pointer)).toContain(pointer);
    } else {
      const names = at
        .filter(({ rule }) => rule === 'SF-S204')
        .map((defect) => defect.pointer.slice(pointer.length + 1));
      expect(names.some((name) => name.startsWith(unexpected))).toBe(true);
    }
  });

  test('were looked at', () => expect(cases.length).toBeGreaterThan(40));
});
