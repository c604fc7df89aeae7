/** Why a statement failed on an engine elsewhere, what that means for the hunt, and what to do about it. */
import { HuntError } from '../errors.js';

/**
 * `passing`: again may be enough. `too large`: less at once may be enough. `unreadable`: something in the data, maybe in
 * one partition only. `denied`: some of the data may not be read. `fatal`: no part of the hunt can succeed.
 */
export type FailureKind = 'transient' | 'too large' | 'unreadable' | 'denied' | 'fatal';

export class StatementFailed extends HuntError {
  readonly failureKind: FailureKind;
  /** The engine's own words, and what to do. */
  readonly reason: string;

  constructor(engine: string, said: string, failureKind: FailureKind = diagnose(said).failureKind) {
    const { hint } = diagnose(said);
    const reason = hint === undefined ? said : `${said} (${hint})`;
    super('ENGINE', `${engine} could not run the query: ${reason}`);
    this.failureKind = failureKind;
    this.reason = reason;
  }
}

interface Diagnosis {
  readonly failureKind: FailureKind;
  readonly hint?: string;
}

const BAD_FILE: Diagnosis = {
  failureKind: 'unreadable',
  hint: 'a file there is not what the table says',
};

/** Of files, whose names and content may say anything: the code decides, and then only what S3 says. */
const DATA_CODE = /^HIVE_(?!METASTORE)\w+/;
const DATA_KINDS: readonly (readonly [said: RegExp, kind: Diagnosis])[] = [
  [/^HIVE_BAD_DATA/, BAD_FILE],
  [
    /\bslow ?down\b|reduce your request rate/i,
    { failureKind: 'transient', hint: 'S3 asked for fewer requests' },
  ],
  [
    /NoSuchKey|specified key does not exist/i,
    { failureKind: 'transient', hint: 'a file went meanwhile' },
  ],
  [
    /access ?denied|forbidden|status code: 403|\bkms:/i,
    {
      failureKind: 'denied',
      hint: 's3:GetObject on the logs, and kms:Decrypt where they are encrypted',
    },
  ],
  [/^HIVE_CURSOR_ERROR/, BAD_FILE],
];

const KINDS: readonly (readonly [said: RegExp, kind: Diagnosis])[] = [
  [
    /slow ?down|reduce your request rate/i,
    { failureKind: 'transient', hint: 'S3 asked for fewer requests' },
  ],
  [
    /NoSuchKey|specified key does not exist/i,
    { failureKind: 'transient', hint: 'a file went meanwhile' },
  ],
  [
    /(writing|write|output|result).{0,80}(s3:\/\/|location|bucket).{0,200}(access denied|forbidden|not authorized)|(access denied|not authorized).{0,80}(writing|write|output|result)/i,
    {
      failureKind: 'fatal',
      hint: 'the results cannot be written: s3:PutObject on the output location',
    },
  ],
  [
    /no output location/i,
    {
      failureKind: 'fatal',
      hint: 'say where results go: --results s3://bucket/prefix, or in the workgroup',
    },
  ],
  [
    /\b(glue|athena|lakeformation):\w+|lake ?formation|insufficient permissions|PERMISSION_DENIED/i,
    { failureKind: 'fatal', hint: 'hunt doctor tells which permission is missing' },
  ],
  [
    /access.?denied|forbidden|not authorized|status code: 403|kms/i,
    {
      failureKind: 'denied',
      hint: 's3:GetObject on the logs, and kms:Decrypt where they are encrypted',
    },
  ],
  [
    /COLUMN_NOT_FOUND|cannot be resolved/i,
    { failureKind: 'fatal', hint: 'hunt schema shows what was understood of the table' },
  ],
  [
    /(TABLE|SCHEMA|CATALOG)_NOT_FOUND|(table|schema|database|catalog)\b.{0,200} does not exist/i,
    { failureKind: 'fatal', hint: 'is the name right?' },
  ],
  [
    /CONSTRAINT_VIOLATION/i,
    { failureKind: 'fatal', hint: 'an injected partition key needs values: --account, --region' },
  ],
  [
    /EXHAUSTED_RESOURCES|exhausted resources|EXCEEDED_\w*(MEMORY|LIMIT)|time ?out|INSUFFICIENT[_ ]RESOURCES|bytes scanned limit/i,
    { failureKind: 'too large', hint: 'a shorter window reads less at once' },
  ],
  [/HIVE_|ICEBERG_|PARTITION_/, { failureKind: 'unreadable' }],
  [
    /SYNTAX_ERROR|TYPE_MISMATCH|FUNCTION_NOT_FOUND|INVALID_\w+_ARGUMENT|NOT_SUPPORTED|QUERY_TEXT_TOO_LARGE/,
    { failureKind: 'fatal' },
  ],
  [/INTERNAL_ERROR|_UNAVAILABLE|NO_NODES|REMOTE_|SERVER_/, { failureKind: 'transient' }],
];

function diagnose(said: string): Diagnosis {
  const kinds = DATA_CODE.test(said) ? DATA_KINDS : KINDS;
  return kinds.find(([pattern]) => pattern.test(said))?.[1] ?? { failureKind: 'unreadable' };
}

/** What an engine's words mean for the hunt. */
export function failureKindOf(said: string): FailureKind {
  return diagnose(said).failureKind;
}
