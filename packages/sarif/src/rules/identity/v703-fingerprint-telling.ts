import type { Place } from '../../diagnostics/diagnostic.ts';
import { fingerprintMembers, isMeaningful } from '../../fingerprint/distrusted-fingerprints.ts';
import { UniformFingerprints } from '../../fingerprint/uniform-fingerprints.ts';
import type { Result } from '../../model/model.ts';
import { defineRule } from '../rule.ts';

/** How many names are remembered, so that each is spoken of once. */
const maxNames = 10_000;

const drive = /(?:^|[^A-Za-z0-9])[A-Za-z]:[\\/]/;
const home =
  /(?:^|[^\w.-])\/(?:home|Users|root|tmp|var|opt|usr|srv|mnt|builds?|workspaces?|github|runner|private|data)\//;

/** A fingerprint that says nothing, or says what changes, follows no finding. */
export const fingerprintTelling = defineRule({
  id: 'SF-V703',
  name: 'fingerprint-telling',
  level: 'warning',
  specSection: '3.27.16',
  summary:
    'A fingerprint is not empty, not the same for all results, and has no absolute path and no line number in it.',
  explanation: {
    cause:
      'The tool has no fingerprint to give, such as one that is not logged in, or makes it of the place of the finding.',
    reason: 'Equal fingerprints mean the same finding: these make all findings one, or a new one of each that moves.',
    repair: 'None: a value that says nothing is not used to know results again, and another is computed beside it.',
    before: '{ "fingerprints": { "matchBasedId/v1": "requires login" } }',
    after: '{ "fingerprints": { "matchBasedId/v1": "7c1e0d9a44" } }',
  },
  watches: 'results',
  watch() {
    const places = new Map<string, Place | undefined>();
    const saidNames = new Set<string>();
    const uniform = new UniformFingerprints();
    let isFirst = true;
    return {
      result(result, resultIndex, report, placeOf) {
        uniform.add(result, result.fingerprints, resultIndex);
        for (const member of fingerprintMembers) {
          const fingerprints = result[member];
          if (fingerprints === undefined) continue;
          for (const [name, value] of Object.entries(fingerprints)) {
            const at = [member, name];
            const key = `${member}/${name}`;
            if (isFirst && member === 'fingerprints') places.set(name, placeOf(at));
            // A column of 0 is a good part of a partial fingerprint; alone, it is nothing.
            if (!isMeaningful(value) && !(value === '0' && member === 'partialFingerprints')) {
              if (saidNames.has(key) || saidNames.size >= maxNames) continue;
              saidNames.add(key);
              report({
                message: `The fingerprint '${name}' has the value '${value}', which tells no result from another. Leave it out where there is none.`,
                at,
                value,
              });
              continue;
            }
            const place = placeIn(value, result);
            if (place === undefined) continue;
            report({
              message: `The fingerprint '${name}' has ${place} in it, and changes whenever that does. Make it of what stays.`,
              at,
              value,
            });
          }
        }
        isFirst = false;
      },
      end(report) {
        for (const { name, value, resultIndex } of uniform.end()) {
          if (saidNames.has(`fingerprints/${name}`)) continue;
          report({
            message: `All results of the run have the same value in '${name}', though they are in several places. Make it of what tells them apart.`,
            at: ['results', resultIndex, 'fingerprints', name],
            value,
            place: places.get(name),
          });
        }
      },
    };
  },
});

/** What of the result's place a value gives away. */
function placeIn(value: string, { locations }: Result): string | undefined {
  const isOneSegment = !value.includes('/') && !value.includes('\\');
  if (!isOneSegment && (value.includes('file:/') || drive.test(value) || home.test(value))) return 'an absolute path';
  const { artifactLocation, region } = locations?.[0]?.physicalLocation ?? {};
  const line = region?.startLine;
  const uri = artifactLocation?.uri;
  if (line === undefined || uri === undefined) return undefined;
  const name = uri.slice(Math.max(uri.lastIndexOf('/'), uri.lastIndexOf('\\')) + 1);
  const at = name === '' ? -1 : value.indexOf(name);
  if (at === -1) return undefined;
  const numbers = value.slice(at + name.length).match(/(?<![\w.])\d{1,15}(?!\w)/g) ?? [];
  return numbers.some((number) => Number(number) === line) ? 'the line number' : undefined;
}
