/** One finding in sentences of its own, for formats in which each finding is a record by itself. */
import { truncate } from '../../../text/width.js';
import type { Finding } from '../../finding.js';
import type { AccountNames } from '../blocks/account-name.js';
import { text, type Text } from '../blocks/text.js';
import { howText, whoText } from '../timeline/facts.js';
import { lineOf } from '../timeline/line.js';
import { instant } from '../blocks/words.js';

// In columns.
const NAME = 176;

export interface FindingWords {
  /** Who did what: `user/ann opened tcp 22 to everyone (0.0.0.0/0) on sg-1 (open for 109 s)`. */
  readonly title: Text;
  readonly when: Text;
  /** What was changed and how long it lasted; of a failed call what was tried, and why it failed. */
  readonly change: Text;
  /** Who, with which key, from which address, in which account and region. */
  readonly actor: Text;
  /** With what, and by hand or not. */
  readonly how: Text;
  /** `FAILED AccessDenied`; null if it succeeded. */
  readonly failure: Text | null;
  /** `OPEN TO everyone`; null if the change lets nobody in. */
  readonly exposure: Text | null;
  /** Its ID. */
  readonly event: Text;
}

const ALONE = {
  ruleNumbers: new Map(),
  files: new Map(),
  hasDay: false,
  expires: new Map(),
  hasTickets: false,
};

export function findingWords(finding: Finding, accountNames: AccountNames): FindingWords {
  const { actor, eventTime } = finding;
  const { change, failure, exposure, event } = lineOf(finding, ALONE);
  return {
    title: text`${truncate(actor.name, NAME)} ${change}`,
    when: [eventTime === null ? 'no readable time' : instant(eventTime)],
    change,
    actor: whoText(finding, { account: null, region: null, accountNames }),
    how: howText(finding),
    failure,
    exposure: exposure?.text ?? null,
    event,
  };
}
