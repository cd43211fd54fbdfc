import { expect, test } from 'vitest';
import { convertToLog } from './convert-to-log.ts';
import type { Sample } from './samples.ts';
import { schemaErrors } from './schema.ts';

/** That a sample becomes the log that is expected, with what is said of it, and that the schema accepts that log. */
export function testExpectedLog({ input, options, path }: Sample): void {
  test('becomes the expected log', async () => {
    const { log, diagnostics, summary } = await convertToLog(input, options);
    const said = diagnostics.map(({ ruleId, pointer, place, message }) => ({
      ruleId,
      pointer,
      line: place?.line,
      column: place?.column,
      message,
    }));
    await expect(`${JSON.stringify(log, null, 2)}\n`).toMatchFileSnapshot(path('expected.sarif'));
    await expect(`${JSON.stringify({ diagnostics: said, summary }, null, 2)}\n`).toMatchFileSnapshot(
      path('expected.json'),
    );
  });

  test('passes the schema', async () => {
    expect(schemaErrors((await convertToLog(input, options)).log)).toEqual([]);
  });
}
