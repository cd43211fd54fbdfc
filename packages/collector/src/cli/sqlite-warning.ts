type EmitWarning = NodeJS.Process['emitWarning'];

/**
 * Node 22 warns that its SQLite is experimental each time a process uses it. Users can do nothing about that, so this one warning is left out; all
 * others stay.
 */
export function filterSqliteWarning(host: { emitWarning: EmitWarning }): void {
  const emit = host.emitWarning;
  const filtered = (warning: string | Error, ...more: unknown[]) => {
    const [type] = more;
    const name =
      warning instanceof Error
        ? warning.name
        : typeof type === 'object'
          ? (type as { type?: string } | null)?.type
          : type;
    const message = warning instanceof Error ? warning.message : warning;
    if (name === 'ExperimentalWarning' && message.includes('SQLite')) return;
    Reflect.apply(emit, host, [warning, ...more]);
  };
  host.emitWarning = filtered as EmitWarning;
}
