import type { Command } from 'commander';
import type { StartCommand } from '../start-command.ts';
import { addUploadOptions } from '../upload/upload-options.ts';

/** Declares `sariflow upload`. */
export function defineUpload(program: Command, start: StartCommand): Command {
  const command = program
    .command('upload')
    .description("Bring scanners' reports to the platform, and say what became of every finding.")
    .argument('<paths...>', 'files, folders, patterns, archives, or - for standard input');
  return addUploadOptions(command).action(start(async () => (await import('./run-upload.ts')).runUpload));
}
