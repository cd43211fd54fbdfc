import { readFileSync } from 'node:fs';

const sarifPackage = new URL('../../packages/sarif/', import.meta.url);

/** The portable sources in the order in which they build on each other, with the machine that they run on. */
const sources = [
  'src/recognise/portable/layout.ts',
  'assembly/machine.ts',
  'src/recognise/portable/primitives.ts',
  'src/recognise/portable/objects.generated.ts',
  'src/recognise/portable/scan.ts',
  'src/recognise/portable/skim.ts',
  'src/recognise/portable/copy.ts',
];

/** What the package calls; everything else stays inside. */
const entries = new Set([
  'addArtifact',
  'addBase',
  'clearRecords',
  'compactAside',
  'copiedBytes',
  'copyResults',
  'countOf',
  'longHash',
  'longHash2',
  'countOfKeys',
  'countOfNewUris',
  'countOfPlaces',
  'countOfRecords',
  'countOfSites',
  'countOfStrings',
  'needsComma',
  'prepare',
  'recogniseAlone',
  'recogniseAside',
  'cutRecords',
  'scan',
  'skim',
  'skimState',
  'startPart',
  'startRun',
  'startSkim',
  'utf16Length',
]);

/** All sources as one program. */
export function portableProgram(): string {
  return sources.map((path) => asOneModule(readFileSync(new URL(path, sarifPackage), 'utf8'))).join('\n');
}

/**
 * Compiles the recogniser to WebAssembly. The same program gives the same bytes on every machine.
 *
 * @throws {Error} with the compiler's words when the sources do not compile
 */
export async function webAssemblyModule(program: string): Promise<Uint8Array> {
  // The compiler is large: it is loaded only when there is something to compile.
  const { default: asc } = await import('assemblyscript/asc');
  const pages = Number(/MEMORY_PAGES: i32 = (0x[0-9a-f_]+)/.exec(program)?.[1]?.replaceAll('_', ''));
  let binary: Uint8Array | undefined;
  const said: string[] = [];
  const { error } = await asc.main(
    [
      'recogniser.ts',
      ...['--outFile', 'recogniser.wasm', '--runtime', 'stub', '--noAssert', '-O3', '--converge', '--enable', 'simd'],
      ...['--use', 'abort=', '--initialMemory', String(pages), '--maximumMemory', String(pages)],
    ],
    {
      readFile: (name) => (name === 'recogniser.ts' ? program : null),
      writeFile: (name, contents) => {
        if (name === 'recogniser.wasm') binary = contents as Uint8Array;
      },
      listFiles: () => [],
      stderr: {
        write: (text: string | Uint8Array) => {
          said.push(String(text));
          return true;
        },
      },
    },
  );
  if (error !== null || binary === undefined) throw new Error(`The recogniser does not compile.\n${said.join('')}`);
  return binary;
}

/** A module's text as a part of one large module: without imports, and exporting only what is called from outside. */
function asOneModule(text: string): string {
  return (
    text
      .replace(/^import (?:type )?\{[^}]*\} from '[^']*';$/gm, '')
      .replace(/^export \{[^}]*\};$/gm, '')
      // The compiler sees that the one never ends, but not the other.
      .replaceAll('for (;;)', 'while (true)')
      .replace(
        /^((?:\/\/ @ts-ignore: decorator\n)?(?:@inline )?)export (function (\w+)|const|let)/gm,
        (whole, before, what, name) => (name !== undefined && entries.has(name) ? whole : `${before}${what}`),
      )
  );
}
