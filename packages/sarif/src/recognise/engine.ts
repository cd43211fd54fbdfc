/// <reference path="./web-assembly.d.ts" />

/** The compiled recogniser: functions over one piece of memory. What each does stands in `portable/`. Places are indices into the input. */
export interface Engine {
  readonly kind: EngineKind;
  readonly bytes: Uint8Array;
  readonly words: Int32Array;
  prepare(): void;
  startRun(): void;
  addBase(text: number, length: number, isDeclared: number): void;
  addArtifact(uri: number, uriLength: number, base: number, baseLength: number): void;
  clearRecords(): void;
  countOfKeys(): number;
  countOfRecords(): number;
  countOfSites(): number;
  countOfPlaces(): number;
  countOfNewUris(): number;
  scan(from: number, to: number, comma: number, enough: number): number;
  needsComma(): number;
  recogniseAlone(length: number): number;
  recogniseAside(length: number): number;
  cutRecords(records: number, sites: number, places: number, newUris: number): void;
  startPart(): void;
  copyResults(first: number, count: number, comma: number, room: number): number;
  copiedBytes(): number;
  compactAside(length: number): number;
  startSkim(open: number, string: number, limit: number): void;
  skim(from: number, to: number, floor: number): number;
  skimState(which: number): number;
  /** Of these three, places are addresses in the memory. */
  countOf(byte: number, from: number, to: number): number;
  utf16Length(from: number, to: number): number;
  longHash(from: number, length: number): number;
  longHash2(): number;
}

/** The two forms that the recogniser is compiled to. Both say the same; WebAssembly is several times as fast. */
export type EngineKind = 'web-assembly' | 'javascript';

const engines = new Map<EngineKind, Promise<Engine>>();
let preferred: EngineKind | undefined;
let current: Engine | undefined;

/** The fastest engine that works here. It is made once and serves all streams. */
export async function loadEngine(): Promise<Engine> {
  current = await engineOf(preferred ?? (typeof WebAssembly === 'object' ? 'web-assembly' : 'javascript'));
  return current;
}

/** The engine that was loaded last; absent when no stream of bytes has been read yet. */
export function loadedEngine(): Engine | undefined {
  return current;
}

/** Makes one kind of engine the one that is used from now on; `undefined` leaves the choice. For tests and comparisons. */
export function preferEngine(kind: EngineKind | undefined): void {
  preferred = kind;
}

function engineOf(kind: EngineKind): Promise<Engine> {
  let engine = engines.get(kind);
  if (engine === undefined) {
    engine = kind === 'javascript' ? javaScriptEngine() : webAssemblyEngine();
    engines.set(kind, engine);
  }
  return engine;
}

async function webAssemblyEngine(): Promise<Engine> {
  const { webAssemblyBase64 } = await import('./web-assembly.generated.ts');
  let instance: WebAssembly.Instance;
  try {
    ({ instance } = await WebAssembly.instantiate(bytesOf(webAssemblyBase64), {}));
  } catch (error) {
    // A browser without SIMD, or a page whose security policy forbids compiling: the other engine says the same.
    if (error instanceof WebAssembly.CompileError || error instanceof WebAssembly.LinkError) {
      return engineOf('javascript');
    }
    throw error;
  }
  const functions = instance.exports as unknown as Omit<Engine, 'kind' | 'bytes' | 'words'>;
  const { buffer } = instance.exports['memory'] as WebAssembly.Memory;
  return started({ ...functions, kind: 'web-assembly', bytes: new Uint8Array(buffer), words: new Int32Array(buffer) });
}

async function javaScriptEngine(): Promise<Engine> {
  const [primitives, scan, skim, copy, machine] = await Promise.all([
    import('./portable/primitives.ts'),
    import('./portable/scan.ts'),
    import('./portable/skim.ts'),
    import('./portable/copy.ts'),
    import('./portable/machine.ts'),
  ]);
  const { memory, countOf, utf16Length, longHash, longHash2 } = machine;
  return started({
    ...{ ...primitives, ...scan, ...skim, ...copy, countOf, utf16Length, longHash, longHash2 },
    kind: 'javascript',
    bytes: new Uint8Array(memory),
    words: new Int32Array(memory),
  });
}

function started(engine: Engine): Engine {
  engine.prepare();
  return engine;
}

interface NativeDecoder {
  from(text: string, encoding: 'base64'): Uint8Array<ArrayBuffer>;
}

/** Decodes all at once where the platform can, because a loop over each character takes longer than compiling what comes out. */
function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const native = (globalThis as { Buffer?: NativeDecoder }).Buffer;
  if (native !== undefined) return native.from(base64, 'base64');
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}
