/** Reads `Calls`, hunt's own match expression: a list of API calls as `service:Name`. */
import { HuntError, type ErrorCode } from '../../errors.js';
import { textOf } from '../../yaml/mapping.js';
import type { YamlNode } from '../../yaml/parse.js';
import { callsCondition, readCall } from '../condition/calls.js';
import type { Condition } from '../condition/condition.js';

/** The condition that an event is one of the calls. Throws a HuntError with this code at a text that is no call. */
export function readCalls(node: YamlNode, code: ErrorCode): Condition {
  const items = node.kind === 'list' ? node.items : [node];
  if (items.length === 0)
    throw new HuntError(code, 'Calls is empty: it would be no call', { at: node.at });
  const calls = items.map((item) => {
    const [parted] = item.kind === 'map' ? item.entries : [];
    if (parted?.value.kind === 'scalar')
      throw new HuntError(
        code,
        `a call has no blank after its colon: ${parted.key}:${parted.value.text}`,
        { at: item.at },
      );
    const text = textOf(item, 'a call', code);
    const call = readCall(text);
    if (typeof call !== 'string') return call;
    throw new HuntError(code, `"${text}" ${call}`, { at: item.at });
  });
  return callsCondition(calls, node.at);
}
