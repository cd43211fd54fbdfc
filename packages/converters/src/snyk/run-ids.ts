import { isObject } from '../values/json-object.ts';
import type { Product } from './tool.ts';

/**
 * Names for `automationDetails.id`: the same in each report about the same project, and different for each run of one report.
 * Snyk's own logs put a time stamp there, so that no two of them are about the same thing.
 */
export class RunIds {
  readonly #projects = new Map<string, number>();
  readonly #given = new Map<string, number>();

  /** `root` is the report: a project alone, or several, each perhaps with the applications of an image. */
  constructor(root: unknown) {
    for (const project of Array.isArray(root) ? (root as unknown[]) : [root]) {
      if (!isObject(project)) continue;
      const { metadata } = project;
      this.#count(project['projectName'] ?? (isObject(metadata) ? metadata['project-name'] : undefined));
      const { applications } = project;
      for (const application of Array.isArray(applications) ? (applications as unknown[]) : []) {
        if (isObject(application)) this.#count(application['projectName'] ?? project['projectName']);
      }
    }
  }

  /** `snyk/<product>/<name>/`, with the file as well where several projects have the name, and a number as the last resort. */
  next(product: Product, name: string | undefined, file: string | undefined): string {
    const isOne = (this.#projects.get(name ?? '') ?? 0) <= 1;
    const parts = [name, name === undefined || name === '' || !isOne ? file && relative(file) : undefined].filter(
      Boolean,
    );
    const id = `snyk/${product}/${parts.length === 0 ? 'project' : parts.join('/')}/`;
    const before = this.#given.get(id) ?? 0;
    this.#given.set(id, before + 1);
    return before === 0 ? id : `${id}${before + 1}/`;
  }

  #count(name: unknown): void {
    if (typeof name === 'string') this.#projects.set(name, (this.#projects.get(name) ?? 0) + 1);
  }
}

/** Of an absolute path only the last step is the same on each machine. */
function relative(path: string): string {
  const isAbsolute = path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path);
  return isAbsolute ? (path.split(/[\\/]/).findLast((step) => step !== '') ?? '') : path.replaceAll('\\', '/');
}
