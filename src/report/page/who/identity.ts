/** As whom somebody acted: the user, session or role of a call, and from where. */
import { truncate } from '../../../text/width.js';
import type { Finding } from '../../finding.js';
import { text, value, type Text } from '../blocks/text.js';

// In columns. The longest ARN of a role session fits in.
const NAME = 176;
const SHORT = 44;

/** `user/ann with key AKIA…`. The console has another key for nearly every call, which says nothing. */
export function identityText({ actor, how }: Pick<Finding, 'actor' | 'how'>): Text {
  const { name, role, accessKey } = actor;
  const as = role === null || name.includes(role) ? [] : text` as role ${truncate(role, NAME)}`;
  const isOfConsole = how.class === 'console' || accessKey === null;
  const key = isOfConsole ? [] : text` with key ${truncate(accessKey, SHORT)}`;
  return text`${truncate(name, NAME)}${as}${key}`;
}

/** Where a call came from. */
export function addressText({ sourceIPAddress }: Pick<Finding, 'sourceIPAddress'>): Text {
  return sourceIPAddress === null ? ['no address'] : [value(truncate(sourceIPAddress, NAME))];
}
