/**
 * What a call says that the resource is, where no describer says it: a `load balancer`, as the call has its name in `loadBalancerName`.
 * This goes by how AWS names calls, parameters and ARNs.
 */
import { parametersOf, type Parameter } from '../../change/fallback/parameters.js';
import { namedCall, wordsOf } from '../../change/fallback/words.js';
import type { Finding } from '../../report/finding.js';
import { arnOf } from '../../rule/resource/arn.js';
import { beforeName, isNameOf, type AskedResource } from '../../rule/resource/asked.js';
import { capitalised } from '../../text/capitalised.js';

type NamingCall = Pick<Finding, 'eventName' | 'requestParameters' | 'responseElements' | 'change'>;

const NAMING = /^(.*?)(?:id|arn|name|identifier)s?$/i;
/** These say nothing of what they name. */
const EMPTY = new Set([
  '',
  'resource',
  'source',
  'target',
  'new',
  'old',
  'current',
  'physical resource',
]);

/** Undefined where the call says nothing of it. */
export function kindIn(call: NamingCall, asked: AskedResource): string | undefined {
  const { eventName, requestParameters, responseElements, change } = call;
  const keys = [
    ...(change?.begins ?? []).map(({ resource }) => resource),
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

function wordsIn({ name, values }: Parameter): string | undefined {
  const own = NAMING.exec(name)?.[1];
  const words = wordsOf(capitalised(own ?? '')).join(' ');
  if (!EMPTY.has(words)) return words;
  const type = arnOf(values[0] ?? '')?.type ?? '';
  return type === '' ? undefined : wordsOf(type).join(' ');
}
