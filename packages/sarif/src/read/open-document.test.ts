import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Source } from '../json/source.ts';
import { reusedSource } from '../json/test-support/cuts.ts';
import { placeOf } from '../json/test-support/place-of.ts';
import { type ReadOptions, readSarif } from './read-sarif.ts';

const encoder = new TextEncoder();
const text =
  '{"version":"2.1.0","runs":[{"results":[{"message":{"text":"é😀"}},{"message":{"text":"b"}}],\n"tool":{"driver":{"name":"é"}}}]}\n';

async function read(source: Source, options: ReadOptions = {}) {
  const said: Diagnostic[] = [];
  const texts: (string | undefined)[] = [];
  const report = (diagnostic: Diagnostic) => said.push(diagnostic);
  for await (const event of readSarif(source, { report, ...options })) {
    if (event.type === 'result') texts.push(event.result.message.text);
  }
  return { said, texts, ids: said.map(({ ruleId, level, fix }) => `${ruleId} ${level} ${fix !== undefined}`) };
}

function utf16(content: string, isLittle: boolean): Uint8Array {
  const bytes = new Uint8Array(content.length * 2);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < content.length; at += 1) view.setUint16(at * 2, content.charCodeAt(at), isLittle);
  return bytes;
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

describe('gzip', () => {
  const packed = new Uint8Array(gzipSync(text));

  test('is inflated, which is worth a note', async () => {
    const sources: Source[] = [packed, reusedSource(packed, [1, 5]), new Blob([packed]), once(packed)];
    for (const source of sources) {
      const { ids, texts } = await read(source);
      expect(ids).toEqual(['SF-P116 note true']);
      expect(texts).toEqual(['é😀', 'b']);
    }
  });

  test('may hold what is compressed or encoded once more', async () => {
    const twice = new Uint8Array(gzipSync(packed));
    expect((await read(twice)).ids).toEqual(['SF-P116 note true', 'SF-P116 note true']);
    const wide = new Uint8Array(gzipSync(utf16(text, true)));
    await expect(read(wide)).rejects.toMatchObject({ code: 'SF-P103' });
    const { ids, texts } = await read(wide, { transcode: true });
    expect(ids).toEqual(['SF-P116 note true', 'SF-P103 error true']);
    expect(texts).toEqual(['é😀', 'b']);
    await expect(read(new Uint8Array(gzipSync(twice)))).rejects.toMatchObject({ code: 'SF-P116' });
  });

  test('counts by its content where the document has a limit', async () => {
    await expect(read(packed, { limits: { maxBytes: 50 } })).rejects.toMatchObject({
      code: 'SF-P113',
      diagnostic: { place: { byteOffset: 50 } },
    });
  });
});

describe('UTF-16', () => {
  test.each([true, false])('is read where that is wanted, little end first: %s', async (isLittle) => {
    for (const mark of ['', '\ufeff']) {
      const bytes = utf16(mark + text, isLittle);
      await expect(read(bytes)).rejects.toMatchObject({ code: 'SF-P103' });
      const { said, ids, texts } = await read(reusedSource(bytes, [3]), { transcode: true });
      expect(ids).toEqual(['SF-P103 error true']);
      expect(said[0]?.message).toContain(isLittle ? 'UTF-16LE' : 'UTF-16BE');
      expect(texts).toEqual(['é😀', 'b']);
    }
  });

  test('that is no JSON is an error at its place in the text', async () => {
    const broken = text.replace('"b"', 'b');
    const { said, texts } = await read(utf16(broken, true), { transcode: true });
    expect(texts).toEqual(['é😀']);
    expect(said.at(-1)).toMatchObject({
      ruleId: 'SF-P105',
      place: placeOf(broken, encoder.encode(broken.slice(0, broken.indexOf(':b}') + 1)).length),
    });
  });
});

describe('bytes that are no UTF-8', () => {
  const bytes = encoder.encode(text.replace('"b"', '"§"').replace('"name":"é"', '"name":"§§"'));
  for (const [at, byte] of bytes.entries()) if (byte === 0xc2) bytes[at] = 0x41;

  test('are an error, and replaced where that is wanted', async () => {
    await expect(read(bytes)).rejects.toMatchObject({ code: 'SF-P104' });
    for (const size of [1, 3, 1000]) {
      const { said, ids, texts } = await read(reusedSource(bytes, [size]), { transcode: true });
      expect(ids).toEqual(Array.from({ length: 3 }, () => 'SF-P104 error true'));
      expect(texts).toEqual(['é😀', 'A\ufffd']);
      expect(said.map(({ place }) => place?.line)).toEqual([1, 2, 2]);
    }
  });

  test('cost nothing where there are none', async () => {
    const { ids, texts } = await read(encoder.encode(text), { transcode: true });
    expect(ids).toEqual([]);
    expect(texts).toEqual(['é😀', 'b']);
  });
});

describe('what follows the document', () => {
  test('is passed over where that is wanted, however the input is cut', async () => {
    for (const tail of ['{"version":"2.1.0"}', ' done.', '}', '\u0000\u0001', '"', '[[[[']) {
      const bytes = encoder.encode(text + tail);
      for (const size of [1, 2, 7, 1000]) {
        await expect(read(reusedSource(bytes, [size]))).rejects.toMatchObject({ code: 'SF-P107' });
        const { said, texts } = await read(reusedSource(bytes, [size]), { ignoreTail: true });
        expect(texts).toEqual(['é😀', 'b']);
        const byteOffset = encoder.encode(text).length + (tail.startsWith(' ') ? 1 : 0);
        expect(said).toMatchObject([
          { ruleId: 'SF-P107', level: 'error', pointer: '', place: placeOf(text + tail, byteOffset), fix: {} },
        ]);
      }
    }
  });

  test('does not hide what is wrong in the document', async () => {
    const bytes = encoder.encode(`${text.replace('"é"', 'nope')} tail`);
    await expect(read(bytes, { ignoreTail: true })).rejects.toMatchObject({ code: 'SF-P105' });
  });

  test('still counts for the limit', async () => {
    const bytes = encoder.encode(`${text}${'x'.repeat(500)}`);
    await expect(read(bytes, { ignoreTail: true, limits: { maxBytes: 400 } })).rejects.toMatchObject({
      code: 'SF-P113',
    });
  });
});

test('an input that ends early says what was kept of it', async () => {
  const { ids } = await read(encoder.encode(text.slice(0, 80)), { allowTruncated: true });
  expect(ids).toEqual(['SF-P106 error true']);
});
