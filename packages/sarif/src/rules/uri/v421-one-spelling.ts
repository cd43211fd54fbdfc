import type { ArtifactLocation } from '../../model/model.ts';
import type { Mutable } from '../../normalize/repair.ts';
import { normalEscapes, normalUri } from '../../run/uri-normal-form.ts';
import { mostSpelledUris, type Spellings } from '../../run/uri-spellings.ts';
import { defineRule } from '../rule.ts';
import { namesFile } from './named-files.ts';

const mostSpellings = 10;
const longestUri = 2000;

/** One file under two names. */
export const oneSpelling = defineRule({
  id: 'SF-V421',
  name: 'one-spelling',
  level: 'note',
  specSection: '3.10.1',
  summary: 'No two URIs of a run differ only by the case of letters, or by characters that need not be encoded.',
  explanation: {
    cause: 'The file system does not tell upper from lower case, and the scanner took names from several places.',
    reason: 'Readers compare URIs letter by letter: findings in one file are shown as those of two.',
    repair: 'Characters that need not be encoded are decoded. Letter case is never changed.',
    before: '{ "uri": "src/%63art.js" } … { "uri": "src/cart.js" }',
    after: '{ "uri": "src/cart.js" } … { "uri": "src/cart.js" }',
  },
  visits: 'artifactLocation',
  remembers: true,
  check({ uri, uriBaseId = '' }, { context, ownerKind }, report) {
    // Property files, programs and bases are no files that were looked at.
    if (uri === undefined || uri.length > longestUri || !namesFile(ownerKind)) return;
    const { spellings: known } = context.seen;
    const spellings = known.of(uri, uriBaseId);
    if (spellings === undefined) {
      if (known.size > mostSpelledUris) return;
      known.add(uri, uriBaseId);
      if (known.size > mostSpelledUris) {
        report({
          message: `The run has more than ${mostSpelledUris} different URIs: the others are not compared.`,
          at: ['uri'],
        });
      }
      return;
    }
    if (spellings.first === uri && spellings.others === undefined) return;
    reportOther(uri, spellings, report);
  },
});

function reportOther(uri: string, spellings: Spellings, report: Parameters<typeof oneSpelling.check>[2]): void {
  const { first } = spellings;
  const isNew = first !== uri && spellings.others?.has(uri) !== true;
  const canDecode = normalEscapes(uri) !== uri;
  if (!isNew && !canDecode) return;
  if (isNew) {
    spellings.others ??= new Set();
    if (spellings.others.size >= mostSpellings && !canDecode) return;
    spellings.others.add(uri);
  }
  const other = first === uri ? ([...(spellings.others ?? [])][0] ?? first) : first;
  const isCase = normalUri(uri) !== normalUri(other);
  report({
    message: `'${uri}' and '${other}' differ only by ${isCase ? 'the case of letters' : 'what is percent-encoded'}. Write one file in one way.`,
    at: ['uri'],
    value: uri,
    ...(canDecode && {
      fix: {
        description: `'${normalEscapes(uri)}' is written.`,
        apply(target) {
          const location = target as Mutable<ArtifactLocation>;
          if (location.uri !== undefined) location.uri = normalEscapes(location.uri);
        },
      },
    }),
  });
}
