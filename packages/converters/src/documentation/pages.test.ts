import { expect, test } from 'vitest';
import { converterRules } from '../diagnostics/converter-rules.ts';
import { converters } from '../registry.ts';
import { projectRoot } from '../test-support/samples.ts';
import { renderConverterPage } from './converter-page.ts';
import { renderDiagnosticsPage } from './diagnostics-page.ts';

test.each(converters.map(({ id, page }) => ({ id, page })))(
  'docs/converters/$id.md is what the table says',
  async ({ id, page }) => {
    await expect(renderConverterPage(page)).toMatchFileSnapshot(`${projectRoot}docs/converters/${id}.md`);
  },
);

test('docs/converters/diagnostics.md is what the list of rules says', async () => {
  await expect(renderDiagnosticsPage(converterRules)).toMatchFileSnapshot(
    `${projectRoot}docs/converters/diagnostics.md`,
  );
});
