import { markdownRisks, safeMarkdown } from '../../run/markdown-risks.ts';
import { defineRule } from '../rule.ts';

/** Markdown of a log comes from code that nobody trusts, and is shown in browsers. */
export const markdownSafe = defineRule({
  id: 'SF-V308',
  name: 'markdown-safe',
  level: 'warning',
  specSection: '3.11.4.2',
  summary: 'Markdown has no HTML, and no links but those of http, https, mailto, sarif, relative ones and numbers.',
  explanation: {
    cause:
      'The tool formats with HTML, or puts names from the code, such as List<String>, into Markdown without back-ticks.',
    reason: 'A viewer that shows HTML runs what an attacker put into the code; one that does not swallows the text.',
    repair: "The '<' of a tag is escaped, so that the tag is shown as text; of a link only its text stays.",
    before: '{ "markdown": "See <b>[the page](javascript:alert(1))</b>." }',
    after: '{ "markdown": "See \\\\<b>the page\\\\</b>." }',
  },
  visits: ['message', 'multiformatMessageString'],
  check(value, _visit, report) {
    const { markdown } = value;
    if (markdown === undefined) return;
    const risks = markdownRisks(markdown);
    const [first] = risks;
    if (first === undefined) return;
    const what =
      first.kind === 'html'
        ? `has HTML (${first.what})`
        : `has a link whose scheme '${first.what}' is not http, https, mailto or sarif`;
    const more = risks.length === 1 ? '' : ` and ${risks.length - 1} more like it`;
    report({
      message: `The Markdown ${what}${more}. Use the marks of Markdown, put code between back-ticks, and link to web pages only.`,
      at: ['markdown'],
      value: markdown,
      fix: {
        description: 'Tags are escaped, and links that are not allowed replaced by their texts.',
        apply() {
          value.markdown = safeMarkdown(markdown);
        },
      },
    });
  },
});
