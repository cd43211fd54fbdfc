import { registerHooks } from 'node:module';

// Loaded before a program with `node --import`: the packages of this project are then their sources instead of what was built of them, as in
// vitest. For scenarios of a command that is being worked on.
const sources: ReadonlyMap<string, string> = new Map(
  ['sarif', 'converters', 'collector'].map((name) => [
    `@sariflow/${name}`,
    new URL(`../../../../${name}/src/index.ts`, import.meta.url).href,
  ]),
);

registerHooks({
  resolve: (specifier, context, next) => next(sources.get(specifier) ?? specifier, context),
});
