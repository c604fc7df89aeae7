/** An earlier report to compare with: which of its findings are known, and which are gone. Its findings may exceed memory. */
import { member, type Json, type JsonObject } from '../cloudtrail/json.js';
import { readInstant } from '../cloudtrail/time/time.js';
import { contains } from '../cloudtrail/time/window.js';
import type { Baseline, BaselineScope } from '../disposition/compared.js';
import type { GoneFinding } from '../report/disposition.js';
import type { EventFields } from '../report/finding.js';
import { findingsInFile } from '../report/read/findings.js';
import { truncate } from '../text/width.js';
import { HashList } from './hash-list.js';
import { identityOf } from '../report/identity.js';

/** The JSON report says how many are gone up to here. */
const MOST_GONE = 1000;
// In columns.
const NAME = 200;
const SENTENCE = 400;

/** Reads a JSON or HTML report. Throws a HuntError where it cannot be read, or is none. */
export function readBaseline(path: string): Baseline {
  const known = HashList.of(identitiesIn(path));
  const seen = new Uint8Array(known.length);
  return {
    has: (finding) => known.placeOf(identityOf(finding)) !== undefined,
    see(finding) {
      const place = known.placeOf(identityOf(finding));
      if (place !== undefined) seen[place] = 1;
    },
    gone(scope) {
      const gone: GoneFinding[] = [];
      if (!seen.includes(0)) return gone;
      for (const finding of eventsIn(path)) {
        const place = known.placeOf(identityOf(finding.event));
        // Each once, however often the file has it.
        if (place === undefined || seen[place] === 1 || !isInScope(finding, scope)) continue;
        seen[place] = 1;
        gone.push(goneOf(finding));
        if (gone.length === MOST_GONE) break;
      }
      return gone;
    },
  };
}

function* identitiesIn(path: string): Generator<string> {
  for (const { event } of eventsIn(path)) yield identityOf(event);
}

/** A finding of a file, whose members may be anything. */
interface ReadFinding {
  readonly event: EventFields;
  readonly members: JsonObject;
}

function* eventsIn(path: string): Generator<ReadFinding> {
  // Its identity is made of any values: those of another type are equal to no event's.
  for (const members of findingsInFile(path))
    yield { event: members as EventFields & typeof members, members };
}

/** Only what this hunt looks for can be gone: in its window, by one of its rules. */
function isInScope({ members }: ReadFinding, { window, rules }: BaselineScope): boolean {
  const time = textOf(members['eventTime']);
  const { rules: given } = members;
  const ids = Array.isArray(given) ? given.map((rule: Json) => member(rule, 'id')) : [];
  const instant = readInstant(time);
  return contains(window, instant) && ids.some((id) => typeof id === 'string' && rules.has(id));
}

function goneOf({ members }: ReadFinding): GoneFinding {
  const time = textOf(members['eventTime']);
  return {
    eventID: shortText(members['eventID'], NAME),
    eventTime: time !== null && readInstant(time) !== undefined ? time : null,
    eventName: shortText(members['eventName'], NAME),
    account: shortText(members['recipientAccountId'], NAME),
    sentence: shortText(member(members['change'] ?? null, 'sentence'), SENTENCE),
  };
}

function shortText(value: Json | undefined, columns: number): string | null {
  const text = textOf(value);
  return text === null ? null : truncate(text, columns);
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
