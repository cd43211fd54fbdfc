/** Why an input could not be had. The codes are stable; `sariflow explain` and scripts may rely on them. */
export type InputErrorCode =
  /** Nothing by this name, or nothing that the pattern or folder holds. */
  | 'SF-I101'
  /** It is there, but the system refuses to let us read it. */
  | 'SF-I102'
  /** A pipe, socket or device where a file is expected. */
  | 'SF-I103'
  /** The file changed while it was being read. */
  | 'SF-I104'
  /** An archive or compressed file that is damaged or ends early. */
  | 'SF-I105'
  /** An archive entry that needs a password. */
  | 'SF-I106'
  /** Unpacking grows past the limits. */
  | 'SF-I107'
  /** Too many entries, or archives in archives in archives. */
  | 'SF-I108'
  /** No room, or no right, to keep unpacked bytes in the temporary folder. */
  | 'SF-I109';

/**
 * An input that cannot be used. The message says what happened and what to do next; `path` is the input's display name,
 * kept apart because it is data and has to be escaped before anybody prints it.
 */
export class InputError extends Error {
  override readonly name = 'InputError';
  readonly code: InputErrorCode;
  readonly path: string;

  constructor(code: InputErrorCode, path: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.path = path;
  }
}

/** An error of the operating system as an `InputError`; anything else that is thrown is a defect and comes back as it was. */
export function inputErrorFrom(error: unknown, path: string): InputError {
  if (error instanceof InputError) return error;
  if (!isSystemError(error)) throw error;
  const options = { cause: error };
  switch (error.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new InputError(
        'SF-I101',
        path,
        'There is no such file. Check the name and the working directory.',
        options,
      );
    case 'EACCES':
    case 'EPERM':
      return new InputError(
        'SF-I102',
        path,
        'Reading is not permitted. Check the permissions of the file and its folders.',
        options,
      );
    case 'ELOOP':
      return new InputError('SF-I102', path, 'Its symbolic links lead in a circle. Name the file itself.', options);
    case 'ENAMETOOLONG':
      return new InputError('SF-I101', path, 'The name is too long for a file name. Check the argument.', options);
    case 'EISDIR':
      return new InputError('SF-I103', path, 'It is a folder where a file is expected.', options);
    default:
      return new InputError(
        'SF-I102',
        path,
        `Reading failed (${error.code}). Check the disk or the network share.`,
        options,
      );
  }
}

/** Whether this came from the operating system: an `Error` with a code such as `ENOENT`. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException & { readonly code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && 'syscall' in error;
}
