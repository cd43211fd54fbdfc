/** Processor time of the slowest of several pieces of work. */
export class Stopwatch {
  slowestMs = 0;

  async timed<T>(work: () => Promise<T>): Promise<T> {
    const started = process.cpuUsage();
    const outcome = await work();
    const { user, system } = process.cpuUsage(started);
    this.slowestMs = Math.max(this.slowestMs, (user + system) / 1000);
    return outcome;
  }
}
