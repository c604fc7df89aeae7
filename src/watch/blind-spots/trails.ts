/** When a trail wrote no logs, or fewer. */
import { MAKING } from '../../change/making.js';
import { listed } from '../../change/sentence.js';
import { DEFAULT_CHOICES, type Choice } from '../../change/service/watching/cloudtrail/choices.js';
import type { BlindSpotCause } from '../../report/completeness/completeness.js';
import type { Fact, TrailId, TrailSettings } from '../facts/fact.js';
import type { Watched } from '../watched.js';
import type { LogPlaces } from './log-places.js';
import { scopeText } from './scope.js';
import { Spots, type Spot } from './spots.js';
import {
  differs,
  isSamePlace,
  isSwitchedOff,
  lostTexts,
  PARTS,
  placeOf,
  stated,
  type Place,
} from './trail-settings.js';

/** What is known of a trail from its calls so far. */
interface Trail {
  readonly id: TrailId;
  settings: Partial<TrailSettings>;
  /** What its selectors choose. Where no call says it, what AWS gives a new trail. */
  choices: readonly Choice[];
  /** What it chose before it was narrowed. */
  wide: readonly Choice[];
  /** When it was made, if no trail of its name logged before. */
  madeAt: number | undefined;
  /** Whether it exists and does not log: it was made and not started yet. */
  isNew: boolean;
  /** Whether a call before says that it logs, or that it does not. */
  isKnown: boolean;
  /** The places before it was sent elsewhere. */
  place: Place;
}

type TrailFact = Extract<Fact, { kind: 'trail' }>;

export class TrailSpots {
  readonly #trails = new Map<string, Trail>();
  readonly #spots = new Spots();
  readonly #known: ReadonlySet<string>;
  readonly #places: LogPlaces;

  /** `logBuckets`: into which CloudTrail writes the logs that are read. */
  constructor(logBuckets: ReadonlySet<string>, places: LogPlaces) {
    this.#known = logBuckets;
    this.#places = places;
  }

  /** To be called in the order of time. */
  add(event: Watched): void {
    const { fact } = event;
    switch (fact.kind) {
      case 'trail':
        return this.#call(event, fact, this.#trail(fact.trail));
      case 'selectors':
        return this.#select(event, fact, this.#trail(fact.trail));
      default:
        return undefined;
    }
  }

  all(): readonly Spot[] {
    return this.#spots.all();
  }

