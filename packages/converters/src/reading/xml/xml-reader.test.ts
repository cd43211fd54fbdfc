import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type XmlEncoding, xmlEncodingOf } from './xml-encoding.ts';
import { type XmlPiece, xmlPieces } from './xml-pieces.ts';
import { XmlReader } from './xml-reader.ts';

const start = { byteOffset: 0, charOffset: 0, line: 1, lineStart: 0 };

/** What a reader says of a document, one word for each event. */
async function eventsOf(
  bytes: Uint8Array,
  sizes: readonly number[] = [bytes.length],
  slowly = false,
): Promise<string[]> {
  const events: string[] = [];
  const encoding = xmlEncodingOf(bytes) as XmlEncoding;
  const reader = new XmlReader(
    {
      open: ({ name, attributes, at, broken }) => {
        const { line, column } = reader.places.placeAt(at);
        const values = Object.entries(attributes).map(([attribute, value]) => ` ${attribute}=${value}`);
        events.push(`<${name}${values.join('')}${broken === undefined ? '' : ' BROKEN'} @${line}:${column}`);
      },
      close: (name, _end, implied) => events.push(`${implied ? '(' : ''}/${name}`),
      damage: (message) => events.push(`! ${message}`),
      entities: () => {
        throw new Error('entities');
      },
    },
    { neverNested: new Set(['flaw', 'list']), slowly },
  );
  const source = {
    async *stream() {
      for (let at = encoding.markBytes, n = 0; at < bytes.length; n += 1) {
        const size = sizes[n % sizes.length] as number;
        yield bytes.slice(at, at + size);
        at += size;
      }
    },
  };
  for await (const piece of xmlPieces(source, encoding, start)) reader.read(piece as XmlPiece);
  const missing = reader.end();
  if (missing !== undefined) events.push(`END ${missing}`);
  return events;
}

const read = (text: string) => eventsOf(new TextEncoder().encode(text));

test('elements, attributes, references and places', async () => {
  const text = '<?xml version="1.0"?>\n<r>\n <flaw a="1 &amp; &#x32;" __proto__="x"/>\n <!-- & <? --></r>';
  const events = ['<r @2:1', '<flaw a=1 & 2 __proto__=x @3:2', '/flaw', '/r'];
  expect(await read(text)).toEqual(events);
  for (const size of [1, 3, 7]) expect(await eventsOf(new TextEncoder().encode(text), [size])).toEqual(events);
});

const flaw = (id: number) => `<flaw id="${id}"/>`;
const opened = (id: number, at: string) => [`<flaw id=${id} @1:${at}`, '/flaw'];

