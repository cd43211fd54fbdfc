import { defineConverter } from '../converter.ts';
import { shapeOfHead } from '../detection/shape.ts';
import { readHead } from '../reading/head.ts';
import { openDetailedReport } from './detailed-report.ts';
import { openJsonReport } from './json-report.ts';
import { veracodePage } from './page.ts';
import { openScaCsv, scaCsvSeparator } from './sca-csv-report.ts';
import { veracodeSignatures } from './signatures.ts';

const headBytes = 64 * 1024;

/** Veracode: pipeline scans, the findings API, the detailed report in XML, and software composition analysis in all its forms. */
export const veracode = defineConverter({
  id: 'veracode',
  title: 'Veracode',
  signatures: veracodeSignatures,
  page: veracodePage,
  async open(context) {
    const head = await readHead(context.source, headBytes);
    if (isXml(head)) return openDetailedReport(context, head);
    const text = new TextDecoder().decode(head);
    const separator = scaCsvSeparator(text);
    if (separator !== undefined) return openScaCsv(context, separator);
    const { shape } = shapeOfHead(text);
    // An array of findings is read one by one, an array of pages page by page.
    const isPages = shape?.first?.members.has('_embedded') === true || shape?.first?.members.has('findings') === true;
    return openJsonReport(context, shape?.kind === 'array' && !isPages);
  },
});

/** Whether a document starts with `<`, in whatever encoding. */
function isXml(head: Uint8Array): boolean {
  const first = head.find((byte) => byte > 0x20 && byte < 0x80);
  return first === 0x3c;
}
