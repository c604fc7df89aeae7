/** ATT&CK in Sigma's tags: `attack.persistence`, `attack.t1562.001`. */
import type { Rule } from '../rule.js';

/** The tactics by Sigma's names for them, among them names of earlier versions of ATT&CK. */
const TACTICS: Readonly<Record<string, string>> = {
  reconnaissance: 'TA0043',
  'resource-development': 'TA0042',
  'initial-access': 'TA0001',
  execution: 'TA0002',
  persistence: 'TA0003',
  'privilege-escalation': 'TA0004',
  'defense-evasion': 'TA0005',
  stealth: 'TA0005',
  'defense-impairment': 'TA0112',
  'credential-access': 'TA0006',
  discovery: 'TA0007',
  'lateral-movement': 'TA0008',
  collection: 'TA0009',
  'command-and-control': 'TA0011',
  exfiltration: 'TA0010',
  impact: 'TA0040',
};

/**
 * The tactics and techniques in tags. Tags do not say which tactic a technique serves. Where a rule has one tactic, all its
 * techniques serve it; otherwise the tactic of a technique is undefined. Tags of groups and software are ignored.
 */
export function mitreOf(tags: readonly string[]): Rule['mitre'] {
  const names = tags.flatMap((tag) => /^attack\.(.+)$/i.exec(tag)?.[1] ?? []);
  const tactics = [...new Set(names.flatMap((name) => tacticId(name) ?? []))];
  const techniques = [...new Set(names.filter(isTechnique).map((name) => name.toUpperCase()))];
  const [only, ...others] = tactics;
  const tactic = others.length === 0 ? only : undefined;
  const paired = techniques.map((technique) => ({ tactic, technique }));
  if (tactic !== undefined && techniques.length > 0) return paired;
  return [...tactics.map((id) => ({ tactic: id, technique: undefined })), ...paired];
}

function tacticId(name: string): string | undefined {
  if (/^ta\d{4}$/i.test(name)) return name.toUpperCase();
  const tactic = name.toLowerCase().replaceAll('_', '-');
  return Object.hasOwn(TACTICS, tactic) ? TACTICS[tactic] : undefined;
}

function isTechnique(name: string): boolean {
  return /^t\d{4}(\.\d{3})?$/i.test(name);
}
