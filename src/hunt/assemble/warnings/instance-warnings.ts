/** Warns of credentials of instances that were used from elsewhere: it may be the most important fact of a report. */
import {
  usedElsewhere,
  type InstanceUse,
  type UsedElsewhere,
} from '../../../change/actor/instance-credentials.js';
import { listed } from '../../../change/sentence.js';
import type { Warning } from '../../../report/report.js';
import { counted } from '../../../text/counted.js';
import { warn } from './warnings.js';

/** So many are said one by one. */
const MOST = 20;
const MOST_NAMED = 3;

export function instanceWarnings(uses: readonly InstanceUse[]): readonly Warning[] {
  const found = usedElsewhere(uses);
  const more = found.length - MOST;
  return [
    ...found.slice(0, MOST).map((use) => warn(CODE, textOf(use))),
    ...(more > 0
      ? [warn(CODE, `credentials of instances were used from elsewhere ${more} more times`)]
      : []),
  ];
}

const CODE = 'INSTANCE_CREDENTIALS_ELSEWHERE';

function textOf(use: UsedElsewhere): string {
  const { instance, account, accessKey, address, tools, own, because, events, first, last } = use;
  const where = listed(own, ', ', MOST_NAMED);
  const known =
    because === 'its agents'
      ? `the instance's own agents call from ${where}`
      : `another program used the key before, from ${where}`;
  const when = first === null ? '' : first === last ? `, ${first}` : `, ${first} to ${last}`;
  return (
    `the credentials of the instance ${instance}${account === null ? '' : ` in account ${account}`} (key ${accessKey}) were used from ${address} ` +
    `with ${listed(tools, ', ', MOST_NAMED)} (${counted(events, 'event')}${when}); ${known}`
  );
}
