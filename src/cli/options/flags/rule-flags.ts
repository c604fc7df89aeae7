/** The options that choose rules, their parameters and the events they look at. */
import { KIND_WORDS, RULES_OF_KINDS } from '../../../rule/catalog/kind-words.js';
import { SEVERITIES } from '../../../rule/severity.js';
import {
  choiceFlag,
  listFlag,
  negatedFlag,
  switchFlag,
  textFlag,
  type FlagGroup,
  type GroupValues,
} from './flag.js';

export const SET_FLAG = listFlag(
  '--set <name=values>',
  'values of a rule parameter, separated by commas; any accepts every value',
);
const exclusions = negatedFlag(
  '--no-exclusions',
  "ignore a rule's exclusions: each top-level not (…), except the one for failed calls",
);

/** Which rules, with which values. */
export const RULE_FLAGS = {
  heading: 'Rules:',
  flags: {
    rule: listFlag(
      '-r, --rule <id|file>',
      "a rule to apply: an ID or a part of one, a pattern ('AWS.S3.*'), a rule file (hunt or Sigma), or all (but AWS.Any.*)",
    ),
    rules: listFlag('--rules <folder>', 'a folder of rule files to apply'),
    severity: choiceFlag(
      '--severity <level>',
      `only findings of this severity or a higher one: ${SEVERITIES.join(', ').toLowerCase()}`,
      SEVERITIES,
    ),
    set: SET_FLAG,
    exclusions,
  },
} as const satisfies FlagGroup;

/** The values of one rule that the command line names by an argument. */
export const PARAMETER_FLAGS = {
  heading: 'Rules:',
  flags: { set: SET_FLAG, exclusions },
} as const satisfies FlagGroup;

/** Which events a rule looks at. */
export const EVENT_FLAGS = {
  heading: 'Events:',
  flags: {
    since: textFlag(
      '--since <time>',
      'only events at or after this time: 30d, 12h, 2w, 2026-01-31, 2026-01-31T08:00:00Z',
    ),
    until: textFlag('--until <time>', 'only events before this time'),
    period: textFlag(
      '--period <period>',
      'only events of whole days in UTC: day, week or month, the last one that is over; or 2026-10-08, 2026-W41, 2026-10',
    ),
    resource: listFlag(
      '--resource <id>',
      'only events that name this resource: sg-0a1b2c3d, a bucket, an ARN',
    ),
    principal: listFlag(
      '--user, --principal <text>',
      'only events with this text, in any case, in an ARN, ID or name of the principal, its role, its session, the person it acts for, or who signs in',
    ),
    accessKey: listFlag('--key, --access-key <id>', 'only events with this access key'),
    ip: listFlag('--ip <address>', 'only events from this address or network'),
    eventId: listFlag('--event-id <id>', 'only this event'),
    anyOf: switchFlag(
      '--any-of',
      'one of --resource, --user, --key, --ip and --event-id is enough: indicators of an incident are alternatives',
    ),
    eventName: listFlag(
      '--event-name <name>',
      "only events with this name, in any case: StopLogging, 'Delete*'",
    ),
    kind: listFlag(
      '--kind <kinds>',
      `only calls of these kinds, separated by commas: ${KIND_WORDS}; without --rule, found by the rules ${RULES_OF_KINDS}`,
    ),
    account: listFlag('--account <id>', 'only events of this account'),
    region: listFlag('--region <name>', 'only events of this region'),
  },
} as const satisfies FlagGroup;

export type RuleOptions = GroupValues<typeof RULE_FLAGS>;
export type EventOptions = GroupValues<typeof EVENT_FLAGS>;
