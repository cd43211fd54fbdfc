const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const wrappedGuid = /^(?:urn:uuid:)?[{(]?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})[)}]?$/i;

/** Whether a string is a GUID (section 3.5.3) of any RFC 9562 version and variant, without braces or prefix. */
export function isGuid(text: string): boolean {
  return guid.test(text);
}

/** The GUID inside braces or after `urn:uuid:`; undefined when there is none. */
export function repairedGuid(text: string): string | undefined {
  return wrappedGuid.exec(text.trim())?.[1];
}
