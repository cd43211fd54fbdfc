import type { ArtifactLocation } from '../model/model.ts';
import { type ObjectKind, walkTo } from '../run/walk.ts';
import { dropNameless } from './drop-nameless.ts';

/** A place of the same log, such as `sarif:/runs/0/artifacts/3` (section 3.10.3): run, and the path inside of it. */
export interface SarifUri {
  readonly run: number;
  readonly path: readonly string[];
}

/** Gives the URI of the same place in a part, or `undefined` when the part does not have it. */
export type MoveUri = (uri: SarifUri) => string | undefined;

/** A link in a message (section 3.11.6) whose destination is a place of the same log. */
const link = /\[((?:[^[\]\\]|\\.)*)\]\((sarif:[^()\s]*)\)/gs;

const PARENTHESIS = 0x28;
const QUOTE = 0x22;
const scheme = [...'sarif:'].map((letter) => letter.charCodeAt(0));

/** Whether the JSON text of a result holds a link to a place of the log; with `anywhere`, also a URI that is no link. */
export function mentionsSarifUri(bytes: Uint8Array, anywhere: boolean): boolean {
  return startsSchemeAfter(bytes, PARENTHESIS) || (anywhere && startsSchemeAfter(bytes, QUOTE));
}

function startsSchemeAfter(bytes: Uint8Array, byte: number): boolean {
  for (let at = bytes.indexOf(byte); at !== -1; at = bytes.indexOf(byte, at + 1)) {
    let matched = 0;
    while (matched < scheme.length && bytes[at + 1 + matched] === scheme[matched]) matched += 1;
    if (matched === scheme.length) return true;
  }
  return false;
}

const walk = walkTo(['artifactLocation', 'message', 'multiformatMessageString']);

/**
 * Rewrites every `sarif:` URI in the messages and artifact locations of an object. A link to what the part does not have
 * becomes plain text, and a location there goes: the same URI would lead to something else. `kind` is the object's SARIF name.
 */
export function moveSarifUris(kind: string, value: object, move: MoveUri): void {
  const nameless = new Set<ArtifactLocation>();
  walk(kind, value, (found, holder) => {
    if (found === 'artifactLocation') {
      if (holder.uri?.startsWith('sarif:') && !moveLocation(holder, move)) nameless.add(holder);
      return;
    }
    if (holder.text?.includes('sarif:')) holder.text = withMovedLinks(holder.text, move);
    if (holder.markdown?.includes('sarif:')) holder.markdown = withMovedLinks(holder.markdown, move);
  });
  dropNameless(kind as ObjectKind, value, nameless);
}

/** Whether the location still names something. */
function moveLocation(location: ArtifactLocation, move: MoveUri): boolean {
  const moved = movedUri(location.uri ?? '', move);
  if (moved !== undefined) location.uri = moved;
  else delete location.uri;
  return moved !== undefined || (location.index ?? -1) >= 0;
}

function withMovedLinks(text: string, move: MoveUri): string {
  return text.replace(link, (_, label: string, uri: string) => {
    const moved = movedUri(uri, move);
    return moved === undefined ? label.replace(/\\(.)/gs, '$1') : `[${label}](${moved})`;
  });
}

/** Other places than those of a run stay where they are. */
function movedUri(uri: string, move: MoveUri): string | undefined {
  const match = /^sarif:\/runs\/(0|[1-9]\d{0,8})((?:\/[^/]*)*)$/.exec(uri);
  if (match === null) return uri;
  const [, run, path = ''] = match;
  return move({ run: Number(run), path: path.split('/').slice(1) });
}
