import type { Place } from '@sariflow/sarif';
import { describe, expect, test } from 'vitest';
import { detectFormat } from '../detection/detect-format.ts';
import { convertToLog } from '../test-support/convert-to-log.ts';
import { UnknownFormatError } from '../unknown-format-error.ts';

const flaw = (id: number, description = 'd') =>
  `<flaw issueid="${id}" cweid="89" severity="3" description="${description}" sourcefile="A.java" line="1"/>`;
const around = (flaws: string) =>
  `<detailedreport app_id="7"><severity level="3"><category categoryname="C"><cwe cweid="89" cwename="N"><staticflaws>${flaws}</staticflaws></cwe></category></severity></detailedreport>`;
const bytesOf = (text: string) => new TextEncoder().encode(text);
const convertText = (text: string) => convertToLog(bytesOf(text), { from: 'veracode' });

describe('encodings', () => {
  const text = around(flaw(1, 'caf\u00e9'));
  test.each([
    ['UTF-8 with a byte order mark', bytesOf(`\ufeff${text}`)],
    ['UTF-16', new Uint8Array(Buffer.from(`\ufeff<?xml version="1.0" encoding="UTF-16"?>${text}`, 'utf16le'))],
    ['ISO 8859-1', Uint8Array.from(`<?xml version="1.0" encoding="ISO-8859-1"?>${text}`, (c) => c.charCodeAt(0))],
    ['windows-1252', Uint8Array.from(`<?xml version='1.0' encoding='windows-1252'?>${text}`, (c) => c.charCodeAt(0))],
  ])('%s', async (_name, bytes) => {
    expect((await detectFormat(bytes)).format).toBe('veracode');
    const { results, diagnostics } = await convertToLog(bytes);
    expect(results.map(({ message }) => message.text)).toEqual(['caf\u00e9']);
    expect(diagnostics).toEqual([]);
  });

  test('an unknown one is named', async () => {
    const text = `<?xml version="1.0" encoding="x-klingon"?>${around(flaw(1))}`;
    await expect(convertText(text)).rejects.toThrow(UnknownFormatError);
    await expect(convertText(text)).rejects.toThrow('XML in the encoding "x-klingon"');
  });

  test('bytes that it does not have are told once', async () => {
    const text = `<?xml version="1.0" encoding="UTF-8"?>${around(flaw(1, 'caf\u00e9') + flaw(2, '\u00e9t\u00e9'))}`;
    const { results, diagnostics } = await convertToLog(Uint8Array.from(text, (c) => c.charCodeAt(0)));
    expect(results.map(({ message }) => message.text)).toEqual(['caf\ufffd', '\ufffdt\ufffd']);
    expect(diagnostics.map(({ ruleId, place }) => [ruleId, place?.byteOffset])).toEqual([
      ['SF-K204', text.indexOf('\u00e9')],
    ]);
    expect((await convertText(around(flaw(1, '\ufffd')))).diagnostics).toEqual([]);
  });

  test('one that cannot be true is told, and the report is read', async () => {
    const { results, diagnostics } = await convertText(`<?xml version="1.0" encoding="UTF-16"?>${around(flaw(1))}`);
    expect(results).toHaveLength(1);
    expect(diagnostics.map(({ message }) => message)).toEqual([
      'The document says that it is in UTF-16, and is not; it is read as UTF-8.',
    ]);
  });
});

describe('what is dangerous', () => {
  test('entities that stand for each other are not read', async () => {
    const laughs = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('');
    const text = `<!DOCTYPE d [<!ENTITY l0 "ha">${laughs}]>${around(flaw(1, '&l9;'))}`;
    await expect(convertText(text)).rejects.toThrow('XML with entity declarations');
  });

  test('a file that a document type names is not opened, and a reference to it stays as it is', async () => {
    const text = `<!DOCTYPE detailedreport SYSTEM "file:///etc/passwd">${around(flaw(1, 'a &xxe; b'))}`;
    const { results, diagnostics } = await convertText(text);
    expect(results[0]?.message.text).toBe('a &xxe; b');
    expect(diagnostics.map(({ ruleId, message }) => [ruleId, message])).toEqual([['SF-K204', 'Undefined entity.']]);
  });

  test('references to what objects inherit are references to nothing', async () => {
    const { results } = await convertText(around(flaw(1, '&constructor;&toString;')));
    expect(results[0]?.message.text).toBe('&constructor;&toString;');
  });

  test('nesting has a limit', async () => {
    await expect(convertText(`<detailedreport>${'<a>'.repeat(300)}`)).rejects.toThrow('deeper than the limit of 200');
  });
});

test('other XML is called by its root', async () => {
  await expect(convertText('<summaryreport/>')).rejects.toThrow('its root element is <summaryreport>');
});

test('of a report that ends early all is converted that is complete, and it is said where it ends', async () => {
  const whole = around(flaw(1) + flaw(2) + flaw(3));
  const end = whole.indexOf('<flaw issueid="3"') + 30;
  const { summary, diagnostics } = await convertText(whole.slice(0, end));
  expect(summary).toMatchObject({ findings: 3, results: 2, rejected: 1, truncated: true });
  expect(diagnostics.map(({ ruleId, place }) => [ruleId, (place as Place).byteOffset])).toEqual([
    ['SF-K109', end - 30],
    ['SF-K203', end],
  ]);
  await expect(
    convertToLog(bytesOf(whole.slice(0, end)), { from: 'veracode', allowTruncated: false }),
  ).rejects.toMatchObject({ code: 'SF-P106' });
});

test('flaws may stand behind the components', async () => {
  const components =
    '<software_composition_analysis><vulnerable_components><component file_name="a.jar"><vulnerabilities><vulnerability cve_id="CVE-2024-10001" severity="3"/></vulnerabilities></component></vulnerable_components></software_composition_analysis>';
  const [start, rest] = around(flaw(1)).split('<severity');
  const swapped = `${start}${components}<severity${rest}`;
  const { log, summary } = await convertText(swapped);
  expect(summary).toMatchObject({ findings: 2, results: 2 });
  expect(log.runs?.map(({ tool }) => tool.driver.name)).toEqual([
    'Veracode Static Analysis',
    'Veracode Software Composition Analysis',
  ]);
});
