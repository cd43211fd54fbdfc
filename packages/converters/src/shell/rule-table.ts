import type { Level, ReportingDescriptor } from '@sariflow/sarif';
import { cweTag } from '../taxonomies/cwe.ts';
import { owaspTag } from '../taxonomies/owasp.ts';
import type { Taxon } from '../taxonomies/taxon.ts';
import type { TaxonomyTable } from '../taxonomies/taxonomy-table.ts';
import type { DescriptorDraft, Outline } from './drafts.ts';
import { type SeverityScale, scoreText, severityScale } from './severity.ts';

interface RuleEntry {
  readonly index: number;
  readonly id: string;
  draft: DescriptorDraft | undefined;
  /** Results by level. */
  readonly levels: Map<Level, number>;
  security: boolean;
  /** The highest `security-severity` of the rule's results. */
  score: number | undefined;
}

const mostSevereFirst: readonly Level[] = ['error', 'warning', 'note', 'none'];

/** The rules of a run by id, each with its index. Memory: one entry for each distinct rule. */
export class RuleTable {
  readonly #entries = new Map<string, RuleEntry>();
  readonly #taxonomies: TaxonomyTable;

  constructor(taxonomies: TaxonomyTable) {
    this.#taxonomies = taxonomies;
  }

  /** First pass: a finding of a rule. `describe` is called for the first one, and again while it is provisional. */
  count(outline: Outline, describe: () => DescriptorDraft): void {
    const entry = this.#entry(outline.ruleId);
    if (entry.draft === undefined || entry.draft.provisional === true) {
      entry.draft = describe();
      for (const taxon of entry.draft.taxa) this.#taxonomies.add(taxon);
    }
    const scale: SeverityScale = severityScale[outline.severity];
    entry.levels.set(scale.level, (entry.levels.get(scale.level) ?? 0) + 1);
    if (!outline.security) return;
    entry.security = true;
    const score = scoreOf(outline);
    if (score !== undefined && (entry.score === undefined || score > entry.score)) entry.score = score;
  }

  /** The index of a rule; a rule that no finding names gets an entry of its own, so that references to it resolve. */
  indexOf(ruleId: string): number {
    return this.#entry(ruleId).index;
  }

  /** The classes of a rule. */
  taxaOf(ruleId: string): readonly Taxon[] {
    return this.#entries.get(ruleId)?.draft?.taxa ?? [];
  }

  /** The rule's `security-severity`. */
  scoreOfRule(ruleId: string): number | undefined {
    return this.#entries.get(ruleId)?.score;
  }

  /** `driver.rules`, after the taxonomies were finished. */
  descriptors(): ReportingDescriptor[] {
    return Array.from(this.#entries.values(), (entry) => this.#descriptor(entry));
  }

  #entry(id: string): RuleEntry {
    let entry = this.#entries.get(id);
    if (entry === undefined) {
      entry = { index: this.#entries.size, id, draft: undefined, levels: new Map(), security: false, score: undefined };
      this.#entries.set(id, entry);
    }
    return entry;
  }

  #descriptor({ id, draft, levels, security, score }: RuleEntry): ReportingDescriptor {
    if (draft === undefined) return { id };
    const relationships = draft.taxa.map((taxon) => ({
      target: this.#taxonomies.reference(taxon),
      kinds: ['superset'],
    }));
    const tags = [...(security ? ['security'] : []), ...draft.taxa.map(tagOf), ...draft.tags];
    return {
      id,
      ...draft.texts,
      defaultConfiguration: { level: mostFrequent(levels) },
      ...(relationships.length > 0 && { relationships }),
      properties: {
        ...(tags.length > 0 && { tags: [...new Set(tags)] }),
        ...(score !== undefined && { 'security-severity': scoreText(score) }),
        ...draft.properties,
      },
    };
  }
}

/** The `security-severity` of a security finding: the tool's number, else that of its severity. */
export function scoreOf({ severity, score, security }: Outline): number | undefined {
  const scale: SeverityScale = severityScale[severity];
  return security ? (score ?? scale.score) : undefined;
}

function tagOf(taxon: Taxon): string {
  return taxon.taxonomy === 'CWE' ? cweTag(taxon.id) : owaspTag(taxon);
}

function mostFrequent(levels: ReadonlyMap<Level, number>): Level {
  let best: Level = 'warning';
  let most = 0;
  for (const level of mostSevereFirst) {
    const count = levels.get(level) ?? 0;
    if (count > most) [best, most] = [level, count];
  }
  return best;
}
