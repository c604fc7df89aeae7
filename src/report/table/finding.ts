/** A finding in three lines: when, what call and where; what it changed; who did it, from where. */
import { describeChange, opensToEveryone } from '../../cloudtrail/change.js';
import { isObject, type Json } from '../../cloudtrail/json.js';
import type { Finding } from '../report.js';
import { safeLine } from '../safe-text.js';
import { cut } from '../width.js';
import { instant, line, type Page } from './page.js';

const AGENT = 48;
const INNER = '      ';

/** The lines of a finding. */
export function findingLines(finding: Finding, page: Page): readonly string[] {
  const { colors } = page;
  const time = finding.eventTime === null ? 'no readable time' : instant(finding.eventTime);
  const call = finding.eventName ?? 'no event name';
  const place = `${finding.recipientAccountId ?? 'no account'}  ${finding.awsRegion ?? 'no region'}`;
  const change = describeChange(finding);
  const head = line(`${time}  ${call}  ${place}`, page);
  return [
    colors.bold(head),
    ...(change === '' ? [] : [changeLine(change, page)]),
    line(`by ${principal(finding)}${origin(finding)}`, page, INNER),
    colors.dim(line(traceOf(finding), page, INNER)),
  ];
}

function changeLine(change: string, page: Page): string {
  const text = line(change, page, INNER);
  return opensToEveryone(change) ? page.colors.red(text) : page.colors.cyan(text);
}

/** Who: the ARN without what the line above says already, or whatever else names somebody. */
function principal({ userIdentity, recipientAccountId }: Finding): string {
  const text = (name: string): string | undefined => member(userIdentity, name);
  const arn = text('arn');
  const who = arn ?? text('userName') ?? text('invokedBy') ?? text('principalId') ?? text('type');
  if (who === undefined) return 'nobody named';
  const own = /^arn:[^:]*:[^:]*::([^:]*):(.+)$/s.exec(who);
  const short = own !== null && own[1] === recipientAccountId ? (own[2] ?? who) : who;
  const key = text('accessKeyId');
  return `${short}${key === undefined ? '' : ` (key ${key})`}`;
}

function origin({ sourceIPAddress, userAgent }: Finding): string {
  const agent = userAgent === null ? '' : `, ${cut(safeLine(userAgent), AGENT)}`;
  return ` from ${sourceIPAddress ?? 'no address'}${agent}`;
}

function traceOf({ eventID, source }: Finding): string {
  return `event ${eventID ?? 'without an ID'} in ${source ?? 'no file'}`;
}

function member(value: Json, name: string): string | undefined {
  const found = isObject(value) ? value[name] : undefined;
  return typeof found === 'string' && found !== '' ? found : undefined;
}
