/** Runs of one side that are compared together: those of one tool in one category. */
export interface RunScope {
  readonly tool: string;
  /** Tells the scopes of one tool apart. */
  readonly category: string;
}

/** Scopes that are compared with each other. */
export interface ScopePair<T extends RunScope> {
  readonly before: T;
  readonly after: T;
}

/**
 * Which scopes are compared: those of the same tool in the same category. Where a tool has one more on each side, these belong together
 * as well: a category may have been given a name, or another one.
 */
export function pairScopes<T extends RunScope>(before: readonly T[], after: readonly T[]): ScopePair<T>[] {
  const pairs: ScopePair<T>[] = [];
  const left = new Map(before.map((scope) => [keyOf(scope), scope]));
  const unpaired: T[] = [];
  for (const scope of after) {
    const same = left.get(keyOf(scope));
    if (same === undefined) unpaired.push(scope);
    else {
      pairs.push({ before: same, after: scope });
      left.delete(keyOf(scope));
    }
  }
  const leftOfTool = Map.groupBy(left.values(), ({ tool }) => tool);
  for (const [tool, scopes] of Map.groupBy(unpaired, (scope) => scope.tool)) {
    const others = leftOfTool.get(tool) ?? [];
    const [one, other] = [others[0], scopes[0]];
    if (others.length === 1 && scopes.length === 1 && one !== undefined && other !== undefined) {
      pairs.push({ before: one, after: other });
    }
  }
  return pairs;
}

function keyOf({ tool, category }: RunScope): string {
  return JSON.stringify([tool, category]);
}
