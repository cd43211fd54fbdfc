/** What Semgrep prints instead of a value when nobody is logged in, since version 1.98. */
const loginPlaceholder = 'requires login';

/** The text, unless it stands for one that was withheld or is empty. */
export function unlessWithheld(text: string | undefined): string | undefined {
  return text === undefined || text === loginPlaceholder ? undefined : text;
}

/** An identity, unless it is a place-holder that many findings share. */
export function usableIdentity(text: string | undefined): string | undefined {
  return text === undefined || text === '' || text === '0' || text === loginPlaceholder ? undefined : text;
}
