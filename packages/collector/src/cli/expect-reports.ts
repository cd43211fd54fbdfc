import type { ExitName } from './exit-code.ts';
import { text } from './render/text.ts';
import type { Services } from './services.ts';

/**
 * Says that the paths stand for no report, where that is so and the user did not stop the command before one was found.
 *
 * @param count reports that were found, readable or not
 * @param happened is added to
 */
export function expectReports(
  count: number,
  { environment, conversation }: Pick<Services, 'environment' | 'conversation'>,
  happened: Set<ExitName>,
): void {
  if (count > 0 || environment.interruption.aborted) return;
  conversation.error(text`No report was found. Name a report, or a folder that holds one.`);
  happened.add('unreadable');
}
