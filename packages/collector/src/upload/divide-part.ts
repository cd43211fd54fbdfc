import {
  type Drop,
  type EventStream,
  openSarif,
  type Result,
  type SarifEvent,
  splitIntoParts,
  validate,
} from '@sariflow/sarif';
import { originsOfPiece, pointerInDocument } from './result-origins.ts';
import type { UploadPart } from './upload-types.ts';

/** A result by its place in a part. */
export interface PlaceInPart {
  readonly runIndex: number;
  readonly resultIndex: number;
}

/** How to divide a part. */
export interface DivideOptions {
  /** No piece is longer, in bytes. Default: as long as the part. */
  readonly maxBytes?: number;
  /** No piece has more results. */
  readonly maxResults?: number;
  /** Results that are left out. Default: none is. */
  readonly without?: (place: PlaceInPart) => boolean;
  /** Told of results that alone are too long, even shortened. */
  readonly onTooLong?: (place: PlaceInPart) => void;
  /** Told of results that lost details so that they fit, with a sentence that names those. */
  readonly onShortened?: (pointer: string, what: string) => void;
}

/**
 * Divides a part into complete logs that stand alone, in its order. The same part and options give the same pieces. What
 * becomes of each finding stays traceable: pieces know where their results stand in the document.
 * @throws PartTooSmallError when what every piece repeats is longer than `maxBytes`
 */
export async function* dividePart(part: UploadPart, options: DivideOptions): AsyncGenerator<UploadPart> {
  const { maxBytes = Number.POSITIVE_INFINITY, maxResults, without, onTooLong, onShortened } = options;
  const { events } = await openSarif(part.bytes);
  const wanted = without === undefined ? events : withoutSome(events, without);
  const onDrop = ({ runIndex, resultIndex }: Drop) => onTooLong?.({ runIndex, resultIndex });

  for await (const piece of splitIntoParts(wanted, {
    maxBytes,
    oneToolPerPart: true,
    onDrop,
    report({ pointer, fix }) {
      const place = resultPlace.exec(pointer);
      if (fix === undefined || place === null) return;
      onShortened?.(pointerInDocument(part.origins, Number(place[1]), Number(place[2])), fix.description);
    },
    ...(maxResults === undefined ? {} : { maxResults }),
  })) {
    const { bytes, results, tool } = piece;
    // A run whose results went elsewhere has nothing to say any more.
    if (results === 0) continue;
    yield { number: part.number, bytes, results, tool, origins: originsOfPiece(piece.origins, part.origins) };
  }
}

/** The results that our own rules for the destination object to, in order. */
export async function suspectsIn(part: UploadPart): Promise<{ place: PlaceInPart; ruleId: string; message: string }[]> {
  const suspects = new Map<string, { place: PlaceInPart; ruleId: string; message: string }>();
  const { events } = await openSarif(part.bytes);
  const checked = validate(events, {
    profile: 'cortex',
    maxPerRule: Number.POSITIVE_INFINITY,
    report({ ruleId, level, message, pointer }) {
      const place = level === 'error' ? resultPlace.exec(pointer) : null;
      if (place === null || suspects.has(place[0])) return;
      suspects.set(place[0], {
        place: { runIndex: Number(place[1]), resultIndex: Number(place[2]) },
        ruleId,
        message,
      });
    },
  });
  for await (const _ of checked.batches()) {
    // Only what is reported on the way is of interest.
  }
  return [...suspects.values()];
}

const resultPlace = /^\/runs\/(\d+)\/results\/(\d+)/;

/** A result and its place. */
export interface PlacedResult extends PlaceInPart {
  readonly result: Result;
}

/** The first result of a part that is wanted, or `undefined` when there is none. */
export async function findResult(
  part: UploadPart,
  isWanted: (place: PlaceInPart) => boolean,
): Promise<PlacedResult | undefined> {
  const { events } = await openSarif(part.bytes);
  for await (const batch of events.batches()) {
    for (const event of batch) {
      if (event.type !== 'result' || !isWanted(event)) continue;
      const { runIndex, resultIndex, result } = event;
      return { runIndex, resultIndex, result };
    }
  }
  return undefined;
}

function withoutSome(events: EventStream, without: (place: PlaceInPart) => boolean): AsyncIterable<SarifEvent> {
  return (async function* () {
    for await (const event of events) {
      if (event.type !== 'result' || !without(event)) yield event;
    }
  })();
}
