import type { Lines } from './finding.ts';

/** What a list of findings is about: a file, or the packages of an image. */
export interface Target {
  /** As Trivy names it: a path, or a name such as `alpine:3.18 (alpine 3.18.2)` or `Node.js`. */
  readonly name: string;
  /** `os-pkgs`, `lang-pkgs`, `config`, `secret`, `license` and so on. */
  readonly className: string;
  /** `npm`, `terraform`, `alpine` and so on. */
  readonly type: string;
  /** What was scanned: an image, a directory, an address. */
  readonly artifact: string;
  readonly isImage: boolean;
  /** The resource of the cluster that it belongs to. */
  readonly resource: string | undefined;
  /** Lines of packages in their lock file, by the ids of packages. */
  readonly lines: ReadonlyMap<string, Lines>;
}

/** Names under which packages from all over an image are listed; they are no files. */
const collections = new Set(['Node.js', 'Python', 'Ruby', 'Java', 'Conda', 'OS Packages', 'Loose File License(s)', '']);

/** The file that a target is; undefined when it is none. */
export function targetFile(target: Target): string | undefined {
  const { name, className, artifact, isImage } = target;
  if (className === '' && isSystem(target)) return imageFile(systemOf(target));
  if (isSystem(target) || collections.has(name)) return isImage ? imageFile(artifact) : artifact || undefined;
  return name;
}

/** Whether a target is the packages of an operating system. Old versions say so only by its name. */
export function isSystem(target: Pick<Target, 'name' | 'className' | 'type'>): boolean {
  return target.className === 'os-pkgs' || (target.className === '' && systemOf(target) !== '');
}

/** What has the operating system: `alpine:3.18` of `alpine:3.18 (alpine 3.18.2)`; empty when the name is another one. */
export function systemOf({ name, type }: Pick<Target, 'name' | 'type'>): string {
  const at = name.lastIndexOf(' (');
  if (at < 1 || !name.endsWith(')')) return '';
  const system = name.slice(at + 2, -1);
  const isNamed = type === '' ? system.includes(' ') : system.startsWith(type);
  return isNamed ? name.slice(0, at) : '';
}

/** Consumers want a file even of an image: its name, in which a colon would read as a scheme. */
function imageFile(artifact: string): string | undefined {
  return artifact === '' ? undefined : artifact.replaceAll(':', '_');
}
