/** Roles and permissions under which a tenant key may upload. */
const uploaders: ReadonlySet<string> = new Set([
  'Instance Administrator',
  'AppSec Administrator',
  'Data Sources View/Edit',
]);

/** Roles and permissions under which a tenant key may read the repositories. */
const readers: ReadonlySet<string> = new Set([...uploaders, 'Data Sources View', 'AppSec Viewer']);

export function mayUpload(roles: readonly string[]): boolean {
  return roles.some((role) => uploaders.has(role));
}

export function mayRead(roles: readonly string[]): boolean {
  return roles.some((role) => readers.has(role));
}
