import type { Diagnostic, Log, Result, Run, Source } from '@sariflow/sarif';
import { type ConversionSummary, convert } from '../convert.ts';
import type { ConvertOptions } from '../options.ts';

/** A conversion with everything in memory. */
export interface ConvertedLog {
  readonly log: Log;
  readonly summary: ConversionSummary;
  readonly diagnostics: readonly Diagnostic[];
  /** Results of all runs. */
  readonly results: readonly Result[];
}

/** Converts a small report. */
export async function convertToLog(source: Source, options: ConvertOptions = {}): Promise<ConvertedLog> {
  const diagnostics: Diagnostic[] = [];
  const conversion = await convert(source, { ...options, report: (diagnostic) => diagnostics.push(diagnostic) });
  const runs: Run[] = [];
  const results: Result[] = [];
  let log: Log | undefined;
  for await (const event of conversion) {
    if (event.type === 'log-start') log = { ...event.log, runs };
    if (event.type === 'run-start') runs.push(event.results === 'array' ? { ...event.run, results: [] } : event.run);
    if (event.type === 'result') {
      runs[event.runIndex]?.results?.push(event.result);
      results.push(event.result);
    }
  }
  if (log === undefined) throw new Error('The conversion gave no log.');
  return { log, summary: conversion.summary, diagnostics, results };
}
