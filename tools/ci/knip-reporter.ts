/** Says how many files knip looked at: its own reporters say nothing when they have nothing to complain about. */
export default function reportProcessedFiles({
  counters,
}: {
  readonly counters: { readonly processed: number };
}): void {
  process.stdout.write(`Looked at ${counters.processed} files\n`);
}
