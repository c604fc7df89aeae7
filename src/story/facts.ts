/**
 * What is kept of each finding while all are read: a few numbers, so that any number of findings fits into memory. Findings
 * are numbered from 0, in the order of reports.
 */
import { formatInstant } from '../cloudtrail/time/time.js';
import { CONCERNS, type Concern, type StateEnd } from '../report/story.js';
import { Concerns, type ConcernedFinding } from './concerns.js';
import { Grouping, type GroupedFinding } from './grouping.js';
import { nameIn, nameKey, type CountedFinding, type Named } from '../report/counted-by.js';
import type { Mark } from './overview/name-counts.js';
import { withAccountIfNeeded } from './overview/names.js';
import { Pairing, type PairingLimits } from './pairing.js';
import { distinct } from './state-key.js';
import { LIGHTEST, weightOf } from './weight.js';
import { countedKind, type CountedKind } from '../report/counted-kind.js';
import type { EndingEvent } from '../report/ending-event.js';
import type { BriefFinding, Finding } from '../report/finding.js';

export type FactFinding = GroupedFinding &
  CountedFinding &
  ConcernedFinding &
  Pick<Finding, 'eventTime' | 'eventName' | 'eventSource' | 'kinds' | 'outcome'>;

/** What says which calls may end what a call began. */
export type BeginningCall = Pick<
  BriefFinding,
  'eventName' | 'eventSource' | 'awsRegion' | 'recipientAccountId'
> & { readonly change: Pick<NonNullable<BriefFinding['change']>, 'begins'> | null };

/** Whether the hunt looks for the calls that undo a call of this name. */
export type LooksFor = (
  eventName: string,
  eventSource: string | null,
  call: BeginningCall,
) => boolean;

const KINDS: readonly CountedKind[] = ['failed', 'network activity', 'read', 'session', 'change'];

const MOST_NAMES = 20_000;
const OTHERS = 0;

/** When the states of one change ended together. */
export interface ChangeEnd {
  readonly end: StateEnd;
  /** The instant of the last end; undefined if not all are seen, and of a deletion that waited and was carried out. */
  readonly until: number | undefined;
}

export class Facts {
  readonly #pairing: Pairing;
  readonly #grouping = new Grouping();
  readonly #concerning = new Concerns();
  readonly #undoable: LooksFor;
  readonly #stories: number[] = [];
  readonly #kinds: number[] = [];
  readonly #concerns: number[] = [];
  readonly #weights: number[] = [];
  readonly #instants: number[] = [];
  readonly #actors: number[] = [];
  readonly #states: number[] = [];
  /** For each finding: which of its states is that what it made exists. */
  readonly #made: number[] = [];
  readonly #looked: boolean[] = [];
  readonly #names: Named[] = [{ name: 'others', account: null }];
  #shownNames: readonly Named[] = [];
  readonly #numbers = new Map<string, number>();

  constructor(looksFor: LooksFor, limits?: PairingLimits) {
    this.#undoable = looksFor;
    this.#pairing = new Pairing(limits);
  }

  get length(): number {
    return this.#stories.length;
  }

  /** Notes what is made at one instant, before its findings are taken: the order within it means nothing. */
  note(findings: readonly FactFinding[]): void {
    for (const finding of findings) {
      const instant = isOfWeight(countedKind(finding)) ? eventInstant(finding) : undefined;
      if (instant !== undefined) this.#concerning.note(finding, instant);
    }
  }

  /** Takes the next finding. Gives what it came to; undefined for a failed call, and for network activity. */
  add(finding: FactFinding): Concern | undefined {
    const instant = eventInstant(finding);
    const kind = countedKind(finding);
    // The record of the call itself is in the story.
    const placed = kind === 'network activity' ? undefined : instant;
    const partner = this.#pairing.add(finding, placed);
    const undone = partner === undefined ? undefined : this.#stories[partner];
    const story = placed === undefined ? NONE : this.#grouping.add(finding, placed, undone);
    this.#stories.push(story);
    this.#kinds.push(KINDS.indexOf(kind));
    const concern = isOfWeight(kind) ? this.#concernIn(finding, instant, partner) : undefined;
    this.#concerns.push(CONCERNS.indexOf(concern ?? 'other'));
    this.#weights.push(weightOf(finding, concern ?? 'other'));
    this.#instants.push(instant ?? NaN);
    this.#actors.push(this.#nameNumber(nameIn('principal', finding)));
    const states = isOfWeight(kind) ? distinct(finding.change?.begins ?? []) : [];
    this.#states.push(states.length);
    this.#made.push(states.findIndex(({ what }) => what === 'exists'));
    const { eventName, eventSource } = finding;
    this.#looked.push(eventName !== null && this.#undoable(eventName, eventSource, finding));
    return concern;
  }

  /** Takes an event that is no finding, in the order of time. */
  end(event: EndingEvent): void {
    this.#pairing.end(event);
  }

