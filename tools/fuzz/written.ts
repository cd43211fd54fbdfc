import { writeSarif } from '../../packages/sarif/src/index.ts';
import { concatenate } from '../../packages/sarif/src/json/concatenate.ts';

/** The bytes of a log as it is written. */
export async function written(events: Parameters<typeof writeSarif>[0]): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of writeSarif(events)) chunks.push(chunk);
  return concatenate(chunks);
}
