import { InvalidArgumentError } from 'commander';

/** A whole number, `minimum` or more. */
export function wholeNumber(minimum: number, maximum: number = Number.MAX_SAFE_INTEGER): (written: string) => number {
  return (written) => {
    const value = /^\d+$/.test(written) ? Number(written) : Number.NaN;
    if (value >= minimum && value <= maximum) return value;
    const range = maximum === Number.MAX_SAFE_INTEGER ? `${minimum} or more` : `${minimum} to ${maximum}`;
    throw new InvalidArgumentError(`Give a whole number, ${range}.`);
  };
}
