/** The state that a thing exists, where a call without a describer creates or deletes one and names it. */
import type { Description } from '../change.js';
import { DELETION } from '../request/subject.js';
import type { Parameter } from './parameters.js';
import { keysOf, otherKeysOf, type CallParameters } from './thing.js';
import type { NamedCall } from './words.js';

/** What waits for days after its deletion, in which `Restore…` brings it back as it was. */
const WAITING: Readonly<Record<string, string>> = {
  'acm-pca.amazonaws.com': 'certificate authority',
  'chime.amazonaws.com': 'phone number',
  'cloudhsm.amazonaws.com': 'backup',
  'payment-cryptography.amazonaws.com': 'key',
  'quicksight.amazonaws.com': 'analysis',
};

/** `CreateThing` may answer with `thingId` and `DeleteThing` may name either `thingId` or `thingName`, so the state has both. */
export function existence(
  call: NamedCall,
  parameters: CallParameters,
  eventSource: string | null,
): Pick<Description, 'begins' | 'ends' | 'removes'> {
  const { verb, noun } = call;
  if (verb !== 'create' && verb !== 'delete' && verb !== 'restore') return {};
  const isDeleted = verb === 'delete';
  const waits = Object.hasOwn(WAITING, eventSource ?? '') && WAITING[eventSource ?? ''] === noun;
  const keys = keysOf(call, { ...parameters, isWithinAll: isDeleted });
  const others = otherKeysOf(call, parameters);
  const [resource, part = others[0]] = keys;
  const { request } = parameters;
  if (isDeleted && (!waits || isAtOnce(request)))
    return { removes: [...new Set([...keys, ...others])] };
  if (resource === undefined) return {};
  const waiting = { resource, what: DELETION };
  if (isDeleted) return { begins: [waiting] };
  if (verb === 'restore') return waits ? { ends: [waiting] } : {};
  return { begins: [{ resource, what: 'exists', ...(part !== undefined && { part }) }] };
}

function isAtOnce(request: readonly Parameter[]): boolean {
  return request.some(
    ({ path, values }) => path === 'forceDeleteWithoutRecovery' && values[0] === 'true',
  );
}
