import { advice, codeLines, identifiers, sinks, sources, topics, weaknesses } from '../generate-log/vocabulary.ts';
import { pathOf } from './places.ts';
import type { ReportPlan } from './report-plan.ts';

/** The JSON of `semgrep ci`, logged in: a fifth of the findings with a data flow. */
export const semgrepPlan: ReportPlan = {
  ending: '.json',
  head: '{"version":"1.140.0","results":[',
  tail: '],"errors":[],"paths":{"scanned":["src"]},"skipped_rules":[],"interfile_languages_used":[]}',
  separator: ',',
  findingsAt: ['results'],
  finding(random) {
    const rule = random.below(300);
    const topic = topics[rule % topics.length] as string;
    const weakness = weaknesses[rule % weaknesses.length];
    const path = pathOf(random);
    const line = 1 + random.below(3_000);
    const col = 1 + random.below(60);
    const offset = line * 40;
    const start = { line, col, offset };
    const end = { line, col: col + 12, offset: offset + 12 };
    const step = (name: string) => ['CliLoc', [{ path, start, end }, name]];
    return JSON.stringify({
      check_id: `rules.${topic}.${topic}-${rule}`,
      path,
      start,
      end,
      extra: {
        message: `The value of ${random.pick(identifiers)} comes from ${random.pick(sources)} and reaches ${random.pick(sinks)}. ${random.pick(advice)}`,
        metadata: {
          category: 'security',
          cwe: [`CWE-${weakness}: ${topic}`],
          owasp: ['A03:2021 - Injection'],
          confidence: rule % 3 === 0 ? 'HIGH' : 'MEDIUM',
          likelihood: 'MEDIUM',
          impact: 'HIGH',
          technology: ['express', 'node.js'],
          references: [`https://rules.example.test/${topic}`],
          source: `https://rules.example.test/r/${topic}-${rule}`,
          license: 'Example Rules License v.1.0',
        },
        severity: (['ERROR', 'WARNING', 'INFO'] as const)[rule % 3],
        fingerprint: `${random.hex(64)}_0`,
        lines: random.pick(codeLines),
        is_ignored: random.chance(0.02),
        validation_state: 'NO_VALIDATOR',
        engine_kind: 'OSS',
        ...(random.chance(0.2) && {
          dataflow_trace: {
            taint_source: step(random.pick(identifiers)),
            intermediate_vars: [{ location: { path, start, end }, content: random.pick(identifiers) }],
            taint_sink: step(random.pick(identifiers)),
          },
        }),
      },
    });
  },
};
