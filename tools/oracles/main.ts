import { parseArgs } from 'node:util';
import { corpusIsAbsent, corpusLogs, type NamedDocument } from './corpus-logs.ts';
import { compareEvents } from './event-comparison.ts';
import { multitoolIsAbsent } from './multitool.ts';
import { compareWithMultitool } from './multitool-comparison.ts';
import { documentsForMultitool, Mutations } from './mutations.ts';
import { compareWithSchema } from './schema-comparison.ts';
import { addVerdict, emptySurvey, type Survey, surveyOf } from './survey.ts';

const usage = `Holds Sariflow's verdicts against those of other programs, over the corpus and seeded changes of it.

  node tools/oracles/main.ts [--mutations 10000] [--seed 1] [--multitool 300] [--only schema,events,multitool]

Exit code 1 when a difference is met that nobody has explained.
`;

/** Returns the exit code. */
async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      mutations: { type: 'string', default: '10000' },
      seed: { type: 'string', default: '1' },
      multitool: { type: 'string', default: '300' },
      only: { type: 'string', default: 'schema,events,multitool' },
      help: { type: 'boolean', default: false },
    },
  });
  const counts = [values.mutations, values.seed, values.multitool].map(Number);
  if (values.help || counts.some((count) => !Number.isInteger(count) || count < 0)) {
    process.stderr.write(usage);
    return 2;
  }
  if (corpusIsAbsent) {
    process.stderr.write('There is no corpus: name its folder in SARIFLOW_CORPUS.\n');
    return 2;
  }

  const [mutations = 0, seed = 0, forMultitool = 0] = counts;
  const isAsked = (oracle: string): boolean => values.only.split(',').includes(oracle);
  const changed = new Mutations(corpusLogs(), seed);
  const surveys: Survey[] = [];
  if (isAsked('schema')) {
    const survey = await surveyOf(documents(changed, mutations), compareWithSchema);
    surveys.push(told('ajv with the published schema', survey));
  }
  if (isAsked('events')) {
    const survey = await surveyOf(documents(changed, mutations), async (bytes) => {
      const { results, trouble } = await compareEvents(bytes);
      return { agreed: results, differences: [], unexplained: trouble === undefined ? [] : [trouble] };
    });
    surveys.push(told('stream-json', survey));
  }
  if (isAsked('multitool')) {
    if (multitoolIsAbsent !== undefined) process.stdout.write(`\nsarif-multitool: not asked. ${multitoolIsAbsent}\n`);
    else {
      const survey = emptySurvey();
      const verdicts = await compareWithMultitool(documentsForMultitool(changed, forMultitool));
      for (const [document, verdict] of verdicts) addVerdict(survey, document, verdict);
      surveys.push(told('sarif-multitool', survey));
    }
  }
  return surveys.every(({ unexplained }) => unexplained.length === 0) ? 0 : 1;
}

function* documents(changed: Mutations, count: number): Generator<NamedDocument> {
  yield* corpusLogs();
  for (let index = 0; index < count; index += 1) yield changed.get(index);
}

function told(oracle: string, survey: Survey): Survey {
  const { unexplained, differences } = survey;
  const lines = [
    `\n${oracle}: ${survey.documents} documents, ${survey.agreed} times agreed, ${unexplained.length} unexplained`,
    ...[...differences].map(([id, count]) => `  ${id}: ${count} documents`),
    ...unexplained.slice(0, 50).map(({ name, line }) => `  UNEXPLAINED in ${name}\n    ${line}`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  return survey;
}

process.exitCode = await main(process.argv.slice(2));
