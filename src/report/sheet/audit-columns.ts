/**
 * The columns of a report for an audit: those that NIST SP 800-53 AU-3 asks for (what, when, where, source, outcome, identity), what
 * explains the change, and where its evidence is. An auditor filters by them, so each column has one kind of value.
 */
import { localTimeIn } from '../../cloudtrail/time/zone.js';
import { safeLine } from '../../text/safe-text.js';
import { hashesIn, type Audit } from '../audit/audit.js';
import { explanationOf, type Explanation } from '../audit/explanation.js';
import type { Disposition } from '../disposition.js';
import {
  changeText,
  fieldColumn,
  highestSeverity,
  resourceText,
  type SheetColumn,
} from './columns.js';

/** `whenUtc` and `whenLocal` are the same instant, the latter in the time zone of the audit. */
export function auditColumns(audit: Audit): readonly SheetColumn[] {
  const { timeZone, accounts } = audit;
  const hashes = hashesIn(audit);
  const local = localTimeIn(timeZone);
  const names = new Map(accounts.map(({ id, name }) => [id, name]));
  return [
    { name: 'no', width: 6, valueIn: (_, number) => String(number) },
    { name: 'what', width: 80, valueIn: changeText },
    { name: 'whenUtc', width: 26, valueIn: ({ eventTime }) => eventTime },
    {
      name: 'whenLocal',
      width: 30,
      valueIn: ({ eventTime }) => (eventTime === null ? null : local(eventTime)),
    },
    { name: 'account', width: 14, valueIn: ({ recipientAccountId }) => recipientAccountId },
    {
      name: 'accountName',
      width: 16,
      valueIn: ({ recipientAccountId: id }) => (id === null ? null : (names.get(id) ?? null)),
    },
    { name: 'region', width: 14, valueIn: ({ awsRegion }) => awsRegion },
    { name: 'resource', width: 30, valueIn: ({ change }) => resourceText(change?.resources ?? []) },
    fieldColumn('sourceIPAddress'),
    { name: 'tool', width: 30, valueIn: ({ how }) => how.tool },
    { name: 'how', width: 32, valueIn: ({ how }) => how.class },
    { name: 'outcome', width: 10, valueIn: ({ outcome }) => outcome },
    fieldColumn('errorCode'),
    fieldColumn('errorMessage'),
    { name: 'identity', width: 30, valueIn: ({ actor }) => safeLine(actor.name) },
    { name: 'principal', width: 50, valueIn: ({ actor }) => actor.principal },
    { name: 'behind', width: 30, valueIn: ({ actor }) => actor.behind?.name ?? null },
    { name: 'accessKey', width: 22, valueIn: ({ actor }) => actor.accessKey },
    { name: 'mfa', width: 6, valueIn: ({ actor }) => actor.mfa },
    {
      name: 'explanation',
      width: 22,
      valueIn: (finding) => EXPLANATION_WORDS[explanationOf(finding)],
    },
    ...DISPOSITION,
    { name: 'exposure', width: 16, valueIn: ({ change }) => change?.exposure?.peer ?? null },
    { name: 'severity', width: 10, valueIn: highestSeverity },
    { name: 'rules', width: 40, valueIn: ({ rules }) => rules.map(({ id }) => id).join(' ') },
    fieldColumn('eventSource'),
    fieldColumn('eventName'),
    fieldColumn('userAgent'),
    fieldColumn('requestParameters'),
    fieldColumn('responseElements'),
    fieldColumn('eventID'),
    { name: 'file', width: 40, valueIn: ({ source }) => source },
    {
      name: 'fileSha256',
      width: 66,
      valueIn: ({ source }) => (source === null ? null : (hashes.get(source) ?? null)),
    },
  ];
}

const EXPLANATION_WORDS: Readonly<Record<Explanation, string>> = {
  unexplained: 'unexplained',
  unassessed: 'not assessed',
  selfApproved: 'approved by who made it',
  ticketed: 'ticket without approver',
  approved: 'ticket and approver',
  accepted: 'accepted',
  session: 'credential or session',
  read: 'read',
  'network activity': 'network activity',
  failed: 'failed attempt',
};

const DISPOSITION: readonly SheetColumn[] = [
  dispositionColumn('status', ({ status }) => status),
  dispositionColumn('exception', ({ exception }) => exception),
  dispositionColumn('ticket', ({ ticket }) => ticket?.id ?? null),
  dispositionColumn('ticketWritten', ({ ticket }) => ticket?.written ?? null),
  dispositionColumn('approver', ({ ticket }) => ticket?.approver ?? null),
  dispositionColumn('late', ({ late }) => late),
];

function dispositionColumn(
  name: string,
  valueOf: (disposition: Disposition) => string | null,
): SheetColumn {
  return {
    name,
    width: 16,
    valueIn: ({ disposition }) => (disposition === null ? null : valueOf(disposition)),
  };
}
