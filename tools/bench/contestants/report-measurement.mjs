/**
 * The contestants are JavaScript, not TypeScript: what removes the types costs 17 MB and 30 ms, and both would count.
 *
 * @typedef {object} ContestantReport What a contestant prints as its last act: one line of JSON.
 * @property {number} results
 * @property {number} peakBytes Largest resident set of the whole process so far.
 */

/**
 * The file to read: the only argument of every contestant.
 *
 * @returns {string}
 */
export function inputPath() {
  const path = process.argv[2];
  if (path === undefined) throw new Error('Give the path of a SARIF log as the only argument.');
  return path;
}

/**
 * Prints what the benchmark asks for. Called when all the work is done.
 *
 * @param {number} results
 */
export function reportMeasurement(results) {
  // `maxRSS` is in kibibytes on every platform.
  /** @type {ContestantReport} */
  const report = { results, peakBytes: process.resourceUsage().maxRSS * 1024 };
  process.stdout.write(`${JSON.stringify(report)}\n`);
}
