/** What a report says of one finding where it has room: who, from where, with what, on what, and where the evidence is. */
import { truncate } from '../../../text/width.js';
import type { Finding } from '../../finding.js';
import { joined, path, text, value, type Text } from '../blocks/text.js';
import { howText } from '../timeline/facts.js';
import { shownPath } from '../timeline/survey.js';

// In columns. A very long value must not hide the others. The longest ARN of a role session fits in.
const NAME = 176;
const SHORT = 44;
const AGENT = 400;
const RESOURCES = 10;

/** `AuthorizeSecurityGroupIngress of ec2.amazonaws.com` */
export function callText({ eventSource, eventName }: Finding): Text {
  return text`${truncate(eventName ?? 'no event name', NAME)} of ${truncate(eventSource ?? 'no service', NAME)}`;
}

/** The rules that matched, each with the severity that it gives the event. */
export function matchText({ rules }: Finding): Text {
  return joined(
    rules.map(({ id, severity }) => text`${id} (${[severity]})`),
    ', ',
  );
}

/** The account and the region, and the resources that the call names. */
export function whereText(
  { recipientAccountId, awsRegion, change }: Finding,
  account: (id: string | null) => Text,
): Text {
  const resources = change?.resources ?? [];
  const more = resources.length - RESOURCES;
  const names = resources.slice(0, RESOURCES).map(({ type, id, name }) => {
    const called = name === null ? [] : text` "${truncate(name, NAME)}"`;
    return text`${[truncate(type, SHORT)]} ${truncate(id, NAME)}${called}`;
  });
  return joined(
    [
      text`account ${account(recipientAccountId)}`,
      awsRegion === null ? ['no region'] : [value(truncate(awsRegion, SHORT))],
      ...names,
      ...(more > 0 ? [[`and ${change?.isCut === true ? 'at least ' : ''}${more} more`]] : []),
    ],
    ', ',
  );
}

/** From where, and with what. */
export function sourceText(finding: Finding): Text {
  const { sourceIPAddress } = finding;
  const address =
    sourceIPAddress === null ? ['no address'] : [value(truncate(sourceIPAddress, NAME))];
  return text`${address}, ${howText(finding)}`;
}

/** Whether it happened. */
export function outcomeText({ outcome, errorCode, errorMessage }: Finding): Text {
  if (outcome === 'succeeded') return ['succeeded'];
  const why = [errorCode, errorMessage].flatMap((one) =>
    one === null ? [] : [[value(truncate(one, NAME))]],
  );
  return joined([['FAILED: it changed nothing'], ...why], ', ');
}

/** As whom, with which key, and who is behind it. */
export function identityText({ actor }: Finding): Text {
  const { name, principal, accessKey, mfa, behind } = actor;
  return joined(
    [
      [value(truncate(name, NAME))],
      ...(principal === null ? [] : [[value(truncate(principal, NAME))]]),
      ...(behind === null ? [] : [text`behind it: ${truncate(behind.name, NAME)}`]),
      ...(accessKey === null ? [] : [text`key ${truncate(accessKey, SHORT)}`]),
      ...(mfa === null ? [] : [[mfa ? 'with MFA' : 'without MFA']]),
    ],
    ', ',
  );
}

/** The user agent, which the caller writes. */
export function agentText({ userAgent }: Finding): Text {
  return userAgent === null ? ['none'] : [value(truncate(userAgent, AGENT))];
}

/** The event's ID, and its file as seen from the hunted path. */
export function eventText({ eventID, source }: Finding, paths: readonly string[]): Text {
  const event =
    eventID === null ? ['an event without an ID'] : text`event ${truncate(eventID, NAME)}`;
  const file = source === null ? [] : text` in ${path(shownPath(source, paths))}`;
  return text`${event}${file}`;
}
