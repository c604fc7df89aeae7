/**
 * What about the way of a call deserves a second look, although it proves nothing. A flag never changes a class: it says why
 * somebody should look, and which event shows it.
 */
import { correctedBy } from '../correction.js';
import { shortened } from '../sentence.js';
import type { Caller } from './caller.js';
import { toolTextOf } from './tool.js';

export const HOW_FLAGS = [
  'correction',
  'delegated access',
  'sign-in by a program',
  'console session',
  'another tool',
  'key created by another',
  'new address',
  'new version',
  'first time',
] as const;

export interface HowFlag {
  readonly reason: (typeof HOW_FLAGS)[number];
  /** One sentence for people. */
  readonly text: string;
  /** The event that shows it; null where the flagged event itself does. */
  readonly eventID: string | null;
}

/** In UTF-16 units. */
const LONGEST = 256;
const BROWSER = /^(?:Mozilla|Opera)\//;
/** Browsers without a window, which programs use. */
const WITHOUT_WINDOW = /Headless|PhantomJS/i;
/** AWS's own: its app for phones, and names of the console itself. */
const OF_AWS =
  /^(?:AWS[ -]?Console|AWS Internal$|[\w.-]+\.amazonaws(?:\.com|\.com\.cn|\.cn|-us-gov\.com|-eusc\.eu)$)/i;

/** What an event says by itself. */
export function ownFlags(caller: Caller): readonly HowFlag[] {
  return [...correctionFlags(caller), ...delegateFlags(caller), ...signInFlags(caller)];
}

function correctionFlags({ event }: Caller): readonly HowFlag[] {
  const corrected = correctedBy(event);
  if (corrected === undefined) return [];
  const eventID = shortened(corrected, LONGEST);
  const text = `CloudTrail corrects an earlier record with this one, and it is no second change: ${eventID}`;
  return [{ reason: 'correction', text, eventID }];
}

function delegateFlags({ delegate }: Caller): readonly HowFlag[] {
  if (delegate === undefined) return [];
  const text = `an outside account made the call, with access that was delegated to it: ${shortened(delegate, LONGEST)}`;
  return [{ reason: 'delegated access', text, eventID: null }];
}

function signInFlags({ event, agent }: Caller): readonly HowFlag[] {
  if (event.eventName !== 'ConsoleLogin' || agent === undefined || OF_AWS.test(agent)) return [];
  if (BROWSER.test(agent) && !WITHOUT_WINDOW.test(agent)) return [];
  const text = `a program, and not a browser, signed in to the console: ${toolTextOf(agent)}`;
  return [{ reason: 'sign-in by a program', text, eventID: null }];
}
