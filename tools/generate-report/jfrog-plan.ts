import { advice, topics, weaknesses } from '../generate-log/vocabulary.ts';
import { packageOf, timeOf, versionOf } from './places.ts';
import type { ReportPlan } from './report-plan.ts';

/** The answer of a graph scan. */
export const jfrogPlan: ReportPlan = {
  ending: '.json',
  head: '{"scan_id":"00000000-0000-4000-8000-000000000000","vulnerabilities":[',
  tail: '],"component_id":"build://shop:12","package_type":"npm","status":"completed"}',
  separator: ',',
  findingsAt: ['vulnerabilities'],
  finding(random) {
    const number = random.below(5_000);
    const name = packageOf(random);
    const version = versionOf(random);
    const id = `npm://${name}:${version}`;
    const direct = `npm://${packageOf(random)}:${versionOf(random)}`;
    const topic = topics[number % topics.length] as string;
    return JSON.stringify({
      cves: [
        {
          cve: `CVE-2024-${10_000 + number}`,
          cvss_v3_score: '7.5',
          cvss_v3_vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H',
          cwe: [`CWE-${weaknesses[number % weaknesses.length]}`],
        },
      ],
      summary: `Versions of this package are vulnerable to ${topic}. ${advice[number % advice.length]}`,
      severity: (['Critical', 'High', 'Medium', 'Low'] as const)[number % 4],
      components: {
        [id]: {
          fixed_versions: [`[${versionOf(random)}]`],
          impact_paths: [
            [
              { component_id: 'build://shop:12', full_path: '' },
              { component_id: direct, full_path: '' },
              { component_id: id, full_path: '' },
            ],
          ],
        },
      },
      issue_id: `XRAY-${100_000 + number}`,
      references: [`https://advisories.example.test/${number}`],
      extended_information: {
        short_description: `Improper ${topic} in ${name}.`,
        full_description: advice.join(' '),
        jfrog_research_severity: 'Medium',
        remediation: `Upgrade ${name}.`,
      },
      published: `${timeOf(random)}Z`,
    });
  },
};
