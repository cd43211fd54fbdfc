import type { Severity } from '../shell/severity.ts';
import { utcTime } from '../texts/utc-time.ts';
import type { Fields } from '../values/fields.ts';
import { severityOf, severityOfCvss } from './severity.ts';

/** A severity, and as it was written. */
export interface ReadSeverity {
  readonly severity: Severity;
  readonly severityText: string | number | undefined;
}

/** `severity` as a number from 0 to 5. What is missing or none of these is doubted. */
export function readSeverity(fields: Fields): ReadSeverity {
  return readScale(fields, severityOf, 'a number from 0 to 5');
}

/** `severity` as a CVSS number from 0 to 10. */
export function readCvssSeverity(fields: Fields): ReadSeverity {
  const scale = (written: string | number) => (written === '' ? undefined : severityOfCvss(Number(written)));
  return readScale(fields, scale, 'a number from 0 to 10');
}

function readScale(
  fields: Fields,
  scale: (written: string | number) => Severity | undefined,
  expected: string,
): ReadSeverity {
  const written = fields.object['severity'];
  if (typeof written !== 'number' && typeof written !== 'string') {
    fields.text('severity');
    fields.doubt('SF-K104', undefined, `The finding has no "severity" that is ${expected}.`);
    return { severity: 'unknown', severityText: undefined };
  }
  const severity = scale(written);
  if (severity === undefined) {
    fields.doubt('SF-K104', 'severity', `The severity ${JSON.stringify(written)} is not ${expected}.`);
  }
  return { severity: severity ?? 'unknown', severityText: written };
}

/** A time in UTC. What is none is doubted and kept. */
export function readTime(fields: Fields, name: string): string | undefined {
  const text = fields.text(name);
  if (text === undefined || text === '') return undefined;
  const time = utcTime(text);
  if (time !== undefined) return time;
  fields.doubt('SF-K106', name, `${JSON.stringify(text)} is no time with a time zone. It is kept in the properties.`);
  fields.keep(name);
  return undefined;
}

/** A line, as a number or a text. 0 and below mean that the line is not known, which happens without debug symbols. */
export function readLine(fields: Fields, name: string): number | undefined {
  const written = fields.object[name];
  if (written === undefined || written === null || written === '') return undefined;
  const line = typeof written === 'string' && /^\s*-?\d{1,9}\s*$/.test(written) ? Number(written) : written;
  if (typeof line === 'number' && Number.isSafeInteger(line)) return line >= 1 ? line : undefined;
  fields.doubtValue([name], written, 'a line number');
  return undefined;
}

/** A text that is not empty. */
export function readText(fields: Fields | undefined, name: string): string | undefined {
  return fields?.label(name)?.trim() || undefined;
}

/** A CVSS number, as a number or a text. */
export function readScore(fields: Fields | undefined, name: string): number | undefined {
  const written = fields?.object[name];
  if (fields === undefined || written === undefined || written === null || written === '') return undefined;
  const score = typeof written === 'string' && written.trim() !== '' ? Number(written) : written;
  if (typeof score === 'number' && score >= 0 && score <= 10) return score;
  if (typeof score === 'number') {
    fields.doubt(
      'SF-K106',
      name,
      `${JSON.stringify(written)} is no CVSS number from 0 to 10. It is kept in the properties.`,
    );
    fields.keep(name);
  } else fields.doubtValue([name], written, 'a number');
  return undefined;
}
