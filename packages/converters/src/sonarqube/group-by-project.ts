import { Components } from './components.ts';
import type { OpenDocument, SonarReport } from './documents.ts';

/** Documents that become one run. */
export interface ProjectGroup {
  /** Key of the project, where the documents say it. */
  readonly project: string | undefined;
  readonly documents: readonly OpenDocument[];
}

/**
 * One group for each project, where each document with findings is about one; else one for all. What describes rules belongs to
 * every group.
 */
export async function groupByProject(
  { json }: SonarReport,
  documents: readonly OpenDocument[],
): Promise<readonly ProjectGroup[]> {
  const groups = new Map<string | undefined, OpenDocument[]>();
  const others: OpenDocument[] = [];
  for (const open of documents) {
    if (open.lists.every(({ count }) => count === 0)) {
      others.push(open);
      continue;
    }
    const components = new Components();
    for await (const { value } of json.elements([...open.document.path, 'components'])) components.add(value);
    const [project, second] = components.projects;
    const key = second === undefined ? project : undefined;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [open]);
    else known.push(open);
  }
  if (groups.size > 1 && !groups.has(undefined)) {
    return Array.from(groups, ([project, own]) => ({ project, documents: [...own, ...others] }));
  }
  return [{ project: groups.size === 1 ? [...groups.keys()][0] : undefined, documents }];
}
