/** When a trail wrote no logs, or fewer. */
import { listed } from '../../change/sentence.js';
import type { Selection } from '../../change/service/watching/cloudtrail/selectors.js';
import type { BlindSpotCause } from '../../report/completeness/completeness.js';
import type { Fact, TrailId, TrailSettings } from '../facts/fact.js';
import type { Watched } from '../watched.js';
import { scopeText } from './scope.js';
import { Spots, type Spot } from './spots.js';

/** What is known of a trail from its calls so far. */
interface Trail {
  readonly id: TrailId;
  settings: Partial<TrailSettings>;
  /** Undefined where no call says it. */
  selection: Selection | undefined;
  /** What it chose before it was narrowed. */
  wide: Selection;
  /** Whether it exists and does not log: it was made and not started yet. */
  isNew: boolean;
  /** Whether a call before says that it logs, or that it does not. */
  isKnown: boolean;
  /** The places before it was sent elsewhere. */
  place: Place;
}

type Place = Pick<Partial<TrailSettings>, 'bucket' | 'prefix'>;
type TrailFact = Extract<Fact, { kind: 'trail' }>;

/** What AWS gives a new trail. */
const DEFAULT: Selection = { management: '', data: [] };

/** Settings that switch a part off, with what is not seen without it. */
const PARTS = [
  ['validation', 'validation off', 'digests, which prove that no log file is missing or altered,'],
  ['allRegions', 'fewer regions', 'events of all regions but that of the trail'],
  [
    'organization',
    'organization trail removed',
    'events of all other accounts of the organization',
  ],
  ['globalEvents', 'fewer regions', 'events of global services, such as IAM and STS,'],
] as const satisfies readonly (readonly [keyof TrailSettings, BlindSpotCause, string])[];

export class TrailSpots {
  readonly #trails = new Map<string, Trail>();
  readonly #spots = new Spots();
  readonly #known: ReadonlySet<string>;

  /** `logBuckets`: into which CloudTrail writes the logs that are read. */
  constructor(logBuckets: ReadonlySet<string>) {
    this.#known = logBuckets;
  }

  /** To be called in the order of time. */
  add(event: Watched): void {
    const { fact } = event;
    switch (fact.kind) {
      case 'trail':
        return this.#call(event, fact, this.#trail(fact.trail));
      case 'selectors':
        return this.#select(event, fact.selection, this.#trail(fact.trail));
      case 'insights': {
        const trail = this.#trail(fact.trail);
        const key = keyOf(trail.id, 'insights');
        if (fact.isOff)
          this.#begin(event, { trail, key, cause: 'selectors narrowed', what: 'Insights events' });
        else this.#spots.end(key, event);
        return undefined;
      }
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
      selection: undefined,
      wide: DEFAULT,
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
        trail.settings = { ...stated(settings), ...stated(answered) };
        trail.selection = DEFAULT;
        trail.wide = DEFAULT;
        for (const part of ['selectors', 'place', ...PARTS.map(([name]) => name)])
          this.#spots.end(keyOf(trail.id, part), event);
        return;
      case 'started':
        if (this.#spots.isOpen(stopped) || this.#spots.isOpen(deleted)) {
          this.#spots.end(stopped, event);
          this.#spots.end(deleted, event);
        } else if (!trail.isKnown)
          // Whoever starts a trail that logs changes nothing, but nobody needs to do so.
          this.#spots.endedOnly({
            ...this.#spotOf(trail, 'management events'),
            cause: 'logging stopped',
            end: event,
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
      const isOn = settings[part];
      if (isOn === true) this.#spots.end(key, event);
      else if (isOn === false && trail.settings[part] !== false)
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
    this.#begin(event, {
      trail,
      key,
      cause: 'trail sent elsewhere',
      what: `management events, which went to ${place},`,
    });
  }

  #select(event: Watched, selection: Selection, trail: Trail): void {
    const key = keyOf(trail.id, 'selectors');
    const before = this.#spots.isOpen(key) ? trail.wide : (trail.selection ?? DEFAULT);
    const lost = lostBetween(before, selection);
    trail.selection = selection;
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
    this.#spots.begin(key, { ...this.#spotOf(trail, what), cause, begin: event });
  }

  #spotOf(
    { id, settings }: Trail,
    what: string,
  ): Pick<Spot, 'account' | 'region' | 'target' | 'unseen'> {
    const { allRegions, organization } = settings;
    return {
      account: id.account,
      region: id.region,
      target: id.name,
      unseen: `${what} ${scopeText({ ...id, allRegions, organization })}`,
    };
  }
}

/** What one selection chooses and another does not. */
function lostBetween(before: Selection, now: Selection): readonly string[] {
  const data = before.data.filter((kind) => !now.data.includes(kind));
  return [
    ...managementLost(before.management, now.management),
    ...(data.length === 0 ? [] : [`data events of ${listed(data, ', ', 4)}`]),
  ];
}

function managementLost(before: string | undefined, now: string | undefined): readonly string[] {
  if (now === '' || now === before || before === undefined) return [];
  return now === undefined ? ['management events'] : [`management events (chosen: ${now})`];
}

function placeOf({ bucket, prefix }: Place): Place {
  return {
    ...(bucket === undefined ? {} : { bucket }),
    ...(prefix === undefined ? {} : { prefix }),
  };
}

function isSamePlace(a: Place, b: Place): boolean {
  return a.bucket === b.bucket && (a.prefix ?? '') === (b.prefix ?? '');
}

/** Whether a bucket is another one than before. Where that is not known, the logs that are read came from somewhere else. */
function differs(
  now: string | undefined,
  before: string | undefined,
  logBuckets: ReadonlySet<string>,
): boolean {
  if (now === undefined || now === before) return false;
  return before !== undefined || !logBuckets.has(now);
}

function stated(settings: TrailSettings): Partial<TrailSettings> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

function keyOf({ account, region, name }: TrailId, part: string): string {
  return JSON.stringify([account, region, name, part]);
}
