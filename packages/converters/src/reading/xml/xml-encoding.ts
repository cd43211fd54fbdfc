/** How the bytes of an XML document become text. */
export interface XmlEncoding {
  /** A name that `TextDecoder` knows. */
  readonly label: string;
  /** Length of the byte order mark. */
  readonly markBytes: number;
  /** What the document says of itself, where that is not so. */
  readonly wronglyDeclared?: string;
}

/** The document declares an encoding that nobody here knows. */
export interface UnknownXmlEncoding {
  readonly unknown: string;
}

const declaration = /^\s*<\?xml\s[^<>]{0,200}?\bencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._:-]{0,60})["']/;

/** The encoding of a document from its first bytes: the byte order mark, else its declaration, else UTF-8. */
export function xmlEncodingOf(head: Uint8Array): XmlEncoding | UnknownXmlEncoding {
  const [a, b, c] = head;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { label: 'utf-8', markBytes: 3 };
  if (a === 0xff && b === 0xfe) return { label: 'utf-16le', markBytes: 2 };
  if (a === 0xfe && b === 0xff) return { label: 'utf-16be', markBytes: 2 };
  if (a === 0x3c && b === 0) return { label: 'utf-16le', markBytes: 0 };
  if (a === 0 && b === 0x3c) return { label: 'utf-16be', markBytes: 0 };

  const declared = declaration.exec(new TextDecoder('latin1').decode(head.subarray(0, 400)))?.[1];
  if (declared === undefined) return { label: 'utf-8', markBytes: 0 };
  const label = labelOf(declared);
  if (label === undefined) return { unknown: declared };
  // The declaration could not have been read if it were true.
  if (label.startsWith('utf-16')) return { label: 'utf-8', markBytes: 0, wronglyDeclared: declared };
  return { label, markBytes: 0 };
}

function labelOf(declared: string): string | undefined {
  try {
    return new TextDecoder(declared).encoding;
  } catch {
    // The only thing that goes wrong here is the name.
    return undefined;
  }
}
