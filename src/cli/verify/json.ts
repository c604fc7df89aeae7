/** The answer of `hunt verify` for programs. `docs/verify.md` describes it. */
import { instantText } from '../../cloudtrail/time/time.js';
import { safeJson } from '../../text/safe-text.js';
import { headline } from './headline.js';
import { isIntact, type Verified } from './verified.js';

/** Indented JSON, in the form `hunt-verify/1`. */
export function verifyJson(verified: Verified): string {
  const { paths, window, check, unreadable, moreUnreadable } = verified;
  const { verdict, ...others } = check;
  const answer = {
    schema: 'hunt-verify/1',
    verdict: verdict === 'intact' && !isIntact(verified) ? 'not proven' : verdict,
    sentence: headline(verified),
    paths,
    window: { since: instantText(window.since), until: instantText(window.until) },
    ...others,
    unreadable,
    moreUnreadable,
  };
  return `${safeJson(JSON.stringify(answer, null, 2))}\n`;
}
