/**
 * What a call says that the resource is, where no describer says it: a `load balancer`, as the call has its name in `loadBalancerName`.
 * This goes by how AWS names calls, parameters and ARNs.
 */
import { parametersOf, type Parameter } from '../../change/fallback/parameters.js';
import { namedCall, wordsOf } from '../../change/fallback/words.js';
import type { Finding } from '../../report/finding.js';
import { arnOf } from '../../rule/resource/arn.js';
import { beforeName, isNameOf, type NamedResource } from '../../rule/resource/named-resource.js';
import { meansOneThing } from '../../rule/resource/unique.js';
import type { ResourceHistory } from '../../report/history.js';
import { capitalised } from '../../text/capitalised.js';

type NamingCall = Pick<Finding, 'eventName' | 'requestParameters' | 'responseElements' | 'change'>;

export type Kind = ResourceHistory['kinds'][number];

const NAMING = /^(.*?)(?:id|arn|name|identifier)s?$/i;
/** These say which part a thing has in a call, and not what it is. */
const PART =
  /^(?:(?:current|destination|new|old|parent|physical|resource|source|targets?)(?: |$))+/;

/** Undefined where the call says nothing of it. */
export function kindIn(call: NamingCall, asked: NamedResource): string | undefined {
  const { eventName, requestParameters, responseElements, change } = call;
  const keys = [
    ...(change?.begins ?? []).flatMap(({ resource, part }) => [resource, part ?? '']),
    ...(change?.removes ?? []),
  ];
  const [word] = keys.flatMap((key) => beforeName(asked, key) ?? []);
  if (word !== undefined && word.trim() !== '' && !/[:/]| of /.test(word)) return word.trim();
  const naming = [...parametersOf(requestParameters), ...parametersOf(responseElements)].filter(
    ({ values }) => values.some((value) => isNameOf(asked, value)),
  );
  for (const parameter of naming) {
    const words = wordsIn(parameter);
    if (words !== undefined) return words;
  }
  const { verb, noun } = namedCall(eventName ?? '');
  const isCalled = naming.some(({ path }) => /^(?:name|id|arn)$/i.test(path));
  return isCalled && verb !== undefined ? noun : undefined;
}

function wordsIn({ path, name, values }: Parameter): string | undefined {
  const own = NAMING.exec(name)?.[1] ?? '';
  // `loadBalancers.id` of an answer.
  const [holder = ''] = own === '' ? path.split('.').slice(-2, -1) : [own];
  const words = wordsOf(capitalised(holder).replaceAll('S3', ''))
    .join(' ')
    .replace(PART, '')
    .trim();
  if (words !== '') return own === '' ? words.replace(/s$/, '') : words;
  const type = arnOf(values[0] ?? '')?.type ?? '';
  return type === '' ? undefined : wordsOf(type).join(' ');
}

/**
 * The kinds that events say, and guesses that are none of them, most events first. A guess that shares a word with a kind, as `group`
 * with `security group`, says the same less exactly, and its events count as those of the kind. One ID or ARN means one thing.
 */
export function kindsWith(
  known: readonly Kind[],
  guesses: readonly Kind[],
  asked: string,
): readonly Kind[] {
  const isOne = meansOneThing(asked);
  const all = known.toSorted(byEvents);
  for (const guess of guesses.toSorted(byEvents)) {
    const at = all.findIndex((kind) => isOne || saysMore(kind, guess));
    const same = all[at];
    if (same === undefined) all.push(guess);
    else all[at] = { ...same, events: same.events + guess.events };
  }
  return all.toSorted(byEvents);
}

function byEvents(one: Kind, other: Kind): number {
  return other.events - one.events;
}

function saysMore(kind: Kind, guess: Kind): boolean {
  const words = new Set(kind.type.toLowerCase().split(' '));
  const isThere = kind.region === null || kind.region === guess.region;
  const isAlike = guess.type
    .toLowerCase()
    .split(' ')
    .some((word) => words.has(word));
  return isThere && isAlike && kind.account === guess.account;
}
