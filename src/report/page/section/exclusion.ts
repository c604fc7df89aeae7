/** What an exclusion hid, and whose events these are: an attacker may pretend to be an allowed tool. */
import { truncate } from '../../../text/width.js';
import type { Exclusion } from '../../report.js';
import type { ExclusionBlock } from '../blocks/block.js';
import { text, value } from '../blocks/text.js';
import { counted } from '../../../text/counted.js';
import { shortAgents } from './agents.js';

const SHOWN = 3;
// In columns. The longest ARN of a role session fits in.
const PRINCIPAL = 176;

/** The same principal may stand above with another user agent. */
const OTHER_PAIRS = [
  'other pair of principal and user agent',
  'other pairs of principal and user agent',
] as const;

/** The exclusion, with the principals and user agents that it hid most often. */
export function exclusionBlock(exclusion: Exclusion, shown = SHOWN): ExclusionBlock {
  const { name, reason, condition, applied, hidden, by } = exclusion;
  const named = by.slice(0, applied ? shown : 0);
  const agents = shortAgents(named.map(({ userAgent }) => userAgent));
  const more = by.slice(shown);
  const others = more.reduce((total, { events }) => total + events, 0);
  return {
    kind: 'exclusion',
    label: applied ? text`${hidden} hidden by` : ['dropped'],
    condition: name === null ? [value(condition)] : text`${name}: ${[reason ?? '']}`,
    hides: applied && hidden > 0,
    by: named.map(({ principal, events }, index) => {
      const who =
        principal === null ? ['unnamed principal'] : [value(truncate(principal, PRINCIPAL))];
      const agent = agents[index] ?? null;
      const tool = agent === null ? ['no user agent'] : [value(agent)];
      return { count: events, text: text`${who} · ${tool}` };
    }),
    more:
      applied && more.length > 0
        ? text`and ${others} by ${[counted(more.length, ...OTHER_PAIRS)]}`
        : null,
  };
}
