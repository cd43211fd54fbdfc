import type { ConversionContext } from '../converter.ts';
import type { JsonReport } from '../reading/json-report.ts';
import type { RunIds } from './run-ids.ts';
import type { Product } from './tool.ts';

/** What every kind of document is opened with. */
export interface Opening {
  readonly report: JsonReport;
  readonly context: ConversionContext;
  readonly ids: RunIds;
  /** What projects that say nothing of it were tested with: an error has no list of findings to tell it by. */
  readonly product: Product;
}
