/** The warnings about the logs themselves: whether all are here and unaltered, and whether CloudTrail wrote them all the time. */

/** Rows of `WARNINGS`. */
export const COMPLETENESS_WARNINGS = {
  DELIVERED_FILES_MISSING: {
    meaning:
      'The logs have the delivery of log files (PutObject by CloudTrail) that are not among those that were read. The exit code is 3.',
    whatToDo:
      'Copy these files from the bucket, or find out who removed them. The report names them.',
  },
  DIGESTS_NOT_INTACT: {
    meaning:
      "By CloudTrail's digest files, logs or digests are missing, altered or added. The exit code is 3.",
    whatToDo:
      'The report names them, and hunt verify says more. Copy them from the bucket again: what is the same there was altered or removed after its delivery.',
  },
  DIGESTS_NOT_PROVEN: {
    meaning:
      'Digest files were checked, nothing in them is wrong, and something could not be checked: a public key is missing, or there are no digests for some logs.',
    whatToDo: 'Copy the digests (AWSLogs/ACCOUNT/CloudTrail-Digest) and their public keys too.',
  },
  EXPECTED_ABSENT: {
    meaning:
      'What expect of hunt.yml asks for is not there: an account, a region, a day, or digests. The exit code is 3.',
    whatToDo:
      'Find out why these logs were not delivered or copied. If nothing is missing, correct expect, or hunt with --no-expect.',
  },
  LOGGING_SWITCHED_OFF: {
    meaning:
      'Somebody switched logging off inside the window, and the logs have no record of the account until it was on again, or until the end. The exit code is 3.',
    whatToDo:
      'Ask who did it. Look for what happened meanwhile elsewhere: the event history of the account (90 days), other trails, VPC flow logs.',
  },
  LOGGING_NARROWED: {
    meaning:
      'Somebody narrowed what is logged inside the window, or switched one of several trails off. Events of this time may be missing.',
    whatToDo: 'The report says who did it, from when to when, and what could not be seen.',
  },
  PROOF_MISSING: {
    meaning:
      'verify: required of hunt.yml asks for a proof by digests, and the logs are not proven to be intact for the whole window. The exit code is 3.',
    whatToDo:
      'The message says what is missing: digests, public keys, or the signature of the newest digest, which only S3 has.',
  },
} as const;
