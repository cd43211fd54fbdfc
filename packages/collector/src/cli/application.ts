// All that `main.ts` loads once it knows that this Node.js will do. The build makes one script of it: see `load-script.ts`.
export { environmentOf } from './process-environment.ts';
export { runCli } from './run-cli.ts';
