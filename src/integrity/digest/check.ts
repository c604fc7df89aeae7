/**
 * Checks CloudTrail's digests: that they are CloudTrail's, that none is missing, and that the log files are those that they name.
 * Files may be given in any order. Nothing of a file throws.
 */
import { HOUR, type Window } from '../../cloudtrail/time/window.js';
import type { DigestCheck } from '../../report/completeness/digest-check.js';
import type { DigestFile, HashedLog, LostDigest } from '../../dump/digest/evidence.js';
import type { TrailKey } from './trail-key.js';
import { LogBook } from './logs/book.js';
import { readDigest } from './read/digest.js';
import { conclusionOf } from './conclusion.js';
import { Shelf } from './verify/shelf.js';

export interface CheckSettings {
  readonly keys: readonly TrailKey[];
  /** Only what concerns this time is said. Open ends say nothing of what may be missing there. */
  readonly window: Window;
  /**
   * Whether a file with this key would be among those that were looked at: a log file that a digest names and that nobody looked
   * for is not missing. The default is that all are.
   */
  readonly isExpected?: ((key: string) => boolean) | undefined;
  /**
   * In milliseconds since 1970 UTC. The digest of the last hours may still be on its way, so that nothing is said of log files of
   * that time which it would name. Without it, all digests have arrived.
   */
  readonly now?: number | undefined;
}

/** A digest is written when its hour is over, and delivered some time later. */
const DIGEST_LATE = 2 * HOUR;

class DigestChecker {
  readonly #settings: CheckSettings;
  readonly #shelf = new Shelf();
  readonly #logs = new LogBook();
  readonly #lost: LostDigest[] = [];
  /** The contents whose log files are noted. */
  readonly #noted = new Set<string>();

  constructor(settings: CheckSettings) {
    this.#settings = settings;
  }

  addDigest(file: DigestFile): void {
    const read = readDigest(file);
    if (typeof read === 'string') {
      this.#lost.push({ path: file.path, reason: read });
      return;
    }
    const { digest, logs } = read;
    this.#shelf.add(digest);
    if (this.#noted.has(digest.sha256)) return;
    this.#noted.add(digest.sha256);
    for (const log of logs) this.#logs.claim(log, digest.sha256);
  }

  addLost(digest: LostDigest): void {
    this.#lost.push(digest);
  }

  addLog(log: HashedLog): void {
    this.#logs.add(log);
  }

  /** What all the files say together. To be called once. */
  conclude(): DigestCheck {
    const { keys, window, isExpected = () => true, now } = this.#settings;
    const settled = now === undefined ? Infinity : now - DIGEST_LATE;
    return conclusionOf(this.#shelf, this.#logs, {
      lost: this.#lost,
      keys,
      window,
      isExpected,
      settled,
    });
  }
}

/** The same for files that are all at hand. */
export function checkDigests(
  evidence: CheckSettings & {
    readonly digests: Iterable<DigestFile>;
    readonly lost?: Iterable<LostDigest>;
    readonly logs: Iterable<HashedLog>;
  },
): DigestCheck {
  const checker = new DigestChecker(evidence);
  for (const digest of evidence.digests) checker.addDigest(digest);
  for (const lost of evidence.lost ?? []) checker.addLost(lost);
  for (const log of evidence.logs) checker.addLog(log);
  return checker.conclude();
}
