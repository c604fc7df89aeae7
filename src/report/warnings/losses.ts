/** Warnings that the answer is not complete: the exit code is 3, for EMPTY unless a hunt may be empty. */
import type { WarningMeanings } from './meaning.js';

/** Losses that somebody may have made on purpose, the gravest first. */
export const GRAVE_LOSSES = {
  DIGESTS_NOT_INTACT: {
    meaning:
      "By CloudTrail's digest files, logs or digests are missing, altered or added. The exit code is 3.",
    whatToDo:
      'The report names them, and hunt verify says more. Copy them from the bucket again: what is the same there was altered or removed after its delivery.',
  },
  LOGGING_SWITCHED_OFF: {
    meaning:
      'Somebody switched logging off in the window, or before it, and the logs have no record of the account, or of another account of its organization, until it was on again, or until the end. The exit code is 3.',
    whatToDo:
      'Ask who did it. Look for what happened meanwhile elsewhere: the event history of the account (90 days), other trails, VPC flow logs.',
  },
  LOG_FILES_DELETED: {
    meaning:
      'Somebody deleted log files (DeleteObject) of the window, and no copy of them is among the files that were read. The exit code is 3.',
    whatToDo:
      'Ask who did it. The report names the files, with their accounts, regions and times. Restore them if the bucket keeps versions, or look for these times elsewhere, as in the event history of the account (90 days).',
  },
  DELIVERED_FILES_MISSING: {
    meaning:
      'The logs have the delivery of log files (PutObject by CloudTrail) that are not among those that were read. The exit code is 3.',
    whatToDo:
      'Copy these files from the bucket, or find out who removed them. The report names them.',
  },
} as const satisfies WarningMeanings;

/** Evidence that a hunt has seen and could not judge, or that is known to be missing. */
export const LOSSES = {
  EXPECTED_ABSENT: {
    meaning:
      'What expect of hunt.yml asks for is not there: an account, a region, a day, or digests. The exit code is 3.',
    whatToDo:
      'Find out why these logs were not delivered or copied. If nothing is missing, correct expect, or hunt with --no-expect.',
  },
  FIELDS_UNREADABLE: {
    meaning:
      'Events that a rule asks for have a field, such as userIdentity, in a form that cannot be read. A rule or a filter that tests the field may miss them. The exit code is 3.',
    whatToDo:
      'The report names the files, or one file of a table. Export the events again as whole JSON, or look at the field in these files by hand.',
  },
  PROOF_MISSING: {
    meaning:
      'verify: required of hunt.yml asks for a proof by digests, and the logs are not proven to be intact for the whole window. The exit code is 3.',
    whatToDo:
      'The message says what is missing: digests, public keys, or the signature of the newest digest, which only S3 has.',
  },
  UNDATED_MATCH: {
    meaning:
      'Events without a readable time match the rest of the rule. No bounded window contains them, so they are not among the findings. The exit code is 3.',
    whatToDo: 'Hunt without --since and --until to see them.',
  },
} as const satisfies WarningMeanings;

/** The hunt looked at nothing, or at nothing of an account that it should look at. A zero proves nothing. */
export const EMPTY = {
  NO_RECORDS: {
    meaning: 'No CloudTrail record was read. Finding nothing proves nothing.',
    whatToDo: 'Check the paths, or the table and its partitions, and what was skipped and why.',
  },
  WINDOW_OUTSIDE_LOGS: {
    meaning: 'No record lies in the window. Finding nothing proves nothing.',
    whatToDo:
      'Compare --since and --until with the times of the logs, which the message shows. All times are UTC.',
  },
  NO_ACCOUNT_MATCHES: {
    meaning:
      'No account that the rule is limited to has a record in the window, so the rule can find nothing. The message says when they were last seen, which accounts have records, and which changes the limit left out.',
    whatToDo:
      'If the accounts are yours, find out why their logs are not there. If the rule still has its example accounts, set your own with --set, or in hunt.yml under parameters.',
  },
  NO_REGION_MATCHES: {
    meaning: 'No region of --region has a record in the window, so nothing can be found.',
    whatToDo:
      'Check the spelling of the region and that its logs are among the hunted paths or partitions.',
  },
  ACCOUNT_WITHOUT_RECORDS: {
    meaning:
      'The rule is limited to an account that has no record in the window. Finding nothing there proves nothing. The message says when the account was last seen.',
    whatToDo:
      'Check that the logs of this account were delivered and that their path is among the hunted paths.',
  },
} as const satisfies WarningMeanings;
