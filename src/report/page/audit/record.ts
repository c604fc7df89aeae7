/** A finding with the fields that NIST SP 800-53 AU-3 asks for, what explains it, and where its evidence is. */
import { truncate } from '../../../text/width.js';
import type { Finding, Findings } from '../../finding.js';
import type { Fact, RecordItem } from '../block.js';
import { joined, path, text, value, type Text } from '../text.js';
import { howText } from '../timeline/facts.js';
import { shownPath } from '../timeline/survey.js';
import { lineOf } from '../timeline/line.js';
import { dispositionText } from './disposition.js';
import type { AuditWords } from './words.js';

// In columns. A very long value must not hide the others. The longest ARN of a role session fits in.
const NAME = 176;
const SHORT = 44;
const RESOURCES = 10;

const NO_NUMBERS = {
  ruleNumbers: new Map(),
  files: new Map(),
  hasDay: false,
  expires: new Map(),
  hasTickets: false,
};

export interface RecordSettings {
  /** The place of the finding in the report, from 1: the same in every format. */
  readonly number: number;
  readonly words: AuditWords;
  readonly sha256Of: Findings['sha256Of'];
  /** The hunted paths. */
  readonly paths: readonly string[];
}

export function recordOf(finding: Finding, settings: RecordSettings): RecordItem {
  const { number, words } = settings;
  const { failure, exposure, change, alerts } = lineOf(finding, NO_NUMBERS);
  const { eventTime } = finding;
  return {
    number,
    failure,
    exposure,
    head: change,
    facts: [
      fact('what', whatText(finding, alerts)),
      fact('when', [eventTime === null ? 'no readable time' : words.time(eventTime)]),
      fact('where', whereText(finding, words)),
      fact('source', sourceText(finding)),
      fact('outcome', outcomeText(finding)),
      fact('identity', identityText(finding)),
      fact('disposition', dispositionText(finding)),
      fact('evidence', evidenceText(finding, settings)),
    ],
  };
}

function fact(label: string, of: Text): Fact {
  return { label, text: of };
}

function whatText({ eventSource, eventName, rules }: Finding, alerts: readonly Text[]): Text {
  const call = text`${truncate(eventName ?? 'no event name', NAME)} of ${truncate(eventSource ?? 'no service', NAME)}`;
  const ids = rules.map(({ id, severity }) => text`${id} (${[severity]})`);
  return joined([call, text`found by ${joined(ids, ', ')}`, ...alerts], '; ');
}

function whereText({ recipientAccountId, awsRegion, change }: Finding, words: AuditWords): Text {
  const resources = change?.resources ?? [];
  const more = resources.length - RESOURCES;
  const names = resources.slice(0, RESOURCES).map(({ type, id, name }) => {
    const called = name === null ? [] : text` "${truncate(name, NAME)}"`;
    return text`${[truncate(type, SHORT)]} ${truncate(id, NAME)}${called}`;
  });
  return joined(
    [
      text`account ${words.account(recipientAccountId)}`,
      awsRegion === null ? ['no region'] : [value(truncate(awsRegion, SHORT))],
      ...names,
      ...(more > 0 ? [[`and ${more} more`]] : []),
    ],
    ', ',
  );
}

function sourceText(finding: Finding): Text {
  const { sourceIPAddress } = finding;
  const address =
    sourceIPAddress === null ? ['no address'] : [value(truncate(sourceIPAddress, NAME))];
  return text`${address}, ${howText(finding)}`;
}

function outcomeText({ outcome, errorCode, errorMessage }: Finding): Text {
  if (outcome === 'succeeded') return ['succeeded'];
  const why = [errorCode, errorMessage].flatMap((one) =>
    one === null ? [] : [[value(truncate(one, NAME))]],
  );
  return joined([['FAILED: it changed nothing'], ...why], ', ');
}

function identityText({ actor }: Finding): Text {
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

function evidenceText({ eventID, source }: Finding, { sha256Of, paths }: RecordSettings): Text {
  const sha256 = source === null ? undefined : sha256Of?.(source);
  const event =
    eventID === null ? ['an event without an ID'] : text`event ${truncate(eventID, NAME)}`;
  const file = source === null ? [] : text` in ${path(shownPath(source, paths))}`;
  return text`${event}${file}${sha256 === undefined ? [] : text`, SHA-256 ${sha256}`}`;
}
