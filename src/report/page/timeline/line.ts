/** One finding on one line: when, whether it happened, what it changed, which rules matched, and which event it is. */
import type { Change } from '../../../change/change.js';
import { truncate } from '../../../text/width.js';
import { calledText } from '../../called.js';
import type { Finding, MatchedRule } from '../../finding.js';
import type { ExposureMark, TimelineFinding } from '../blocks/block.js';
import { findingEndText } from '../finding/ends.js';
import { text, value, type Text } from '../blocks/text.js';
import { facetsOf } from './facets.js';
import { dispositionMark, type DispositionFacts } from './disposition.js';
import { instant } from '../blocks/words.js';

// In columns.
const CODE = 44;
const MESSAGE = 120;
const TITLE = 120;
const NAME = 176;

export interface LineFacts extends DispositionFacts {
  /** The numbers of the rules in the list of rules; empty if there is one rule. */
  readonly ruleNumbers: ReadonlyMap<string, number>;
  /** The numbers of the files in the list of files; empty if all findings are in one file. */
  readonly files: ReadonlyMap<string, number>;
  /** Whether the day stands above the line. */
  readonly hasDay: boolean;
}

/** What the line says, wherever its finding stands in a report. */
export function lineOf(
  finding: Finding,
  facts: LineFacts,
): Omit<TimelineFinding, 'number' | 'details'> {
  const { change, eventTime, eventID, outcome, errorMessage, source, story } = finding;
  const file = source === null ? undefined : facts.files.get(source);
  return {
    kind: 'finding',
    story,
    eventTime,
    facets: facetsOf(finding),
    when: [eventTime === null ? 'no time' : timeText(eventTime, facts.hasDay)],
    failure: failureText(finding),
    // A failed call has opened nothing.
    exposure: outcome === 'failed' || change === null ? null : exposureMark(change),
    change: [
      ...changeText(finding),
      ...lastedText(finding),
      ...(outcome === 'failed' && errorMessage !== null
        ? text` (${truncate(errorMessage, MESSAGE)})`
        : []),
    ],
    disposition: dispositionMark(finding.disposition, facts),
    alerts: finding.rules.flatMap(titleOf),
    rules: rulesText(finding.rules, facts.ruleNumbers),
    event: [
      eventID === null ? 'event without an ID' : value(truncate(eventID, NAME)),
      ...(file === undefined ? [] : [` f${file}`]),
    ],
  };
}

function timeText(eventTime: string, hasDay: boolean): string {
  const whole = instant(eventTime);
  return hasDay ? whole.slice(whole.indexOf(' ') + 1) : whole;
}

/** A failed call must never look like a change. */
function failureText({ outcome, errorCode }: Finding): Text | null {
  if (outcome === 'succeeded') return null;
  return ['FAILED', ...(errorCode === null ? [] : text` ${truncate(errorCode, CODE)}`)];
}

function changeText({ change, eventName }: Finding): Text {
  return [value(change?.sentence ?? truncate(calledText(eventName), NAME))];
}

/** How long it lasted, as far as the findings show. */
function lastedText(finding: Finding): Text {
  const lasted = findingEndText(finding);
  return lasted === null ? [] : [` (${lasted})`];
}

function exposureMark({ exposure }: Change): ExposureMark | null {
  if (exposure === null) return null;
  const { direction, peer } = exposure;
  const whom = peer === 'foreign account' ? 'a foreign account' : peer;
  return { direction, text: [direction === 'ingress' ? `OPEN TO ${whom}` : `reaches ${whom}`] };
}

/** The title that the rule gives the event, and its severity. */
function titleOf({ severity, alert }: MatchedRule): readonly Text[] {
  const title = alert?.title ?? null;
  return title === null ? [] : [text`[${[severity]}] ${[truncate(title, TITLE)]}`];
}

function rulesText(rules: readonly MatchedRule[], numbers: ReadonlyMap<string, number>): Text {
  const own = rules.flatMap(({ id }) => numbers.get(id) ?? []);
  return own.length === 0 ? [] : [`[${own.join(',')}]`];
}
