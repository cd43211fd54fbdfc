import { describeMutations } from '../test-support/describe-mutations.ts';
import type { FindingExtents } from '../test-support/json-extents.ts';

describeMutations({
  format: 'veracode',
  findings: ['findings', '_embedded/findings', '_embedded/issues', '*/_embedded/findings', 'records/*/vulnerabilities'],
  elsewhere: xmlFindings,
  // Of one vulnerability of the agent come as many findings as it has libraries.
  // Tables have no brackets to damage: what is wrong in a row stays in it.
  except: [
    ...['sca-agent', 'sca-csv', 'sca-csv-semicolons'],
    ...['pipeline-damaged', 'findings-damaged', 'detailed-damaged', 'hostile-keys'],
  ],
});

/** Where flaws and vulnerabilities of components stand. A component is one stretch: what is in it belongs to all of its own. */
function xmlFindings(bytes: Uint8Array): FindingExtents {
  const text = new TextDecoder('latin1').decode(bytes);
  const stretches = (pattern: RegExp) =>
    Array.from(text.matchAll(pattern), ({ index, 0: found }) => ({ start: index, end: index + found.length }));
  const flaws = stretches(/<flaw [^>]*?(?:\/>|>[\s\S]*?<\/flaw>)/g);
  const components = stretches(/<component [\s\S]*?<\/component>/g).flatMap((extent) => {
    const count = text.slice(extent.start, extent.end).match(/<vulnerability /g)?.length ?? 0;
    return Array.from({ length: count }, () => extent);
  });
  return {
    findings: [...flaws, ...components],
    lists: stretches(
      /<(?:static|dynamic|manual)flaws>[\s\S]*?<\/(?:static|dynamic|manual)flaws>|<vulnerable_components>[\s\S]*?<\/vulnerable_components>/g,
    ),
  };
}
