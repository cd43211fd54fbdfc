import type { Diagnostic } from '@sariflow/sarif';
import type { Detection } from './detection/detect-format.ts';

/** The file is of no format that can be converted. `detection` says what it is, as far as that can be told. */
export class UnknownFormatError extends Error {
  override readonly name = 'UnknownFormatError';
  /** `SF-K001` not recognised, `SF-K002` recognised and not convertible. */
  readonly code: 'SF-K001' | 'SF-K002';
  readonly detection: Detection;

  constructor(detection: Detection, convertible: readonly string[]) {
    const unknown = detection.format === 'unknown' || detection.format === 'text';
    super(
      `${unknown ? notRecognised(detection) : notConvertible(detection)} ${advice(detection, convertible)}`.trimEnd(),
    );
    this.code = unknown ? 'SF-K001' : 'SF-K002';
    this.detection = detection;
  }

  /** The same as a diagnostic. */
  get diagnostic(): Diagnostic {
    return { ruleId: this.code, level: 'error', message: this.message, pointer: '' };
  }
}

function notRecognised({ because }: Detection): string {
  return `The format is not recognised: ${because}.`;
}

function notConvertible({ title, because }: Detection): string {
  return `This is ${title} (${because}), which cannot be converted.`;
}

function advice({ format, candidates, olderVersion }: Detection, convertible: readonly string[]): string {
  if (olderVersion !== undefined) {
    return "Have the tool write 2.1.0, or upgrade the log with the SARIF multitool: 'sarif transform --sarif-output-version Current'.";
  }
  switch (format) {
    case 'gzip':
    case 'zip':
    case 'zstd':
      return 'Unpack it first.';
    case 'ndjson':
      return 'Give the report as the tool wrote it, as one document.';
    case 'html':
      return 'Usually an error or login page was saved in place of the report: look at it in a browser.';
    case 'empty':
      return 'A scan that failed often leaves such a file behind: look at its output.';
    case 'utf-16':
      return 'Save it as UTF-8; PowerShell redirection writes UTF-16 unless told otherwise.';
    default: {
      const choice = candidates.length > 0 ? candidates : convertible;
      return choice.length === 0 ? '' : `Name the format with --from if it is one of these: ${choice.join(', ')}.`;
    }
  }
}
