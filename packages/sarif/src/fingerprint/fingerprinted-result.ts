import type { ResultEvent, ResultText } from '../events/event.ts';
import type { Level, ReportingDescriptor, Result } from '../model/model.ts';
import type { SchemaDefect } from '../schema/defect.ts';

/** A result with further partial fingerprints. Where it had none its own bytes are kept, and these stand in front of them. */
export class FingerprintedResult implements ResultEvent {
  readonly type = 'result';
  readonly result: Result;
  readonly text: ResultText | undefined;
  readonly prefix: string | undefined;
  readonly #event: ResultEvent;

  constructor(event: ResultEvent, added: Readonly<Record<string, string>>) {
    const { result } = event;
    const known: unknown = result.partialFingerprints;
    const kept = typeof known === 'object' && known !== null && !Array.isArray(known) ? known : {};
    const partialFingerprints = { ...kept, ...added };
    this.#event = event;
    if (event.text !== undefined && !('partialFingerprints' in result)) {
      this.result = { partialFingerprints, ...result };
      this.text = event.text;
      this.prefix = `"partialFingerprints":${JSON.stringify(partialFingerprints)},${event.prefix ?? ''}`;
    } else {
      this.result = { ...result, partialFingerprints };
    }
  }

  get runIndex(): number {
    return this.#event.runIndex;
  }

  get resultIndex(): number {
    return this.#event.resultIndex;
  }

  get level(): Level | undefined {
    return this.#event.level;
  }

  get addedRule(): ReportingDescriptor | undefined {
    return this.#event.addedRule;
  }

  get defects(): readonly SchemaDefect[] | undefined {
    return this.#event.defects;
  }
}
