/** What may state the position of an element itself (sections 3.4.5, 3.33.3). `kind` is the element's SARIF name. */
export function ownerOfIndex(element: object, kind: string): { index?: number } | undefined {
  if (kind === 'artifact') return (element as { location?: { index?: number } }).location;
  const hasNone = kind === 'reportingDescriptor' || kind === 'graph' || kind === 'toolComponent';
  return hasNone ? undefined : (element as { index?: number });
}

/** The element as if it did not state that it stands at this position: a copy where it does. */
export function withoutOwnIndex(element: object, kind: string, position: number): object {
  if (ownerOfIndex(element, kind)?.index !== position) return element;
  if (kind !== 'artifact') {
    const { index: _, ...rest } = element as { index?: number };
    return rest;
  }
  const { location, ...rest } = element as { location?: { index?: number } };
  const { index: _, ...place } = location ?? {};
  return { ...rest, location: place };
}
