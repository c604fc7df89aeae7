/** The options of a hunt, in groups: how logs are read, and what becomes of the report. Other commands take some of the groups. */
import { ENDINGS, FORMAT_NAMES, FORMAT_PURPOSES } from '../../../report/formats.js';
import { FINDING_ORDERS } from '../../../report/finding.js';
import {
  choiceFlag,
  countFlag,
  listFlag,
  negatedFlag,
  switchFlag,
  textFlag,
  withDefault,
  type FlagGroup,
} from './flag.js';

const MAX_THREADS = 256;

/** What is read, and how. `--late` and `--trust-paths` concern logs and tables, the others only logs. */
export const READING_FLAGS = {
  heading: 'Reading logs and tables:',
  flags: {
    late: textFlag(
      '--late <duration>',
      'how long after an event its file may still arrive (default: 1d)',
    ),
    jobs: countFlag(
      '--jobs <n>',
      'the number of threads that read logs (default: one per core)',
      MAX_THREADS,
    ),
    trustPaths: switchFlag(
      '--trust-paths',
      'leave out files (by their path) and partitions of a table (by their keys) of accounts and regions in which no rule, with the filters, can match',
    ),
    expect: negatedFlag(
      '--no-expect',
      'do not ask for what expect of hunt.yml says must be in the logs',
    ),
    prune: negatedFlag('--no-prune', 'also read files whose path names a day outside the window'),
    prefilter: negatedFlag(
      '--no-prefilter',
      'parse every record, also those that no rule can match (slower)',
    ),
    maxUnpacked: textFlag(
      '--max-unpacked <size>',
      'the most that one log, compressed or in an archive, may unpack to (default: 20GB)',
    ),
  },
} as const satisfies FlagGroup;

/** What is counted beside the findings. */
export const COUNT_FLAGS = {
  heading: 'Events:',
  flags: {
    calls: switchFlag(
      '--calls',
      'also count every call that the filters leave, by its name, whatever the rules say',
    ),
  },
} as const satisfies FlagGroup;

/** `--no-follow`. */
export const FOLLOW_FLAG = negatedFlag(
  '--no-follow',
  'do not look for the calls that issued the keys of sessions, which say who is behind a role',
);

/** What proves the report later. */
export const MANIFEST_FLAGS = {
  heading: 'Proof:',
  flags: {
    manifest: switchFlag(
      '--manifest',
      'also write the SHA-256 of all that the report is made of, beside its first file: hunt prove checks it',
    ),
    sign: textFlag(
      '--sign <key>',
      'sign the manifest with the private key in a PEM file (Ed25519 or RSA; HUNT_KEY_PASSPHRASE opens an encrypted one), or with an RSA key of AWS KMS: kms:ARN or kms:alias/NAME',
    ),
  },
} as const satisfies FlagGroup;

/** What becomes of the report. */
export const REPORT_FLAGS = {
  heading: 'Report:',
  flags: {
    format: choiceFlag(
      '-f, --format <format>',
      `the format of the printed report: ${FORMAT_PURPOSES} (default: table)`,
      FORMAT_NAMES,
    ),
    template: textFlag(
      '--template <file>',
      'print the report with your own template (mustache) instead of a format; an --output with the ending of the template is made with it too',
    ),
    output: listFlag(
      '-o, --output <file>',
      `a file to write the report to; its ending sets the format: ${ENDINGS.join(', ')}`,
    ),
    sort: withDefault(
      choiceFlag(
        '--sort <order>',
        'the order of the findings in every format: by time, by rule, or by severity (each then by time)',
        FINDING_ORDERS,
      ),
      'time',
    ),
    force: switchFlag('--force', 'overwrite files that exist'),
    failOnFindings: switchFlag(
      '--fail-on-findings',
      'exit with 1 if there are findings; with exceptions, tickets or a baseline, only if one is new or its exception is over',
    ),
    allowEmpty: switchFlag(
      '--allow-empty',
      'do not exit with 3 where no record was read, none is in the window, or an account or --region has none',
    ),
    quiet: switchFlag('--quiet', 'print only the report, errors, and the reason for exit code 3'),
    progress: negatedFlag('--no-progress', 'show no progress bar'),
  },
} as const satisfies FlagGroup;

/** Where messages about the report go. */
export const TELL_FLAGS = {
  heading: 'Telling people:',
  flags: {
    notify: listFlag(
      '--notify <url>',
      'send a message to a webhook (Slack, Teams or any other) if there are new findings or evidence was lost; env:NAME takes the address from an environment variable',
    ),
    mailBody: textFlag(
      '--mail-body <file>',
      'write the same message as a mail without addresses; the file is empty if there is nothing to say',
    ),
  },
} as const satisfies FlagGroup;
