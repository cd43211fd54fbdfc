import { type Diagnostic, type Log, normalize, type Profile, readSarif, validate, writeSarif } from '@sariflow/sarif';

/**
 * What validation says against a log, but for advice: every rule of the standard; with a destination, its rules as well, of
 * the log as it is sent there.
 */
export async function defectsOf(log: Log, profile?: Profile): Promise<string[]> {
  const said: string[] = [];
  const report = ({ level, ruleId, message, pointer }: Diagnostic) => {
    if (level !== 'note') said.push(`${ruleId} ${level} ${pointer} ${message}`);
  };
  const given = new TextEncoder().encode(JSON.stringify(log));
  const events = readSarif(profile === undefined ? given : await sent(given, profile), { report });
  for await (const _ of validate(events, { report, ...(profile !== undefined && { profile }) }));
  return said;
}

async function sent(log: Uint8Array, profile: Profile): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of writeSarif(normalize(readSarif(log), { profile }))) chunks.push(Uint8Array.from(chunk));
  return Buffer.concat(chunks);
}
