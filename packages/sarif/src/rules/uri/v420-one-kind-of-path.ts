import type { Place } from '../../diagnostics/diagnostic.ts';
import type { PathSegment } from '../../json/pointer.ts';
import { uriForm } from '../../run/uri-form.ts';
import { defineRule } from '../rule.ts';

/** Where a kind of path was first seen. */
interface First {
  readonly path: readonly PathSegment[];
  readonly place: Place | undefined;
  readonly uri: string;
}

const relative = 'relative path';
const mostKinds = 20;

/** Paths of which only some can be found. */
export const oneKindOfPath = defineRule({
  id: 'SF-V420',
  name: 'one-kind-of-path',
  level: 'note',
  specSection: '3.4.7',
  like: ['GitHub'],
  summary: 'All results of a run name their files in one way: by relative paths, or by absolute URIs of one scheme.',
  explanation: {
    cause:
      'The run brings together findings of several scanners, or the scanner leaves paths outside its folder as they are.',
    reason: 'Readers match files of the repository in one way: those that are named in another are not found.',
    repair: 'None: what can be made relative is, each location by itself.',
    before: '{ "uri": "src/cart.js" } … { "uri": "file:///ci/shop/src/pay.js" }',
    after: '{ "uri": "src/cart.js" } … { "uri": "src/pay.js" }',
  },
  watches: 'results',
  watch({ run }) {
    const firsts = new Map<string, First>();
    return {
      result({ locations }, resultIndex, _report, placeOf) {
        if (locations === undefined) return;
        for (let at = 0; at < locations.length; at += 1) {
          const location = locations[at]?.physicalLocation?.artifactLocation;
          if (location === undefined) continue;
          const uri = location.uri ?? run.artifacts?.[location.index ?? -1]?.location?.uri;
          if (uri === undefined || uri === '') continue;
          const kind = kindOfPath(uri);
          if (firsts.has(kind) || firsts.size >= mostKinds) continue;
          const path = ['locations', at, 'physicalLocation', 'artifactLocation'];
          firsts.set(kind, { path: ['results', resultIndex, ...path], place: placeOf(path), uri });
        }
      },
      end(report) {
        if (firsts.size < 2) return;
        const kinds = [...firsts].map(([kind, { uri }]) => `${kind} ('${uri}')`);
        const [, second] = [...firsts.values()];
        report({
          message: `Results of this run name their files in ${firsts.size} ways: ${kinds.join(', ')}. Write all of them as paths from the root of the sources.`,
          at: second?.path ?? [],
          place: second?.place,
        });
      },
    };
  },
});

/** The words for the kind of a path. */
export function kindOfPath(uri: string): string {
  const { isPlain, scheme, repaired } = uriForm(uri);
  if (isPlain) return relative;
  if (scheme !== undefined) return `${scheme}: URI`;
  return repaired.startsWith('/') ? 'file: URI' : relative;
}
