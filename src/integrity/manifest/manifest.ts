/**
 * The model of a manifest: what a report was made of, so that somebody can check a year later that nothing was changed. It does
 * not say when it was made: the same inputs give the same bytes. All paths have forward slashes.
 */
import type { Report } from '../../report/report.js';
import type { Run } from '../../report/run.js';

export const MANIFEST_SCHEMA = 'hunt-manifest/1';

export interface Manifest {
  readonly schema: typeof MANIFEST_SCHEMA;
  readonly versions: {
    readonly hunt: string;
    readonly node: string;
    /** Null if the hunt did not use it. */
    readonly duckdb: string | null;
  };
  /** Null if no schedule asked for the report. */
  readonly run: ManifestRun | null;
  /** What `--now` said; null where it was not given. */
  readonly now: string | null;
  /** The arguments of the command line. */
  readonly command: readonly string[];
  readonly window: Report['window'];
  readonly source: {
    readonly engine: Report['source']['engine'];
    /** The hunted files and folders, as the user named them; empty if a table was hunted. */
    readonly paths: readonly string[];
    readonly table: string | null;
    readonly queries: readonly { readonly id: string; readonly part: string }[];
  };
  /** The files that say what the rules mean. `hunt:` begins the path of a file that comes with hunt. */
  readonly rules: readonly FileHash[];
  /** `hunt.yml`, with its text; null if there was none. */
  readonly config: (FileHash & { readonly text: string }) | null;
  /** Exceptions, tickets and the baseline: the path is relative to the current folder of the hunt. */
  readonly settings: readonly SettingsFile[];
  /** Null where the engine of a table read the logs. */
  readonly inputs: ManifestInputs | null;
  readonly findings: FindingsHash;
  /** The findings of earlier periods whose files came late; null where no such hunt was made. */
  readonly late: FindingsHash | null;
  /** The report files. Their paths are relative to the folder of the manifest. */
  readonly outputs: readonly FileHash[];
  /** How the file beside the manifest signs it; null where it is not signed. */
  readonly signature: {
    readonly algorithm: 'Ed25519' | 'RSA-SHA256';
    /** The SHA-256 of the public key in DER. */
    readonly publicKey: string;
  } | null;
}

export interface ManifestRun extends Pick<Run, 'report' | 'number' | 'period' | 'lookback'> {
  readonly alreadyReported: number;
  /** The SHA-256 of the manifest of the run before; null for the first. */
  readonly previous: string | null;
}

/** A file, and the SHA-256 of its bytes as they are stored, in hexadecimal. */
export interface FileHash {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface SettingsFile extends FileHash {
  readonly kind: SettingsKind;
}

export const SETTINGS_KINDS = ['exceptions', 'tickets', 'baseline'] as const;
export type SettingsKind = (typeof SETTINGS_KINDS)[number];

/** The files that were read, and the list of them that lies beside the manifest. */
export interface ManifestInputs {
  readonly files: number;
  readonly bytes: number;
  readonly list: FileHash;
}

/** The findings, whatever the formats of the report. */
export interface FindingsHash {
  readonly count: number;
  /** Of the hashes of all findings, sorted, one a line. */
  readonly sha256: string;
  /** In order of the hashes; null if there are more than `MOST_LISTED`. */
  readonly list: readonly HashedFinding[] | null;
}

export const MOST_LISTED = 1000;

export interface HashedFinding {
  readonly sha256: string;
  readonly eventID: string | null;
}
