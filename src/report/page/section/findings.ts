/** Describes findings: when, which call and where; what changed; who did it, and from where; which event in which file. */
import type { Change } from '../../../change/change.js';
import type { Json } from '../../../cloudtrail/json.js';
import { principalOf } from '../../../cloudtrail/principal.js';
import { truncate } from '../../../text/width.js';
import type { Finding, Findings } from '../../report.js';
import type { ExposureMark, FindingBlock, FindingHead, FindingsBlock } from '../block.js';
import { findingEndText } from '../ends.js';
import { path, text, value, type Text } from '../text.js';
import { instant } from '../words.js';

// In columns. A very long value must not hide the others.
const TOOL = 120;
const MESSAGE = 200;
const NAME = 44;
// The longest ARN of a role session fits in.
const PRINCIPAL = 176;

/** All findings of a rule, in the order of the report. */
export function findingsBlock(all: Findings, ruleId: string): FindingsBlock {
  return {
    kind: 'findings',
    heads: mappedOf(all, ruleId, headOf),
    findings: mappedOf(all, ruleId, (finding) => findingBlock(finding, ruleId)),
  };
}

/** Maps findings lazily, and again for each iteration, so that they need not fit into memory. */
function mappedOf<U>(all: Findings, ruleId: string, become: (finding: Finding) => U): Iterable<U> {
  return {
    *[Symbol.iterator]() {
      for (const finding of all)
        if (finding.rules.some(({ id }) => id === ruleId)) yield become(finding);
    },
  };
}

function headOf({ eventTime, eventName, recipientAccountId, awsRegion }: Finding): FindingHead {
  return {
    when: [eventTime === null ? 'no readable time' : instant(eventTime)],
    call: shortened(eventName, 'no event name'),
    account: shortened(recipientAccountId, 'no account'),
    region: shortened(awsRegion, 'no region'),
  };
}

function findingBlock(finding: Finding, ruleId: string): FindingBlock {
  const { change } = finding;
  const failure = failureText(finding);
  const lasted = findingEndText(finding);
  // A failed call has opened nothing.
  const exposure = change === null || failure !== null ? null : exposureMark(change);
  return {
    head: headOf(finding),
    alert: alertText(finding, ruleId),
    failure,
    change: change && {
      text: [value(change.sentence), ...(lasted === null ? [] : [` (${lasted})`])],
      exposure,
    },
    actor: actorText(finding),
    evidence: evidenceText(finding),
  };
}

/** The severity and the title that the rule gives the event. */
function alertText({ rules }: Finding, ruleId: string): Text | null {
  const match = rules.find(({ id }) => id === ruleId);
  if (match === undefined || match.alert === null) return null;
  return [[`[${match.severity}]`, match.alert.title ?? ''].join(' ').trim()];
}

/** A failed call must never look like a change. */
function failureText({ outcome, errorCode, errorMessage }: Finding): Text | null {
  if (outcome === 'succeeded') return null;
  const code = errorCode === null ? [] : text` ${truncate(errorCode, NAME)}`;
  const message = errorMessage === null ? [] : text`: ${truncate(errorMessage, MESSAGE)}`;
  return ['FAILED', ...code, ...message];
}

function exposureMark({ exposure }: Change): ExposureMark | null {
  if (exposure === null) return null;
  const { direction, peer } = exposure;
  return { direction, text: [direction === 'ingress' ? `open to ${peer}` : `reaches ${peer}`] };
}

function actorText({
  userIdentity,
  recipientAccountId,
  sourceIPAddress,
  actor,
  how,
}: Finding): Text {
  const key = actor.accessKey === null ? [] : text` (key ${truncate(actor.accessKey, NAME)})`;
  const tool = how.tool === null ? [] : text`, ${truncate(how.tool, TOOL)}`;
  const address = shortened(sourceIPAddress, 'no address');
  const principal = principalText(userIdentity, recipientAccountId);
  return text`by ${principal}${key} from ${address}${tool} (${classText(how)})`;
}

/** A finding says also where the log cannot tell. */
function classText({ class: changeClass }: Finding['how']): Text {
  return [changeClass === 'unknown' ? 'by hand or not: unknown' : changeClass];
}

/** The name of the principal. An ARN is shown without the account, because the line above has it. */
function principalText(userIdentity: Json, account: string | null): Text {
  const principal = principalOf(userIdentity);
  if (principal === undefined) return ['an unnamed principal'];
  const arn = /^arn:[^:]*:[^:]*::([^:]*):(.+)$/s.exec(principal);
  const name = arn !== null && arn[1] === account ? (arn[2] ?? principal) : principal;
  return [value(truncate(name, PRINCIPAL))];
}

function evidenceText({ eventID, source }: Finding): Text {
  const event = text`event ${shortened(eventID, 'without an ID')}`;
  return source === null ? event : text`${event} in ${path(source)}`;
}

function shortened(name: string | null, otherwise: string): Text {
  return [name === null ? otherwise : value(truncate(name, NAME))];
}
