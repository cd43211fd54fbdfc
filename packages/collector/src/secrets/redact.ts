import type { Secret } from './secret.ts';

/**
 * Replaces every secret in a text, and its usual encodings (percent, base64, base64url), by `***`. For texts that come
 * from the other side: a server may echo the headers it was sent.
 */
export function redact(text: string, secrets: Iterable<Secret>): string {
  let clean = text;
  for (const secret of secrets) {
    for (const form of formsOf(secret.expose())) clean = clean.replaceAll(form, '***');
  }
  return clean;
}

function formsOf(plain: string): Set<string> {
  const base64 = Buffer.from(plain).toString('base64').replace(/=+$/, '');
  const forms = [
    plain,
    encodeURIComponent(plain),
    JSON.stringify(plain).slice(1, -1),
    base64,
    base64.replaceAll('+', '-').replaceAll('/', '_'),
  ];
  // Very short texts occur by chance; replacing them would only make messages unreadable.
  return new Set(forms.filter((form) => form.length >= 4).sort((a, b) => b.length - a.length));
}
