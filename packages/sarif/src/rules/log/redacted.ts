const placeholders = ['redacted', 'removed', 'masked', 'hidden', '[secret]', 'xxxx'];

/** Whether a value has been made harmless already: it holds a token of the run, or is an obvious placeholder or a variable. */
export function isRedacted(text: string, redactionTokens: readonly string[]): boolean {
  const trimmed = text.trim();
  if (trimmed === '' || /^[*•.…-]+$/.test(trimmed)) return true;
  if (redactionTokens.some((token) => token !== '' && text.includes(token))) return true;
  // A reference to where the secret is kept is not the secret.
  if (/^(?:\$|%|<|\{\{|@|env:|vault:)/.test(trimmed)) return true;
  const folded = trimmed.toLowerCase();
  return placeholders.some((placeholder) => folded.includes(placeholder));
}
