import { scaCsvSeparator } from '../veracode/sca-csv-report.ts';
import type { FormatId, OtherFormatId } from './format-id.ts';

/** What the first bytes say about a file that is not JSON. */
export interface RecognisedBytes {
  readonly format: FormatId | OtherFormatId;
  readonly title: string;
  readonly because: string;
}

/** Names a file that is not JSON by its first bytes; undefined when it may be JSON. */
export function recogniseBytes(head: Uint8Array): RecognisedBytes | undefined {
  const [a, b, c, d] = head;
  if (a === 0x1f && b === 0x8b) return compressed('gzip', 'a gzip archive', '1F 8B');
  if (a === 0x50 && b === 0x4b && c === 3 && d === 4) return compressed('zip', 'a zip archive', '50 4B 03 04');
  if (a === 0x28 && b === 0xb5 && c === 0x2f && d === 0xfd) return compressed('zstd', 'a zstd archive', '28 B5 2F FD');
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff) || a === 0 || b === 0) {
    // XML says what it is written in, and its readers know.
    const wide = new TextDecoder(a === 0xff || b === 0 ? 'utf-16le' : 'utf-16be').decode(head).trimStart();
    if (wide.startsWith('<')) return recogniseMarkup(wide);
    return { format: 'utf-16', title: 'text in UTF-16', because: 'its first bytes are no UTF-8' };
  }

  const text = new TextDecoder().decode(head).trimStart();
  if (text === '') return { format: 'empty', title: 'an empty file', because: 'it holds nothing but white space' };
  if (text.startsWith('<')) return recogniseMarkup(text);
  if (text.startsWith('{') || text.startsWith('[')) return undefined;
  if (scaCsvSeparator(text) !== undefined) {
    return {
      format: 'veracode',
      title: 'a Veracode SCA issue list in CSV',
      because: 'its header row starts with "Issue ID, Issue type"',
    };
  }
  return {
    format: 'text',
    title: 'no JSON',
    because: `it starts with ${JSON.stringify(text.slice(0, 80).toWellFormed())}`,
  };
}

function compressed(format: OtherFormatId, title: string, magic: string): RecognisedBytes {
  return { format, title, because: `its first bytes are ${magic}` };
}

function recogniseMarkup(text: string): RecognisedBytes {
  if (/^<!doctype\s+html/i.test(text))
    return { format: 'html', title: 'an HTML page', because: 'it starts with <!DOCTYPE html>' };
  const root = /^<([\w:.-]+)/.exec(afterProlog(text))?.[1];
  const because = root === undefined ? 'it starts with <' : `its root element is <${root}>`;
  switch (root?.slice(root.indexOf(':') + 1).toLowerCase()) {
    case 'html':
      return { format: 'html', title: 'an HTML page', because };
    case 'detailedreport':
      return { format: 'veracode', title: 'a Veracode detailed report', because };
    case 'testsuite':
    case 'testsuites':
      return { format: 'junit', title: 'a JUnit report', because };
    default:
      return { format: 'xml', title: 'an XML document', because };
  }
}

/** The text from the first element on: behind the declaration, comments and the document type. */
function afterProlog(text: string): string {
  let rest = text;
  for (;;) {
    rest = rest.trimStart();
    const end = rest.startsWith('<?')
      ? '?>'
      : rest.startsWith('<!--')
        ? '-->'
        : rest.startsWith('<!')
          ? endOfDocumentType(rest)
          : undefined;
    const at = end === undefined ? -1 : rest.indexOf(end);
    if (end === undefined || at === -1) return rest;
    rest = rest.slice(at + end.length);
  }
}

/** A document type may hold declarations in square brackets, with `>` in them. */
function endOfDocumentType(text: string): string {
  const bracket = text.indexOf('[');
  return bracket !== -1 && bracket < text.indexOf('>') ? ']>' : '>';
}
