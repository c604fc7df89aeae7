/** A finding: when, what call and where; what it changed; who did it, from where; which event in which file. */
import type { Change } from '../../change/change.js';
import { describeChange } from '../../change/describe.js';
import { isObject, type Json } from '../../cloudtrail/json.js';
import type { Finding, Findings } from '../report.js';
import { safeLine } from '../../text/safe-text.js';
import { truncate, truncateStart } from '../../text/width.js';
import { aligned, columnWidths, instant, line, wrapped, type Page } from './lines.js';

const AGENT = 48;
const NAME = 44;
// The longest role session's ARN fits; what is longer must not push the address off the page.
const PRINCIPAL = 176;
const INNER = '      ';

/** The lines of all findings, their first lines aligned with each other. */
export function* findingLines(findings: Findings, page: Page): Generator<string> {
  const widths = columnWidths(headsOf(findings), page);
  for (const finding of findings) {
    yield page.colors.bold(aligned(head(finding), widths, page));
    yield* detailLines(finding, page);
  }
}

function* headsOf(findings: Findings): Generator<readonly string[]> {
  for (const finding of findings) yield head(finding);
}

function head(finding: Finding): readonly string[] {
  const { eventTime, eventName, recipientAccountId, awsRegion } = finding;
  return [
    eventTime === null ? 'no readable time' : instant(eventTime),
    short(eventName ?? 'no event name'),
    short(recipientAccountId ?? 'no account'),
    short(awsRegion ?? 'no region'),
  ];
}

/** One overlong name must not push the others off the page. */
function short(name: string): string {
  return truncate(safeLine(name), NAME);
}

function detailLines(finding: Finding, page: Page): readonly string[] {
  const change = describeChange(finding);
  return [
    ...alertLines(finding, page),
    ...(change === null ? [] : changeLines(change, page)),
    ...wrapped(`by ${principal(finding)}${origin(finding)}`, page, INNER),
    page.colors.dim(traceLine(finding, page)),
  ];
}

/** The rule's own words for it, and the severity it gives this very event. */
function alertLines({ alert }: Finding, page: Page): readonly string[] {
  if (alert === null) return [];
  const text = [`[${alert.severity}]`, alert.title ?? ''].join(' ').trim();
  return wrapped(safeLine(text), page, INNER);
}

function changeLines({ sentence, exposure }: Change, page: Page): readonly string[] {
  const { red, yellow, cyan } = page.colors;
  const color = exposure === null ? cyan : exposure.direction === 'ingress' ? red : yellow;
  return wrapped(sentence, page, INNER).map((text) => color(text));
}

/** Who: the ARN without what the line above says already, or whatever else names somebody. */
function principal({ userIdentity, recipientAccountId }: Finding): string {
  const text = (name: string): string | undefined => member(userIdentity, name);
  const arn = text('arn');
  const who = arn ?? text('userName') ?? text('invokedBy') ?? text('principalId') ?? text('type');
  if (who === undefined) return 'nobody named';
  const own = /^arn:[^:]*:[^:]*::([^:]*):(.+)$/s.exec(who);
  const name = own !== null && own[1] === recipientAccountId ? (own[2] ?? who) : who;
  const key = text('accessKeyId');
  const keyText = key === undefined ? '' : ` (key ${short(key)})`;
  return `${truncate(safeLine(name), PRINCIPAL)}${keyText}`;
}

function origin({ sourceIPAddress, userAgent }: Finding): string {
  const agent = userAgent === null ? '' : `, ${truncate(safeLine(userAgent), AGENT)}`;
  return ` from ${short(sourceIPAddress ?? 'no address')}${agent}`;
}

function traceLine({ eventID, source }: Finding, page: Page): string {
  const event = `event ${short(eventID ?? 'without an ID')}`;
  if (source === null) return line(event, page, INNER);
  const rest = page.width - INNER.length - event.length - ' in '.length;
  return line(`${event} in ${truncateStart(safeLine(source), rest)}`, page, INNER);
}

function member(value: Json, name: string): string | undefined {
  const found = isObject(value) ? value[name] : undefined;
  return typeof found === 'string' && found !== '' ? found : undefined;
}
