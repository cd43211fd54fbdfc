import { moveSarifUris } from '../positions/sarif-uris.ts';

/** Whether a message or a location in an object leads to a place of the log. `kind` is the object's SARIF name. */
export function namesPlaces(kind: string, value: object): boolean {
  if (!JSON.stringify(value).includes('sarif:')) return false;
  let found = false;
  moveSarifUris(kind, value, ({ run, path }) => {
    found = true;
    return ['sarif:', 'runs', run, ...path].join('/');
  });
  return found;
}