  #concernIn(
    finding: FactFinding,
    instant: number | undefined,
    partner: number | undefined,
  ): Concern {
    const undone = partner === undefined ? undefined : this.concernOf(partner);
    return this.#concerning.of(finding, instant, undone);
  }

  *indexes(): Generator<number> {
    for (let index = 0; index < this.length; index++) yield index;
  }

  /** Undefined for a finding without a time, and for network activity. */
  storyOf(index: number): number | undefined {
    const story = this.#stories[index];
    return story === NONE ? undefined : story;
  }

  kindOf(index: number): CountedKind {
    return KINDS[this.#kinds[index] ?? 0] ?? 'failed';
  }

  /** What the overview counts of it. */
  markOf(index: number): Mark {
    const isFailed = this.kindOf(index) === 'failed';
    return {
      isExposed: !isFailed && this.concernOf(index) === 'exposed',
      isFailed,
      instant: this.instantOf(index),
    };
  }

  concernOf(index: number): Concern {
    return CONCERNS[this.#concerns[index] ?? 0] ?? 'other';
  }

  /** Its place among the changes of its concern: the lower, the worse. A change that is still there is worse than one undone. */
  rankOf(index: number): number {
    const weight = this.#weights[index] ?? LIGHTEST;
    const end = this.endOf(index)?.end;
    const isEnded = Number(end === 'seen' || end === 'deleted');
    return this.concernOf(index) === 'exposed'
      ? isEnded * (LIGHTEST + 1) + weight
      : weight * 2 + isEnded;
  }

  instantOf(index: number): number {
    return this.#instants[index] ?? NaN;
  }

  actorOf(index: number): number {
    return this.#actors[index] ?? 0;
  }

  /** The number of the actors that are too many to be named. */
  readonly otherActors = OTHERS;

  /** By number. */
  actorNames(): readonly Named[] {
    if (this.#shownNames.length !== this.#names.length)
      this.#shownNames = withAccountIfNeeded(this.#names);
    return this.#shownNames;
  }

  /** The states that a finding began; undefined for one that it only put back. */
  statesOf(index: number): readonly (ChangeEnd | undefined)[] {
    return Array.from({ length: this.#states[index] ?? 0 }, (_, nth) => this.#stateOf(index, nth));
  }

  /** All states of a finding together; undefined if it began none. What was opened may be closed, and still exist. */
  endOf(index: number): ChangeEnd | undefined {
    const isExposed = this.concernOf(index) === 'exposed';
    const states = this.statesOf(index);
    const skipped = isExposed && states.length > 1 ? this.#made[index] : undefined;
    const begun = states.flatMap((one, nth) => (one === undefined || nth === skipped ? [] : one));
    const [first] = begun.toSorted((a, b) => WORST.indexOf(b.end) - WORST.indexOf(a.end));
    if (first === undefined || first.until === undefined) return first;
    // What was taken back was undone then, though the rest lasted until its thing was deleted. What was opened is open until all is closed.
    const last = isExposed ? begun : begun.filter(({ end }) => end === first.end);
    return { end: first.end, until: Math.max(...last.map(({ until }) => until ?? -Infinity)) };
  }

  /** As a report has it: null where there is no state, or where not all are seen to end. */
  lastEndOf(index: number): { readonly end: StateEnd | null; readonly until: string | null } {
    const { end = null, until } = this.endOf(index) ?? {};
    return { end, until: until === undefined ? null : formatInstant(until) };
  }

  #stateOf(index: number, nth: number): ChangeEnd | undefined {
    const ending = this.#pairing.endOf(index, nth);
    switch (ending.kind) {
      case 'ended':
        return { end: ending.isDeletion ? 'deleted' : 'seen', until: ending.at };
      case 'carried out':
        return { end: 'deleted', until: undefined };
      case 'put back':
        return undefined;
      case 'open': {
        const isLookedFor = this.#looked[index] === true;
        return { end: isLookedFor ? 'not seen' : 'not looked for', until: undefined };
      }
      case 'not followed':
        return { end: 'unknown', until: undefined };
      default:
        return ending satisfies never;
    }
  }

  #nameNumber(named: Named): number {
    const key = nameKey(named);
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    if (this.#names.length >= MOST_NAMES) return OTHERS;
    this.#numbers.set(key, this.#names.length);
    return this.#names.push(named) - 1;
  }
}

/** Whether it came to something by itself. */
function isOfWeight(kind: CountedKind): boolean {
  return kind !== 'failed' && kind !== 'network activity';
}

const NONE = -1;
/** The later ones decide for several states. */
const WORST: readonly StateEnd[] = ['deleted', 'seen', 'unknown', 'not looked for', 'not seen'];

function eventInstant({ eventTime }: FactFinding): number | undefined {
  return eventTime === null ? undefined : Date.parse(eventTime);
}
