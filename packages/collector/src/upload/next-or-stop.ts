/**
 * The next element, or the end as soon as `signal` aborts, without waiting for a source that is slow to answer.
 * @returns `stopped: true` when it was the signal
 */
export async function nextOrStop<T>(
  iterator: AsyncIterator<T>,
  signal: AbortSignal,
): Promise<{ readonly stopped: boolean; readonly next: IteratorResult<T> }> {
  const end = { done: true, value: undefined } as const;
  if (signal.aborted) return { stopped: true, next: end };

  const { promise: aborted, resolve } = Promise.withResolvers<undefined>();
  const onAbort = () => resolve(undefined);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    const next = iterator.next();
    const first = await Promise.race([next, aborted]);
    if (first !== undefined) return { stopped: false, next: first };
    // Whether the source ends well or badly after this changes nothing any more.
    next.catch(() => undefined);
    return { stopped: true, next: end };
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** Tells a source that nothing more is wanted. It may take its time; nobody waits. */
export function abandon(iterator: AsyncIterator<unknown>): void {
  // An error while cleaning up cannot be acted on: the run it belongs to is over.
  iterator.return?.().catch(() => undefined);
}
