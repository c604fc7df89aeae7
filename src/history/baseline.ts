/** An earlier report to compare with: which of its findings are known, and which are gone. Its findings may exceed memory. */
import { readInstant } from '../cloudtrail/time/time.js';
import { contains } from '../cloudtrail/time/window.js';
import type { Baseline, BaselineScope } from '../disposition/compared.js';
import { HuntError } from '../errors.js';
import type { GoneFinding } from '../report/disposition.js';
import type { EventFields } from '../report/finding.js';
import { findingsInFile } from '../report/findings-in-file.js';
import { safeLine } from '../text/safe-text.js';
import { truncate } from '../text/width.js';
import { HashList } from './hash-list.js';
import { identityOf } from '../report/identity.js';

/** The JSON report says how many are gone up to here. */
const MOST_GONE = 1000;
// In columns.
const NAME = 200;
const SENTENCE = 400;

/** Reads a JSON report. Throws a HuntError where it cannot be read, or is none. */
export function readBaseline(path: string): Baseline {
  const known = HashList.fromBytes(HashList.bytesOf(identitiesIn(path)), false);
  if (known === undefined) throw new Error('a list of hashes cannot be read back');
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
  readonly members: { readonly [name: string]: unknown };
}

function* eventsIn(path: string): Generator<ReadFinding> {
  for (const text of findingsInFile(path)) {
    const members = parsed(text, path);
    // Its identity is made of any values: those of another type are equal to no event's.
    if (isObject(members)) yield { event: members as EventFields & typeof members, members };
  }
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new HuntError('PATH', `${safeLine(path)} has a finding that is not JSON`, {
      cause: error,
    });
  }
}

/** Only what this hunt looks for can be gone: in its window, by one of its rules. */
function isInScope({ members }: ReadFinding, { window, rules }: BaselineScope): boolean {
  const time = textOf(members['eventTime']);
  const given: unknown = members['rules'];
  const ids = Array.isArray(given) ? given.map((rule: unknown) => memberOf(rule, 'id')) : [];
  const instant = time === null ? undefined : readInstant(time);
  return contains(window, instant) && ids.some((id) => id !== null && rules.has(id));
}

function goneOf({ members }: ReadFinding): GoneFinding {
  const time = textOf(members['eventTime']);
  return {
    eventID: shortText(members['eventID'], NAME),
    eventTime: time !== null && readInstant(time) !== undefined ? time : null,
    eventName: shortText(members['eventName'], NAME),
    account: shortText(members['recipientAccountId'], NAME),
    sentence: shortText(memberOf(members['change'], 'sentence'), SENTENCE),
  };
}

function shortText(value: unknown, columns: number): string | null {
  const text = textOf(value);
  return text === null ? null : truncate(text, columns);
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function memberOf(value: unknown, key: string): string | null {
  return isObject(value) ? textOf(value[key]) : null;
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
