import type { ReportFormatId } from './detection/format-id.ts';
import type { Signature } from './detection/signature.ts';
import type { DoubtCollector } from './diagnostics/doubt-collector.ts';
import type { ConverterPage } from './documentation/converter-page.ts';
import type { ConvertOptions } from './options.ts';
import type { Rereadable } from './reading/bytes-from.ts';
import type { RunDraft } from './shell/drafts.ts';
import type { LossTally } from './shell/losses.ts';
import type { Notifications } from './shell/notifications.ts';

/** What a converter is given to work with. */
export interface ConversionContext {
  /** The report; gives the same bytes each time it is read. */
  readonly source: Rereadable;
  readonly options: ConvertOptions;
  readonly doubts: DoubtCollector;
  readonly losses: LossTally;
}

/** A run, and the notifications that the converter and the shell write for it. */
export interface OpenedRun<Finding> {
  readonly draft: RunDraft<Finding>;
  readonly notifications: Notifications;
}

/** A tool's report formats: how to recognise them, and how their findings become results. */
export interface Converter {
  readonly id: ReportFormatId;
  /** The tool's name, as people write it. */
  readonly title: string;
  readonly signatures: readonly Signature[];
  /** What goes where, for the documentation. */
  readonly page: ConverterPage;
  /**
   * Reads what stands around the findings and says which runs to write.
   * @throws {ReadError} when the bytes cannot be read
   * @throws {UnknownFormatError} when the document is not of this format after all
   */
  open(context: ConversionContext): Promise<readonly OpenedRun<unknown>[]>;
}

/** Declares a converter. */
export function defineConverter(converter: Converter): Converter {
  return converter;
}

/** Declares a run whose findings have a type of their own. */
export function openedRun<Finding>(draft: RunDraft<Finding>, notifications: Notifications): OpenedRun<unknown> {
  return { draft: draft as RunDraft<unknown>, notifications };
}
