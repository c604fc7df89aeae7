/** Who made a user's key, where that is somebody else. Whoever made it may have kept it, which is a way to stay in an account. */
import { shortened } from '../sentence.js';
import { withBehind, type ChainStart } from './behind.js';
import type { actorAndHow } from './actor.js';
import type { HowFlag } from './flags.js';
import type { KeyLink } from './issued-key.js';

/** Who made a key, by the event that issued it. */
export interface KeyMaker {
  readonly accessKey: string;
  readonly name: string;
  readonly eventTime: string | null;
  readonly eventID: string | null;
}

/**
 * By the key of a call: who made this key of a user, or the one that its session was begun with. Several where the maker used
 * a key that somebody made for them; the last one made the first key.
 */
export type KeyMakers = ReadonlyMap<string, readonly KeyMaker[]>;

/** In UTF-16 units. */
const LONGEST = 256;

/** `by` made the call of the link; `start` is who is behind them. Undefined where users made their key themselves. */
export function makerOf(
  { link, by }: { readonly link: KeyLink; readonly by: ReturnType<typeof actorAndHow> },
  start: ChainStart | undefined,
): KeyMaker | undefined {
  const { arn } = link.issued;
  if (arn !== null && [by.actor.principal, start?.principal].includes(arn)) return undefined;
  const { actor } = withBehind(by, start);
  const { eventTime, eventID } = link;
  return { accessKey: link.issued.accessKey, name: actor.name, eventTime, eventID };
}

/** The flag of a call with a key that somebody else made, or in a session that was begun with such a key. */
export function makerFlag(
  { accessKey, name, eventTime, eventID }: KeyMaker,
  usedKey: string,
): HowFlag {
  const key =
    accessKey === usedKey
      ? 'this access key'
      : `the access key ${accessKey}, which led to this one,`;
  const at = eventTime === null ? '' : ` at ${eventTime}`;
  const event = eventID === null ? '' : ` (${shortened(eventID, LONGEST)})`;
  const text = `${shortened(name, LONGEST)} created ${key}${at}${event}`;
  return { reason: 'key created by another', text, eventID };
}
