import { copyJson } from '../json/copy-json.ts';
import type { Message, Result } from '../model/model.ts';
import type { Mutable } from '../normalize/repair.ts';
import { removeDuplicates } from '../positions/distinct-lists.ts';
import { type EmbeddedLink, locationIdOf, withoutLinks } from '../run/message-links.ts';
import { walkTo } from '../run/walk.ts';

/** What a result can do without, the most dispensable first. */
const dispensable = [
  'codeFlows',
  'graphs',
  'graphTraversals',
  'stacks',
  'attachments',
  'relatedLocations',
  'fixes',
] as const;

const toRegions = walkTo(['region']);
const toLocations = walkTo(['location']);
const toMessages = walkTo(['message']);

/** A result without some of its details. */
export interface ShorterVersion {
  readonly result: Result;
  /** Names of what is missing. */
  readonly leftOut: readonly string[];
}

/** Ever shorter versions of a result, each saying in `properties["sariflow/shortened"]` what it left out. */
export function* shorterVersions(result: Result): Generator<ShorterVersion> {
  const copy: Mutable<Result> = copyJson(result);
  const left: string[] = [];
  const marked = (): ShorterVersion => ({
    result: { ...copy, properties: { ...copy.properties, 'sariflow/shortened': [...left] } },
    leftOut: left,
  });
  for (const member of dispensable) {
    if (copy[member] === undefined) continue;
    delete copy[member];
    dropLostTraversals(copy);
    dropLostTargets(copy);
    removeDuplicates('result', copy);
    left.push(member);
    yield marked();
  }
  toRegions('result', copy, (_kind, region) => {
    delete region.snippet;
  });
  removeDuplicates('result', copy);
  left.push('snippets');
  yield marked();
  if (copy.message.markdown !== undefined) {
    const { markdown: _, ...message } = copy.message;
    copy.message = message;
    left.push('message.markdown');
    yield marked();
  }
}

/** Without its graph a traversal says nothing; one through a graph of the run stays. */
function dropLostTraversals(result: Mutable<Result>): void {
  if (result.graphs !== undefined || result.graphTraversals === undefined) return;
  const kept = result.graphTraversals.filter(({ resultGraphIndex = -1 }) => resultGraphIndex < 0);
  if (kept.length > 0) result.graphTraversals = kept;
  else delete result.graphTraversals;
}

/** Relationships and links to locations that were left out lead nowhere. The cached ones are gone with the code flows, the first to go. */
function dropLostTargets(result: Mutable<Result>): void {
  const ids = new Set<number>();
  toLocations('result', result, (_kind, { id }) => {
    if (id !== undefined) ids.add(id);
  });
  toLocations('result', result, (_kind, location) => {
    if (location.relationships === undefined) return;
    const kept = location.relationships.filter(({ target }) => ids.has(target));
    if (kept.length > 0) location.relationships = kept;
    else delete location.relationships;
  });
  const isLost = ({ destination }: EmbeddedLink): boolean => {
    const id = locationIdOf(destination);
    return id !== undefined && !ids.has(id);
  };
  toMessages('result', result, (_kind, message: Mutable<Message>) => {
    for (const member of ['text', 'markdown'] as const) {
      const text = message[member];
      if (text !== undefined) message[member] = withoutLinks(text, member, isLost);
    }
  });
}
