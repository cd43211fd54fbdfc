import process from 'node:process';

type Sqlite = typeof import('node:sqlite');

let loaded: Sqlite | undefined;

/**
 * `node:sqlite` without the one warning that Node 22 prints about it: it would stand in everybody's CI log and there is
 * nothing they could do about it. Other warnings pass.
 */
export function sqliteModule(): Sqlite {
  if (loaded !== undefined) return loaded;

  const emitWarning = process.emitWarning;
  process.emitWarning = ((warning: string | Error, ...rest: unknown[]) => {
    const text = typeof warning === 'string' ? warning : warning.message;
    if (text.startsWith('SQLite is an experimental feature')) return;
    Reflect.apply(emitWarning, process, [warning, ...rest]);
  }) as typeof process.emitWarning;
  try {
    loaded = process.getBuiltinModule('node:sqlite');
  } finally {
    process.emitWarning = emitWarning;
  }
  return loaded;
}
