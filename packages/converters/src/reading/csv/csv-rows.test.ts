import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CsvOptions, type CsvRow, csvRows } from './csv-rows.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);

async function rowsOf(source: Parameters<typeof csvRows>[0], options?: CsvOptions): Promise<CsvRow[]> {
  const rows: CsvRow[] = [];
  for await (const batch of csvRows(source, options)) rows.push(...batch);
  return rows;
}

async function fieldsOf(text: string, options?: CsvOptions): Promise<(readonly string[])[]> {
  return (await rowsOf(bytesOf(text), options)).map(({ fields }) => fields);
}

describe('rows of a table', () => {
  test.each([
    [
      'a,b\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a,b\r\n1,2\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['\uFEFF"a",b\n', [['a', 'b']]],
    ['"x, y","say ""no"""\n', [['x, y', 'say "no"']]],
    [
      '"two\nlines",1\n2,3',
      [
        ['two\nlines', '1'],
        ['2', '3'],
      ],
    ],
    [',,\n', [['', '', '']]],
    ['"",""\n', [['', '']]],
    ['\n\n  \na\n\n', [['a']]],
    ['5" pipe,b ""c""\nd', [['5" pipe', 'b ""c""'], ['d']]],
    [' "a" , "b"\n', [['a', 'b']]],
    ['"a"b,c\n', [['ab', 'c']]],
    ['é,"ü"\n', [['é', 'ü']]],
  ])('%j', async (text, rows) => expect(await fieldsOf(text)).toEqual(rows));

  test('may have another separator', async () => {
    expect(await fieldsOf('a;"b;c"\n', { separator: ';' })).toEqual([['a', 'b;c']]);
    expect(await fieldsOf('a\t\t"b"\n', { separator: '\t' })).toEqual([['a', '', 'b']]);
  });

  test('know where they start', async () => {
    const rows = await rowsOf(bytesOf('a\n"ä\n\nb",2\n3'));
    expect(rows.map(({ place }) => place)).toEqual([
      { byteOffset: 0, line: 1, column: 1 },
      { byteOffset: 2, line: 2, column: 1 },
      { byteOffset: 12, line: 5, column: 1 },
    ]);
  });

  test('a quotation that does not end is told', async () => {
    const rows = await rowsOf(bytesOf('a,b\n1,"2\n3,4'));
    expect(rows.map(({ isCut }) => isCut)).toEqual([false, true]);
  });

  test('a row that is too long ends the reading', async () => {
    const source = {
      stream: async function* () {
        for (let n = 0; n < 9; n += 1) yield bytesOf('"xxxxxxxxxx');
      },
    };
    await expect(rowsOf(source, { limits: { maxElementBytes: 50 } })).rejects.toMatchObject({ code: 'SF-P113' });
  });
});

const field = fc.string({ unit: fc.constantFrom('a', 'ö', '"', ',', '\n', '\r\n', ' ', '😀') });
const table = fc.array(fc.array(field, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 });
const written = (rows: readonly (readonly string[])[]) =>
  rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(',')).join('\n');

test('what is quoted comes back, however the bytes are cut', async () => {
  await fc.assert(
    fc.asyncProperty(table, fc.integer({ min: 1, max: 7 }), async (rows, size) => {
      const bytes = bytesOf(written(rows));
      const source = {
        async *stream() {
          for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
        },
      };
      expect((await rowsOf(source)).map(({ fields }) => fields)).toEqual(rows);
    }),
  );
});

test('any text has the same rows, however its bytes are cut', async () => {
  await fc.assert(
    fc.asyncProperty(field, fc.integer({ min: 1, max: 3 }), async (text, size) => {
      const bytes = bytesOf(text);
      const source = {
        async *stream() {
          for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size);
        },
      };
      expect(await rowsOf(source)).toEqual(await rowsOf(bytes));
    }),
  );
});
