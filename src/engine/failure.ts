/** Why a statement failed in Athena or Trino, what that means for the hunt, and a hint for the person. */
import { HuntError } from '../errors.js';

/**
 * - `transient`: the same statement may succeed later.
 * - `too large`: a statement that reads less may succeed.
 * - `unreadable`: some of the data cannot be read, perhaps in one partition only.
 * - `denied`: the engine may not read some of the data.
 * - `fatal`: no part of the hunt can succeed.
 */
export type FailureKind = 'transient' | 'too large' | 'unreadable' | 'denied' | 'fatal';

export class StatementFailed extends HuntError {
  readonly failureKind: FailureKind;
  /** The engine's message, with a hint. */
  readonly reason: string;

  constructor(engine: string, message: string, failureKind = failureKindOf(message)) {
    const { hint } = diagnose(message);
    const reason = hint === undefined ? message : `${message} (${hint})`;
    super('ENGINE', `${engine} could not run the query: ${reason}`);
    this.failureKind = failureKind;
    this.reason = reason;
  }
}

/** The hint where a permission is missing. */
export const ASK_DOCTOR = 'hunt doctor shows which permission is missing';

interface Diagnosis {
  readonly failureKind: FailureKind;
  readonly hint?: string;
}

type Rule = readonly [message: RegExp, diagnosis: Diagnosis];

const BAD_FILE: Diagnosis = {
  failureKind: 'unreadable',
  hint: 'a file does not have the format of the table',
};
const SLOW_DOWN: Diagnosis = { failureKind: 'transient', hint: 'S3 asked for fewer requests' };
const FILE_DELETED: Diagnosis = {
  failureKind: 'transient',
  hint: 'a file was deleted during the query',
};
const LOGS_DENIED: Diagnosis = {
  failureKind: 'denied',
  hint: 'this needs s3:GetObject on the logs, and kms:Decrypt if they are encrypted',
};

/**
 * Messages about files contain names and content of files, which may contain any words. So the error code decides, then
 * only the phrases that S3 uses.
 */
const DATA_CODE = /^HIVE_(?!METASTORE)\w+/;
const DATA_RULES: readonly Rule[] = [
  [/^HIVE_BAD_DATA/, BAD_FILE],
  [/\bslow ?down\b|reduce your request rate/i, SLOW_DOWN],
  [/NoSuchKey|specified key does not exist/i, FILE_DELETED],
  [/access ?denied|forbidden|status code: 403|\bkms:/i, LOGS_DENIED],
  [/^HIVE_CURSOR_ERROR/, BAD_FILE],
];

/**
 * The statement itself is too much for the engine, whatever it reads: in the words of Trino's compiler, parser and planner, of
 * now and of the time of Athena's engine 3.
 */
const TOO_COMPLEX =
  /COMPILER_(ERROR|LIMIT)|BYTECODE_TOO_LARGE|compiler failed|(method|class|statement|code) (is )?too large|(method|class)TooLarge|exceeded maximum (filters|columns)|expressions are too complex|STACK_?OVERFLOW|stack overflow|QUERY_TEXT_TOO_LARGE|TOO_MANY_(STAGES|ARGUMENTS)/i;

const RULES: readonly Rule[] = [
  [
    TOO_COMPLEX,
    {
      failureKind: 'fatal',
      hint: 'the statement is too complex for the engine: hunt with fewer rules at once, or shorten their lists',
    },
  ],
  [
    /QUERY_QUEUE_FULL|too many queued queries|ADMINISTRATIVELY_PREEMPTED/i,
    {
      failureKind: 'transient',
      hint: 'the engine has too many queries: try again later, or with --parallel 1',
    },
  ],
  [/slow ?down|reduce your request rate/i, SLOW_DOWN],
  [/NoSuchKey|specified key does not exist/i, FILE_DELETED],
  [
    /(writing|write|output|result).{0,80}(s3:\/\/|location|bucket).{0,200}(access denied|forbidden|not authorized)|(access denied|not authorized).{0,80}(writing|write|output|result)/i,
    {
      failureKind: 'fatal',
      hint: 'the results cannot be written: this needs s3:PutObject on their location',
    },
  ],
  [
    /no output location/i,
    {
      failureKind: 'fatal',
      hint: 'set where Athena writes results: --results s3://bucket/prefix, or in the workgroup',
    },
  ],
  [
    /\b(glue|athena|lakeformation):\w+|lake ?formation|insufficient permissions|PERMISSION_DENIED/i,
    { failureKind: 'fatal', hint: ASK_DOCTOR },
  ],
  [/access.?denied|forbidden|not authorized|status code: 403|kms/i, LOGS_DENIED],
  [
    /COLUMN_NOT_FOUND|cannot be resolved/i,
    { failureKind: 'fatal', hint: 'hunt schema shows how hunt understands the table' },
  ],
  [
    /(TABLE|SCHEMA|CATALOG)_NOT_FOUND|(table|schema|database|catalog)\b.{0,200} does not exist/i,
    { failureKind: 'fatal', hint: 'check the names of the catalog, the database and the table' },
  ],
  [
    /CONSTRAINT_VIOLATION/i,
    { failureKind: 'fatal', hint: 'an injected partition key needs values: --account, --region' },
  ],
  [
    /bytes scanned limit/i,
    {
      failureKind: 'too large',
      hint: 'the workgroup limits what a query may read; a shorter window reads less at once',
    },
  ],
  [
    /EXHAUSTED_RESOURCES|exhausted resources|EXCEEDED_\w{0,60}(MEMORY|LIMIT)|time ?out|INSUFFICIENT[_ ]RESOURCES/i,
    { failureKind: 'too large', hint: 'a shorter window reads less at once' },
  ],
  [/HIVE_|ICEBERG_|PARTITION_/, { failureKind: 'unreadable' }],
  [
    /SYNTAX_ERROR|TYPE_MISMATCH|FUNCTION_NOT_FOUND|INVALID_\w{1,60}_ARGUMENT|NOT_SUPPORTED/,
    { failureKind: 'fatal' },
  ],
  [/INTERNAL_ERROR|_UNAVAILABLE|NO_NODES|REMOTE_|SERVER_/, { failureKind: 'transient' }],
];

/** What a message means stands at its beginning or in its error. The rest may be a value of a log, of any length. */
const LONGEST_MESSAGE = 20_000;

function diagnose(whole: string): Diagnosis {
  const message = whole.slice(0, LONGEST_MESSAGE);
  const rules = DATA_CODE.test(message) ? DATA_RULES : RULES;
  return rules.find(([pattern]) => pattern.test(message))?.[1] ?? { failureKind: 'unreadable' };
}

/** What an engine's error message means for the hunt. An unknown message gives `unreadable`: one partition may have caused it. */
export function failureKindOf(message: string): FailureKind {
  return diagnose(message).failureKind;
}
