import { expect, test } from 'vitest';
import { readSarif } from '../read/read-sarif.ts';
import { ReadError } from './read-error.ts';

const results = Array.from({ length: 9 }, (_, index) => ({ ruleId: `r${index}`, message: { text: `Text ${index}.` } }));
const log = JSON.stringify({ version: '2.1.0', runs: [{ tool: { driver: { name: 'T' } }, results }] }, undefined, 1);

async function errorOf(text: string): Promise<ReadError> {
  try {
    for await (const _ of readSarif(new TextEncoder().encode(text)));
  } catch (error) {
    if (error instanceof ReadError) return error;
    throw error;
  }
  throw new Error('Nothing is wrong with it.');
}

const textOfFourth = '"Text 4."';
const endOfFourth = log.indexOf('}', log.indexOf('}', log.indexOf(textOfFourth)) + 1);

test.each([
  ['a brace that is something else', endOfFourth, '|', endOfFourth, '/runs/0/results/4'],
  ['a brace that is missing', endOfFourth, ' ', log.indexOf('{', endOfFourth), '/runs/0/results/4'],
  [
    'a quote that is missing',
    log.indexOf(textOfFourth),
    ' ',
    log.indexOf(textOfFourth) + 1,
    '/runs/0/results/4/message/text',
  ],
])(
  '%s is named where it stands, not where the count of brackets does not come out',
  async (_, at, put, place, pointer) => {
    const { diagnostic, completeElements } = await errorOf(`${log.slice(0, at)}${put}${log.slice(at + 1)}`);
    expect(diagnostic.ruleId).toBe('SF-P105');
    expect(diagnostic.place?.byteOffset).toBe(place);
    expect(diagnostic.place?.line).toBe(log.slice(0, place).split('\n').length);
    expect(diagnostic.pointer).toBe(pointer);
    expect(completeElements).toBe(4);
  },
);

test('an input that is only cut ends early', async () => {
  const { diagnostic, completeElements } = await errorOf(log.slice(0, endOfFourth));
  expect(diagnostic.ruleId).toBe('SF-P106');
  expect(completeElements).toBe(4);
});
