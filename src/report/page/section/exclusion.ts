/** What an exclusion hid, and whose events these are: an attacker may pretend to be an allowed tool. */
import { truncate } from '../../../text/width.js';
import type { Exclusion } from '../../report.js';
import type { ExclusionBlock } from '../blocks/block.js';
import { text, value } from '../blocks/text.js';
import { counted } from '../../../text/counted.js';

const SHOWN = 3;
// In columns. The longest ARN of a role session fits in.
const PRINCIPAL = 176;
const USER_AGENT = 96;

/** The exclusion, with the principals and user agents that it hid most often. */
export function exclusionBlock(exclusion: Exclusion, shown = SHOWN): ExclusionBlock {
  const { name, reason, condition, applied, hidden, by } = exclusion;
  const more = by.slice(shown);
  const others = more.reduce((total, { events }) => total + events, 0);
  return {
    kind: 'exclusion',
    label: applied ? text`${hidden} hidden by` : ['dropped'],
    condition: name === null ? [value(condition)] : text`${name}: ${[reason ?? '']}`,
    hides: applied && hidden > 0,
    by: by.slice(0, applied ? shown : 0).map(({ principal, userAgent, events }) => {
      const who =
        principal === null ? ['unnamed principal'] : [value(truncate(principal, PRINCIPAL))];
      const agent =
        userAgent === null ? ['no user agent'] : [value(truncate(userAgent, USER_AGENT))];
      return { count: events, text: text`${who} · ${agent}` };
    }),
    more:
      applied && more.length > 0 ? text`and ${others} by ${[counted(more.length, 'other')]}` : null,
  };
}