  #trail(id: TrailId): Trail {
    const key = keyOf(id, '');
    const known = this.#trails.get(key);
    if (known !== undefined) return known;
    const trail: Trail = {
      id,
      settings: {},
      choices: DEFAULT_CHOICES,
      wide: DEFAULT_CHOICES,
      madeAt: undefined,
      isNew: false,
      isKnown: false,
      place: {},
    };
    this.#trails.set(key, trail);
    return trail;
  }

  #call(event: Watched, { call, settings, answered }: TrailFact, trail: Trail): void {
    const [stopped, deleted] = [keyOf(trail.id, 'stopped'), keyOf(trail.id, 'deleted')];
    switch (call) {
      case 'created':
        trail.isNew = true;
        trail.isKnown = true;
        trail.settings = { prefix: '', ...stated(settings), ...stated(answered) };
        trail.choices = DEFAULT_CHOICES;
        trail.wide = DEFAULT_CHOICES;
        trail.madeAt = this.#spots.isOpen(deleted) ? undefined : event.at;
        for (const part of ['selectors', 'place', ...PARTS.map(([name]) => name)])
          this.#spots.end(keyOf(trail.id, part), event);
        return;
      case 'started':
        if (this.#spots.isOpen(stopped) || this.#spots.isOpen(deleted)) {
          this.#spots.end(stopped, event);
          this.#spots.end(deleted, event);
        } else if (!trail.isKnown)
          // Tools that set up a trail start it again, whether it logs or not.
          this.#spots.endedOnly({
            ...this.#spotOf(event, trail, 'management events'),
            cause: 'logging stopped',
            end: event,
            mayBeNone: true,
          });
        trail.isNew = false;
        trail.isKnown = true;
        return;
      case 'stopped':
        // A trail that was made and never started writes nothing anyway.
        if (!trail.isNew)
          this.#begin(event, {
            trail,
            key: stopped,
            cause: 'logging stopped',
            what: 'management events',
          });
        trail.isKnown = true;
        return;
      case 'deleted':
        if (!trail.isNew)
          this.#begin(event, {
            trail,
            key: deleted,
            cause: 'trail deleted',
            what: 'management events',
          });
        trail.isKnown = true;
        return;
      case 'changed':
        this.#place(event, settings, trail);
        this.#parts(event, settings, trail);
        trail.settings = { ...trail.settings, ...stated(settings), ...stated(answered) };
        return;
      default:
        call satisfies never;
    }
  }

  #parts(event: Watched, settings: TrailSettings, trail: Trail): void {
    for (const [part, cause, what] of PARTS) {
      const key = keyOf(trail.id, part);
      if (settings[part] === true) this.#spots.end(key, event);
      else if (isSwitchedOff(part, settings, trail.settings))
        this.#begin(event, { trail, key, cause, what });
    }
  }

  /** Where the trail writes to. A request may repeat what is so already. */
  #place(event: Watched, settings: TrailSettings, trail: Trail): void {
    const key = keyOf(trail.id, 'place');
    const now: Place = { ...placeOf(trail.settings), ...placeOf(settings) };
    if (this.#spots.isOpen(key)) {
      if (isSamePlace(now, trail.place)) this.#spots.end(key, event);
      return;
    }
    const before = placeOf(trail.settings);
    const isMoved =
      differs(settings.bucket, before.bucket, this.#known) ||
      (settings.prefix !== undefined &&
        before.prefix !== undefined &&
        settings.prefix !== before.prefix);
    if (!isMoved) return;
    trail.place = before;
    const place = [now.bucket, now.prefix].filter((part) => part !== undefined).join('/');
    const isKnown = before.bucket !== undefined;
    this.#begin(event, {
      trail,
      key,
      cause: isKnown ? 'trail sent elsewhere' : 'trail perhaps sent elsewhere',
      what: `management events, which went to ${place},${isKnown ? '' : ' if that is not where they went before,'}`,
    });
  }

  #select(
    event: Watched,
    { choices, management }: Extract<Fact, { kind: 'selectors' }>,
    trail: Trail,
  ): void {
    const key = keyOf(trail.id, 'selectors');
    const isMaking = trail.madeAt !== undefined && event.at - trail.madeAt <= MAKING;
    const before = this.#spots.isOpen(key) ? trail.wide : trail.choices;
    const lost = isMaking ? [] : lostTexts(before, choices, management);
    trail.choices = choices;
    if (lost.length === 0) return this.#spots.end(key, event);
    trail.wide = before;
    const what = listed(lost, '; ', 4);
    this.#begin(event, { trail, key, cause: 'selectors narrowed', what });
  }

  #begin(
    event: Watched,
    {
      trail,
      key,
      cause,
      what,
    }: {
      readonly trail: Trail;
      readonly key: string;
      readonly cause: BlindSpotCause;
      readonly what: string;
    },
  ): void {
    const spot = this.#spotOf(event, trail, what);
    // It is one until this call.
    const reach = cause === 'organization trail removed' ? 'organization' : spot.reach;
    this.#spots.begin(key, { ...spot, reach, cause, begin: event });
  }

  #spotOf(
    { account }: Watched,
    { id, settings }: Trail,
    what: string,
  ): Pick<Spot, 'account' | 'region' | 'target' | 'unseen' | 'reach'> {
    const { allRegions } = settings;
    // Of trails of other accounts, an account may only stop that of its organization.
    const isOther = id.account !== account || undefined;
    const organization = settings.organization ?? isOther ?? this.#places.isOrganizationTrail(id);
    return {
      reach:
        organization === undefined
          ? 'perhaps organization'
          : organization
            ? 'organization'
            : 'own account',
      account: id.account,
      region: id.region,
      target: id.name,
      unseen: `${what} ${scopeText({ ...id, allRegions, organization })}`,
    };
  }
}

function keyOf({ account, region, name }: TrailId, part: string): string {
  return JSON.stringify([account, region, name, part]);
}
