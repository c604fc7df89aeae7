/** What a call changes of a trail, compared with what is known of it. */
import {
  lostChoices,
  MANAGEMENT,
  type Choice,
} from '../../change/service/watching/cloudtrail/choices.js';
import { listed } from '../../change/sentence.js';
import type { BlindSpotCause } from '../../report/completeness/completeness.js';
import type { TrailSettings } from '../facts/fact.js';

/** Where a trail writes to. What is not known is left out. */
export type Place = Pick<Partial<TrailSettings>, 'bucket' | 'prefix'>;
/** Settings that switch a part off, with what is not seen without it. */
export const PARTS = [
  ['validation', 'validation off', 'digests, which prove that no log file is missing or altered,'],
  ['allRegions', 'fewer regions', 'events of all regions but that of the trail'],
  [
    'organization',
    'organization trail removed',
    'events of all other accounts of the organization',
  ],
  ['globalEvents', 'fewer regions', 'events of global services, such as IAM and STS,'],
] as const satisfies readonly (readonly [keyof TrailSettings, BlindSpotCause, string])[];

/** What is not chosen any more, in words. */
export function lostTexts(
  before: readonly Choice[],
  now: readonly Choice[],
  management: string | undefined,
): readonly string[] {
  const lost = new Set(lostChoices(before, now).map(({ of }) => of));
  const data = [...lost].filter((of) => of !== MANAGEMENT);
  const chosen = management === undefined ? '' : ` (chosen: ${management})`;
  return [
    ...(lost.has(MANAGEMENT) ? [`management events${chosen}`] : []),
    ...(data.length === 0 ? [] : [`data events of ${listed(data, ', ', 4)}`]),
  ];
}

/** Whether a call switches a part off that was on, as far as that is known. */
export function isSwitchedOff(
  part: (typeof PARTS)[number][0],
  now: TrailSettings,
  before: Partial<TrailSettings>,
): boolean {
  if (now[part] !== false || before[part] === false) return false;
  if (before[part] === true) return true;
  // The console and CloudFormation say every setting, whatever they change. Few trails are those of an organization.
  if (part === 'organization') return now.validation === undefined || now.bucket === undefined;
  return part !== 'globalEvents' || now.allRegions !== false;
}

/** The bucket and the prefix alone, without members that are undefined. */
export function placeOf({ bucket, prefix }: Place): Place {
  return {
    ...(bucket === undefined ? {} : { bucket }),
    ...(prefix === undefined ? {} : { prefix }),
  };
}

/** Whether logs lie in the same folder. No prefix is the same as an empty one. */
export function isSamePlace(a: Place, b: Place): boolean {
  return a.bucket === b.bucket && (a.prefix ?? '') === (b.prefix ?? '');
}

/** Whether a bucket is another one than before. Where that is not known, the logs that are read came from somewhere else. */
export function differs(
  now: string | undefined,
  before: string | undefined,
  logBuckets: ReadonlySet<string>,
): boolean {
  if (now === undefined || now === before) return false;
  return before !== undefined || !logBuckets.has(now);
}

/** The settings that are known, so that a spread over others keeps what they know. */
export function stated(settings: TrailSettings): Partial<TrailSettings> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}
