/** What may state the position of an element itself (sections 3.4.5, 3.33.3). `kind` is the element's SARIF name. */
export function ownerOfIndex(element: object, kind: string): { index?: number } | undefined {
  if (kind === 'artifact') return (element as { location?: { index?: number } }).location;
  const hasNone = kind === 'reportingDescriptor' || kind === 'graph' || kind === 'toolComponent';
  return hasNone ? undefined : (element as { index?: number });
}
