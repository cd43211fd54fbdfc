/** As much of the WebAssembly interface of browsers and Node.js as the package uses; the library of TypeScript has it only with the DOM. */
declare namespace WebAssembly {
  class CompileError extends Error {}
  class LinkError extends Error {}
  interface Memory {
    readonly buffer: ArrayBuffer;
  }
  interface Instance {
    readonly exports: Readonly<Record<string, unknown>>;
  }
  function validate(bytes: Uint8Array): boolean;
  function instantiate(
    bytes: Uint8Array<ArrayBuffer>,
    imports: Readonly<Record<string, never>>,
  ): Promise<{ readonly instance: Instance }>;
}
