import type { PartOrigin } from './upload-types.ts';

/** Origins of a piece of a part, told as those of the part were: by places in the document. */
export function originsOfPiece(
  piece: readonly PartOrigin[],
  part: readonly PartOrigin[] | undefined,
): readonly PartOrigin[] {
  if (part === undefined) return piece;
  return piece.flatMap(({ runIndex, resultIndexes }) => {
    const origin = part[runIndex];
    if (origin === undefined) return [];
    const places = resultIndexes.flatMap((index) => origin.resultIndexes[index] ?? []);
    return [{ runIndex: origin.runIndex, resultIndexes: places }];
  });
}

/** Where a result of a part stands in its document, as a JSON pointer; in the part itself where nobody noted it. */
export function pointerInDocument(
  origins: readonly PartOrigin[] | undefined,
  runIndex: number,
  resultIndex: number,
): string {
  const origin = origins?.[runIndex];
  const place = origin?.resultIndexes[resultIndex];
  return origin === undefined || place === undefined
    ? `/runs/${runIndex}/results/${resultIndex}`
    : `/runs/${origin.runIndex}/results/${place}`;
}
