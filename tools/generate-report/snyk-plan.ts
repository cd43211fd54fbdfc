import { createRandom } from '../generate-log/random.ts';
import { advice, topics, weaknesses } from '../generate-log/vocabulary.ts';
import { packageOf, timeOf, versionOf } from './places.ts';
import type { ReportPlan } from './report-plan.ts';

/** As many advisories as a large project has, each with one package: what differs between findings is the path to it. */
const advisories = Array.from({ length: 400 }, (_, number) => {
  const random = createRandom(number + 1);
  const name = packageOf(random);
  const version = versionOf(random);
  const severity = (['critical', 'high', 'medium', 'low'] as const)[number % 4] as string;
  const topic = topics[number % topics.length] as string;
  return {
    id: `SNYK-JS-${name.toUpperCase().replaceAll('-', '')}-${1_000_000 + number}`,
    title: `Improper ${topic}`,
    CVSSv3: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
    credit: ['Somebody'],
    semver: { vulnerable: [`<${version}`] },
    exploit: 'Not Defined',
    fixedIn: [versionOf(random)],
    patches: [],
    language: 'js',
    severity,
    severityWithCritical: severity,
    cvssScore: [9.8, 7.5, 5.3, 2.1][number % 4],
    moduleName: name,
    packageName: name,
    packageManager: 'npm',
    description: `## Overview\n\nAffected versions of this package are vulnerable to ${topic}. ${advice.join(' ')}\n\n## Remediation\n\nUpgrade \`${name}\` to a later version.\n`,
    identifiers: { CVE: [`CVE-2024-${10_000 + number}`], CWE: [`CWE-${weaknesses[number % weaknesses.length]}`] },
    references: [{ title: 'Advisory', url: `https://advisories.example.test/${number}` }],
    publicationTime: `${timeOf(random)}Z`,
    disclosureTime: `${timeOf(random)}Z`,
    isUpgradable: true,
    isPatchable: false,
    name,
    version,
  };
});

/** The JSON of `snyk test`, one project: every path to a package is an entry of its own. */
export const snykPlan: ReportPlan = {
  ending: '.json',
  head: '{"vulnerabilities":[',
  tail: '],"ok":false,"dependencyCount":900,"org":"acme","policy":"","isPrivate":true,"packageManager":"npm","projectName":"shop","displayTargetFile":"package-lock.json","path":"/builds/shop"}',
  separator: ',',
  findingsAt: ['vulnerabilities'],
  finding(random) {
    const advisory = random.pick(advisories);
    const between = Array.from({ length: random.below(4) }, () => `${packageOf(random)}@${versionOf(random)}`);
    const direct = between[0] ?? `${advisory.name}@${advisory.version}`;
    return JSON.stringify({
      ...advisory,
      from: ['shop@1.0.0', ...between, `${advisory.name}@${advisory.version}`],
      upgradePath: [false, direct],
    });
  },
};
