/** How files are read. One object for all files and threads of a reading; it is sent to threads, so it is plain data. */
import { COLUMNS, type Column } from '../../cloudtrail/field/columns.js';
import {
  NOTHING_REQUIRED,
  requiresNothing,
  type Requirement,
} from '../../cloudtrail/requirement.js';
import type { Window } from '../../cloudtrail/time/window.js';
import type { DumpRequest } from '../dump.js';
import { pathFilter, type PathFilter, type Verification } from '../find/path-filter.js';
import { smallFor, UNPACK_LIMITS, type UnpackLimits } from '../open/unpack-budget.js';
import type { S3Settings } from '../s3/client.js';

export interface ReadSettings {
  readonly window: Window;
  /** See `DumpRequest.required`. */
  readonly required: Requirement;
  /** See `DumpRequest.found`. */
  readonly found: Requirement;
  /** Whether records that lack it are left out. */
  readonly prefilter: boolean;
  /** See `DumpRequest.eventIds`. */
  readonly eventIds: ReadonlySet<string> | undefined;
  /** See `DumpRequest.notesKeys`. */
  readonly notesKeys: boolean;
  /** See `DumpRequest.hashes`. */
  readonly hashes: boolean;
  /** See `DumpRequest.verify`. */
  readonly verify: Verification | undefined;
  /** See `DumpRequest.notesFiles`. */
  readonly notesFiles: boolean;
  readonly columns: readonly Column[];
  /** Which members of archives are read. */
  readonly filter: PathFilter;
  readonly unpackLimits: UnpackLimits;
  /** Files of at most this many bytes are read and unpacked in one go. */
  readonly small: number;
  /** The state of the lock for long records, if several threads read. */
  readonly sharedLock: Int32Array | undefined;
  readonly s3: S3Settings | undefined;
}

/** The settings for a number of threads, which share `sharedLock`. */
export function readSettings(
  request: DumpRequest,
  threads: number,
  sharedLock?: Int32Array,
): ReadSettings {
  return {
    window: request.window,
    required: request.required,
    found: (request.prefilter ? request.found : undefined) ?? NOTHING_REQUIRED,
    prefilter: request.prefilter && !requiresNothing(request.required),
    eventIds: request.eventIds,
    notesKeys: request.notesKeys === true,
    hashes: request.hashes === true,
    verify: request.verify,
    notesFiles: request.notesFiles === true,
    columns: request.columns ?? COLUMNS,
    filter: pathFilter(request),
    unpackLimits: {
      maxUnpacked: request.maxUnpacked ?? UNPACK_LIMITS.maxUnpacked,
      bombFloor: request.bombFloor ?? UNPACK_LIMITS.bombFloor,
    },
    small: smallFor(threads),
    sharedLock,
    s3: request.s3,
  };
}

/** It looks for records that can be left out, or only unpacks. */
export function usesFastReader({ prefilter, verify }: ReadSettings): boolean {
  return prefilter || verify === 'alone';
}
