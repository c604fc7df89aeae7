/** Warns of credentials of instances that were used from elsewhere: it may be the most important fact of a report. */
import type { UsedElsewhere } from '../../../change/actor/instance-credentials.js';
import { listed } from '../../../change/sentence.js';
import type { Elsewhere } from '../../../findings/instance-uses.js';
import type { Warning } from '../../../report/report.js';
import { counted } from '../../../text/counted.js';
import { warn } from '../../../report/warn.js';

export const INSTANCE_CODE = 'INSTANCE_CREDENTIALS_ELSEWHERE';

const MOST_NAMED = 3;

/** A warning for each use that is listed, one for all others together, and one for the uses that were not compared. */
export function instanceWarnings({ found, count, notCompared }: Elsewhere): readonly Warning[] {
  const more = count - found.length;
  return [
    ...found.map((use) => warn(INSTANCE_CODE, textOf(use))),
    ...(more > 0
      ? [
          warn(
            INSTANCE_CODE,
            `credentials of instances were used from elsewhere ${more} more times`,
          ),
        ]
      : []),
    ...(notCompared > 0
      ? [
          warn(
            INSTANCE_CODE,
            `the credentials of an instance were used from so many addresses that ${notCompared} uses were not compared`,
          ),
        ]
      : []),
  ];
}

function textOf(use: UsedElsewhere): string {
  const { instance, account, accessKey, address, endpoint, tools, first, last } = use;
  const through = endpoint === null ? '' : ` through a VPC endpoint of account ${endpoint}`;
  const when = first === null ? '' : first === last ? `, ${first}` : `, ${first} to ${last}`;
  return (
    `the credentials of the instance ${instance}${account === null ? '' : ` in account ${account}`} (key ${accessKey}) were used from ${address}${through} ` +
    `with ${listed(tools, ', ', MOST_NAMED)} (${eventsText(use)}${when}); ${knownText(use)}`
  );
}

/** Why that is elsewhere. */
function knownText({ own, because }: UsedElsewhere): string {
  const where = listed(own, ', ', MOST_NAMED);
  switch (because) {
    case 'its agents':
      return `the instance's own agents call from ${where}`;
    case 'its first use':
      return `another program used the key before, from ${where}`;
    case 'the endpoint':
      return 'that is the network of another account, which may share it in an organization';
    default:
      return because satisfies never;
  }
}

function eventsText({ events, hidden }: UsedElsewhere): string {
  const all = counted(events, 'event');
  if (hidden === 0) return all;
  return `${all}, ${hidden === events ? 'hidden by exclusions' : `${hidden} of them hidden by exclusions`}`;
}
