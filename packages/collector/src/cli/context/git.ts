import { execFile } from 'node:child_process';

/** Answers one question to git about a folder: its output without the line end, or undefined when git has no answer. */
export type AskGit = (...args: string[]) => Promise<string | undefined>;

/** Longer than any of our questions takes, in milliseconds: a hanging network drive must not hang the command. */
const patienceMs = 5000;

/**
 * Asks the git of the system about a working directory. No shell is involved, and git gets nothing of the environment but what it needs to
 * start, so that no credential reaches a hook or helper.
 */
export function gitIn(cwd: string, env: Readonly<Record<string, string | undefined>>): AskGit {
  const passedOn = ['PATH', 'HOME', 'USERPROFILE', 'SYSTEMROOT', 'GIT_DIR', 'GIT_WORK_TREE', 'GIT_CEILING_DIRECTORIES'];
  const scrubbed: Record<string, string> = { LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0' };
  for (const name of passedOn) {
    const value = env[name];
    if (value !== undefined) scrubbed[name] = value;
  }
  return (...args) =>
    new Promise((resolve, reject) => {
      try {
        execFile('git', args, { cwd, env: scrubbed, timeout: patienceMs, encoding: 'utf8' }, (error, stdout) => {
          // Not installed, no repository, no such setting: for us they all mean that git does not know.
          const answer = stdout.trim();
          resolve(error !== null || answer === '' ? undefined : answer);
        });
      } catch (error) {
        // With `node --permission` and without the right to start programs, nobody can be asked.
        if (error instanceof Error && 'code' in error && error.code === 'ERR_ACCESS_DENIED') resolve(undefined);
        else reject(error);
      }
    });
}
