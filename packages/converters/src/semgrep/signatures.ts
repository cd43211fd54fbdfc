import type { Signature } from '../detection/signature.ts';

/** How Semgrep's reports are told from others. */
export const semgrepSignatures: readonly Signature[] = [
  { format: 'semgrep', title: 'Semgrep JSON', has: ['results[].check_id'], decisive: true },
  { format: 'semgrep', title: 'Semgrep JSON', has: ['results=[]', 'errors', 'paths'], decisive: true },
  { format: 'semgrep', title: 'Semgrep JSON', has: ['results=[]', 'errors', 'version'] },
  { format: 'semgrep', title: 'Semgrep Platform findings', has: ['findings[].match_based_id'], decisive: true },
  {
    format: 'semgrep',
    title: 'Semgrep Platform findings',
    has: ['findings[].rule_name', 'findings[].location'],
    decisive: true,
  },
  { format: 'semgrep', title: 'Semgrep Platform supply chain', has: ['vulns[].advisory'], decisive: true },
  { format: 'semgrep', title: 'Semgrep Platform supply chain', has: ['vulns=[]', 'hasMore'] },
  { format: 'semgrep', title: 'Semgrep JSON', has: ['results=[]', 'errors=[]'], weak: true },
  { format: 'semgrep', title: 'Semgrep JSON', has: ['results=[]', 'errors[].type'], weak: true },
  { format: 'semgrep', title: 'Semgrep JSON', has: ['results=[]', 'errors[].message'], weak: true },
  { format: 'semgrep', title: 'findings of Semgrep', has: ['[].check_id', '[].extra'], decisive: true },
  { format: 'semgrep', title: 'several reports of Semgrep', has: ['[].results[].check_id'], decisive: true },
  { format: 'semgrep', title: 'several reports of Semgrep', has: ['[].results', '[].errors', '[].paths'] },
  { format: 'semgrep', title: 'Semgrep Platform findings', has: ['findings=[]'], weak: true },
];
