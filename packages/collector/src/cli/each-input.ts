import { discoverInputs } from '../input/discover-inputs.ts';
import type { Input, SkipReason } from '../input/input.ts';
import type { InputError } from '../input/input-error.ts';
import { keepHeapSmall } from './heap-size.ts';
import { countOf } from './render/quantities.ts';
import { text } from './render/text.ts';
import type { Services } from './services.ts';

/** Reasons that are worth a line each. The others are counted: a source tree has many files that are no reports. */
const worthSaying: ReadonlySet<SkipReason> = new Set(['same-file', 'link-outside', 'not-a-file', 'folder-by-pattern']);

/**
 * The inputs of a command, one after the other. What is passed over is said; what cannot be had is said and handed to `onFailed`. Stops when the
 * user interrupts.
 */
export async function* eachInput(
  paths: readonly string[],
  { environment, conversation, spool }: Services,
  onFailed: (path: string, error: InputError) => void,
): AsyncGenerator<Input> {
  const { standardInput, cwd, interruption } = environment;
  const read = () => {
    if (standardInput.isTerminal) conversation.info(text`  reading standard input; end it with Ctrl-D`);
    return standardInput.read();
  };
  let passedOver = 0;
  for await (const found of discoverInputs(paths, { cwd, spool, standardInput: read })) {
    switch (found.type) {
      case 'input':
        keepHeapSmall();
        yield found.input;
        break;
      case 'skipped':
        if (worthSaying.has(found.reason)) conversation.info(text`  skipped ${found.path}: ${found.message}`);
        else {
          conversation.detail(text`skipped ${found.path}: ${found.message}`);
          passedOver += 1;
        }
        break;
      case 'failed':
        conversation.error(
          text`${found.path === '' ? '(empty argument)' : found.path}: ${found.error.message} (${found.error.code})`,
        );
        onFailed(found.path, found.error);
        break;
    }
    if (interruption.aborted) break;
  }
  if (passedOver > 0)
    conversation.info(text`  skipped ${countOf(passedOver, 'file')} that cannot be reports (--verbose lists them)`);
}
