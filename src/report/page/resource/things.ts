/** The things that a name stands for: those that are made or deleted in the logs, and others that calls speak of. */
import { serviceName } from '../../../cloudtrail/service-call.js';
import { meansOneThing } from '../../../rule/resource/unique.js';
import type { ResourceHistory } from '../../history.js';
import { value, text, type Text } from '../blocks/text.js';

type Event = ResourceHistory['deleted'][number];
export type Placed = Pick<Event, 'account' | 'region'>;

export interface Thing extends Placed {
  /** As states name it, else its type. */
  readonly name: string;
  readonly eventSource: string | null;
  /** Null where no call is seen to delete it. */
  readonly deleted: Event | null;
}

/** What was made, and is not seen to be deleted. */
export function standing({ made }: ResourceHistory): ResourceHistory['made'] {
  return made.filter(({ until }) => until === null);
}

/** A name that has one meaning everywhere, such as an ARN, stands for those in the history alone. */
export function thingsOf(history: ResourceHistory, asked: string): readonly Thing[] {
  const { deleted, kinds } = history;
  const thing = (one: Event, event: Event | null): Thing => ({
    name: one.resource,
    account: one.account,
    region: one.region,
    eventSource: one.eventSource,
    deleted: event,
  });
  const things = [
    ...deleted.map((one) => thing(one, one)),
    ...standing(history).map((one) => thing(one, null)),
  ];
  // It means one thing, whatever calls call it.
  if (meansOneThing(asked)) return things;
  for (const kind of kinds) {
    const { type, account, region } = kind;
    const isKnown = things.some((one) => isSamePlace(one, kind) && mayBe(one.name, type));
    // A call of another account, to the owner that other calls name.
    const isCaller = !kind.isOwner && kinds.some((one) => one.isOwner && one.type === type);
    if (!isKnown && !isCaller)
      things.push({ name: type, account, region, eventSource: null, deleted: null });
  }
  return things;
}

/** Whether a name such as `user ann` may be of a type such as `IAM user`. One without a type, as an ID, may be of any. */
function mayBe(name: string, type: string): boolean {
  const words = name.toLowerCase().split(' ');
  const last = type.toLowerCase().split(' ').at(-1) ?? '';
  return words.length === 1 || words.includes(last);
}

function isSamePlace(one: Placed, other: Placed): boolean {
  return one.account === other.account && one.region === other.region;
}

/** Its account and region, where the name means something in several. */
export function placeText({ account, region }: Placed, history: ResourceHistory): Text {
  const all: readonly Placed[] = [...history.kinds, ...history.made, ...history.deleted];
  const isNeeded = (key: keyof Placed): boolean => all.some((one) => one[key] !== all[0]?.[key]);
  const parts = [
    ...(account !== null && isNeeded('account') ? [account] : []),
    ...(region !== null && isNeeded('region') ? [region] : []),
  ];
  return parts.length === 0 ? [] : text` in ${value(parts.join(' '))}`;
}

/** The service, where another one has a thing of this name. */
export function serviceText({ name, eventSource }: Thing, things: readonly Thing[]): Text {
  const isAlone = things.every((one) => one.name !== name || one.eventSource === eventSource);
  return isAlone || eventSource === null ? [] : text` of ${value(serviceName(eventSource))}`;
}