test.each<[name: string, text: string, broken: number, intact: readonly number[]]>([
  ['a quotation mark is missing', `<list><flaw id="1/>${flaw(2)}${flaw(3)}</list>`, 1, [2, 3]],
  ['a > is missing', `<list><flaw id="1" /${flaw(2)}${flaw(3)}</list>`, 1, [2, 3]],
  ['an attribute has no value', `<list><flaw id/>${flaw(2)}</list>`, 1, [2]],
  ['attributes are not apart', `<list><flaw id="1"x="2"/>${flaw(2)}</list>`, 1, [2]],
  ['a < too many', `<list><${flaw(1)}<${flaw(2)}</list>`, 0, [1, 2]],
  ['an end tag that ends nothing', `<list>${flaw(1)}</x>${flaw(2)}</list>`, 0, [1, 2]],
  ['an end tag is missing', `<list><flaw id="1"><m></flaw>${flaw(2)}</list>`, 0, [1, 2]],
  ['a slash is missing', `<list><flaw id="1">${flaw(2)}${flaw(3)}</list>`, 0, [1, 2, 3]],
  ['an end tag becomes an instruction', `<list>${flaw(1)}<?m>${flaw(2)}</list>`, 0, [1, 2]],
  ['an unknown entity', `<list><flaw id="1" x="&lol; &constructor;"/>${flaw(2)}</list>`, 0, [1, 2]],
  ['a control character', `<list><flaw id="1" x="\u0001"/>${flaw(2)}</list>`, 0, [1, 2]],
  ['text behind the root', `<list>${flaw(1)}</list>x`, 0, [1]],
])('%s: all other elements are read', async (_name, text, broken, intact) => {
  const events = await read(text);
  expect(events.filter((event) => event.includes('BROKEN'))).toHaveLength(broken);
  const ids = events.flatMap((event) => /^<flaw id=(\d)/.exec(event)?.[1] ?? []);
  expect(ids.map(Number)).toEqual(intact);
  expect(events.some((event) => event.startsWith('!') || event.includes('BROKEN'))).toBe(true);
  const opens = events.filter((event) => event.startsWith('<')).length;
  expect(events.filter((event) => /^\(?\//.test(event))).toHaveLength(opens);
});

test('an ampersand that begins no reference is taken as it is', async () => {
  const text = `<list><flaw id="1" x="a & b && c; d"/>${flaw(2)}</list>`;
  const events = await read(text);
  expect(events.filter((event) => event.startsWith('!'))).toHaveLength(3);
  expect(events).toContain('<flaw id=1 x=a & b && c; d @1:7');
  expect(events).toContain(`<flaw id=2 @1:${text.indexOf(flaw(2)) + 1}`);
});

test('a document that ends early', async () => {
  expect(await read(`<list>${flaw(1)}<flaw id="`)).toEqual([
    '<list @1:1',
    ...opened(1, '7'),
    '<flaw BROKEN @1:21',
    '(/flaw',
    '(/list',
    'END The document ends in the middle of the tag <flaw>.',
  ]);
  expect((await read(`<list>${flaw(1)}`)).at(-1)).toBe('END The document ends before </list>.');
  expect((await read(`<list>${flaw(1)}</lis`)).at(-1)).toBe('END The document ends before </list>.');
  expect((await read(' ')).at(-1)).toBe('END The document has no element.');
});

test('a document type that declares entities is told, whatever else it says', async () => {
  await expect(read('<!DOCTYPE r [<!ENTITY a "b">]><r/>')).rejects.toThrow('entities');
  expect(await read('<!DOCTYPE r SYSTEM "file:///etc/passwd"><r/>')).toEqual(['<r @1:41', '/r']);
});

test('encodings: of the byte order mark, of the declaration, unknown and impossible ones', async () => {
  const latin = Uint8Array.from('<?xml version="1.0" encoding="ISO-8859-1"?><r a="\u00e9"><b/></r>', (c) =>
    c.charCodeAt(0),
  );
  expect(await eventsOf(latin, [5])).toEqual(['<r a=é @1:44', '<b @1:53', '/b', '/r']);
  const wide = new Uint8Array(Buffer.from('\ufeff<r a="é">\n<b/></r>', 'utf16le'));
  expect(await eventsOf(wide, [3])).toEqual(['<r a=é @1:1', '<b @2:1', '/b', '/r']);
  const encode = (text: string) => xmlEncodingOf(new TextEncoder().encode(text));
  expect(encode('<?xml version="1.0" encoding="ebcdic"?><r/>')).toEqual({ unknown: 'ebcdic' });
  expect(encode('<?xml version="1.0" encoding="UTF-16"?><r/>')).toMatchObject({
    label: 'utf-8',
    wronglyDeclared: 'UTF-16',
  });
});

test('places count bytes in encodings of several bytes', async () => {
  const text = '<?xml version="1.0"?><r><a t="é日😀"/><b/></r>';
  const bytes = new TextEncoder().encode(text);
  const reader = new XmlReader(
    { open: () => {}, close: () => {}, damage: () => {}, entities: () => {} },
    { neverNested: new Set() },
  );
  for await (const piece of xmlPieces(bytes, { label: 'utf-8', markBytes: 0 }, start)) reader.read(piece);
  const at = text.indexOf('<b/>');
  const { byteOffset } = reader.places.placeAt(at);
  expect(new TextDecoder().decode(bytes.subarray(byteOffset))).toBe('<b/></r>');
});

test('damage in every tag is passed in time that grows with the length', async () => {
  const tags = 40_000;
  const events = await read(`<list>${'<flaw a= <?x & '.repeat(tags)}</list>`);
  expect(events.filter((event) => event.startsWith('<flaw'))).toHaveLength(tags);
});

const pieces = [
  ...[
    '<list>',
    '</list>',
    '<m>',
    '</m>',
    '<m >',
    '</m >',
    '<a:b-c.d/>',
    ' ',
    '\n\t',
    '\r\n',
    'text',
    '</x>',
    '<',
    '>',
    '&',
    '"',
  ],
  ...[
    '<!-- <m> & -- -->',
    '<![CDATA[ <m> ]]>',
    ']]>',
    '<?p <q?>',
    '<?p',
    '<!DOCTYPE r>',
    '<m',
    '<flaw a="1/>',
    '<flaw a=1/>',
  ],
  ...[
    '<flaw a="1" b="2"/>',
    '<flaw a="2" b="3"/>',
    '<flaw a="1"/>',
    "<flaw b='2' a='\"'/>",
    '<flaw a="1" a="2"/>',
    '<flaw/>',
  ],
  ...[
    '<flaw a="1"b="2"/>',
    '<flaw a = "1"/>',
    '<flaw a="x > y"/>',
    '<flaw a="x < y"/>',
    '<flaw a="x\ny"/>',
    '<flaw\n a="1"\n/>',
  ],
  ...['<flaw a="&amp;&#10;&#x41;"/>', '<flaw a="&lol;"/>', '<flaw a="& b"/>', '<flaw a="&#0;"/>', '<flaw a="é日😀"/>'],
  ...['<flaw a="\u0085\u2028\u0001"/>', '<flaw __proto__="x"/>', '<flaw a="1">', '</flaw>', '<1/>', '<é é="1"/>'],
];

test('plain tags read without the parser are those that it would have read', async () => {
  const documents = fc.array(fc.constantFrom(...pieces), { maxLength: 12 });
  const sizes = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(documents, sizes, async (parts, cuts) => {
      const bytes = new TextEncoder().encode(`<?xml version="1.0"?><r>${parts.join('')}</r>`);
      expect(await eventsOf(bytes, cuts)).toEqual(await eventsOf(bytes, cuts, true));
    }),
    { numRuns: 1_000 },
  );
});
