import type { Secret } from './secret.ts';

/** So many characters of a secret, one after the other, are never shown; a shorter secret is hidden where it stands as a whole. */
const window = 8;
/** Very short texts occur by chance; replacing them would only make messages unreadable. */
const shortest = 4;

/**
 * Replaces every secret in a text by `***`, whole or in part, and also in the usual encodings: percent, JSON, hexadecimal, base64 and base64url
 * (also inside of a longer text that was encoded), and percent on top of them. For texts that come from the other side: a server may echo the
 * headers it was sent.
 */
export function redact(text: string, secrets: Iterable<Secret>): string {
  let clean = text;
  for (const secret of secrets) clean = hide(clean, formsOf(secret.expose()));
  return clean;
}

/** Replaces each stretch of the text in which windows of the forms stand. */
function hide(text: string, forms: ReadonlySet<string>): string {
  const windows = new Set<string>();
  const lengths = new Set<number>();
  for (const form of forms) {
    const length = Math.min(form.length, window);
    lengths.add(length);
    for (let at = 0; at + length <= form.length; at += 1) windows.add(form.slice(at, at + length));
  }
  const isHidden = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) {
    for (const length of lengths) if (windows.has(text.slice(at, at + length))) isHidden.fill(1, at, at + length);
  }
  let clean = '';
  for (let at = 0; at < text.length; at += 1) {
    if (isHidden[at] === 0) clean += text[at];
    else if (at === 0 || isHidden[at - 1] === 0) clean += '***';
  }
  return clean;
}

function formsOf(plain: string): ReadonlySet<string> {
  const bytes = Buffer.from(plain);
  const hex = bytes.toString('hex');
  const base64 = [0, 1, 2].map((offset) => base64Within(bytes, offset));
  const forms = [
    plain,
    JSON.stringify(plain).slice(1, -1),
    hex,
    hex.toUpperCase(),
    ...base64,
    ...base64.map((form) => form.replaceAll('+', '-').replaceAll('/', '_')),
  ];
  for (const form of [...forms]) {
    const percent = encodeURIComponent(form);
    const lower = percent.replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());
    forms.push(percent, lower, encodeURIComponent(percent));
  }
  return new Set(forms.filter((form) => form.length >= shortest));
}

/** What a text says in base64 wherever it stands in a longer one: the characters that depend on nothing else. */
function base64Within(bytes: Buffer, offset: number): string {
  const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
  return encoded.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
}
