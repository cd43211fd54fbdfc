import { canonicalJson } from '../digest/canonical-json.ts';
import type { ToolComponent } from '../model/model.ts';

/**
 * Who a tool component is: components with the same key are one. What its messages are made of counts, too, because the
 * messages of results are looked up there.
 */
export function componentKey(component: ToolComponent): string {
  const { name, fullName, version, semanticVersion, guid, language, globalMessageStrings } = component;
  return canonicalJson([
    name,
    fullName ?? null,
    version ?? null,
    semanticVersion ?? null,
    guid?.toLowerCase() ?? null,
    language ?? null,
    globalMessageStrings ?? null,
  ]);
}
