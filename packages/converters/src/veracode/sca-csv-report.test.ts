import { expect, test } from 'vitest';
import { convertToLog } from '../test-support/convert-to-log.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);

test('a list without issues found nothing', async () => {
  const { log, summary } = await convertToLog(bytesOf('Issue ID,Issue type,Status\n'));
  expect(summary).toMatchObject({ findings: 0, results: 0, complete: true });
  expect(log.runs?.[0]?.results).toEqual([]);
});

test('a list that ends inside a quotation can be refused', async () => {
  const cut = bytesOf('Issue ID,Issue type,CVE,Title\n1,Vulnerability,2022-99901,a\n2,Vulnerability,2022-99902,"b');
  const { summary } = await convertToLog(cut);
  expect(summary).toMatchObject({ findings: 2, results: 1, rejected: 1, truncated: true });
  await expect(convertToLog(cut, { allowTruncated: false })).rejects.toMatchObject({
    code: 'SF-P106',
    completeElements: 1,
  });
});

test('a header that ends inside a quotation is no list', async () => {
  await expect(convertToLog(bytesOf('Issue ID,Issue type,"Status'))).rejects.toMatchObject({ code: 'SF-P106' });
});

test('columns of one name, and of a name of the prototype, are all kept', async () => {
  const { results } = await convertToLog(
    bytesOf('Issue ID,Issue type,CVE,Note,Note,__proto__\n1,Vulnerability,2022-99901,a,b,c'),
  );
  expect(results[0]?.properties).toMatchObject({ 'veracode/note': 'a', 'veracode/note_5': 'b', 'veracode/proto': 'c' });
});
