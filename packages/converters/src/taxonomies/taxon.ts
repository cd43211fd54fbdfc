/** One class of weakness that a rule or finding belongs to, by the name of its taxonomy. */
export interface Taxon {
  /** `CWE`, `OWASP Top 10 2021` and so on: a key of `taxonomies`. */
  readonly taxonomy: string;
  /** The bare number of a CWE; `A03` of an OWASP list. */
  readonly id: string;
  /** The class's own title, where the report gives it. */
  readonly name?: string | undefined;
}
