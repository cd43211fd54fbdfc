/** So many characters of a secret in a row are a leak. */
const window = 8;

/** Every piece of a secret that stands in a text, in any of the encodings that programs write; empty when none does. */
export function leaksIn(text: string, secret: string): string[] {
  const bytes = Buffer.from(secret);
  const forms = [
    secret,
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
    bytes.toString('hex'),
    ...[0, 1, 2].map((offset) =>
      Buffer.concat([Buffer.alloc(offset), bytes])
        .toString('base64')
        .slice(offset === 0 ? 0 : offset + 1)
        .replace(/.{1,4}$/, ''),
    ),
  ];
  const leaks = new Set<string>();
  for (const form of forms) {
    for (let at = 0; at + window <= form.length; at += 1) {
      const piece = form.slice(at, at + window);
      if (text.includes(piece)) leaks.add(piece);
    }
  }
  return [...leaks];
}
