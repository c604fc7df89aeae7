/** The options that choose rules, their parameters and the events they look at. */
import { listFlag, negatedFlag, textFlag, type FlagGroup, type GroupValues } from './flag.js';

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
      '--rule <id|file>',
      'a rule to apply: an ID, a rule file (hunt or Sigma), or all',
    ),
    rules: listFlag('--rules <folder>', 'a folder of rule files to apply'),
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
    resource: listFlag(
      '--resource <id>',
      'only events that name this resource: sg-0a1b2c3d, a bucket, an ARN',
    ),
    principal: listFlag(
      '--principal <text>',
      'only events whose principal has this text in its ARN, ID or name',
    ),
    accessKey: listFlag('--access-key <id>', 'only events with this access key'),
    ip: listFlag('--ip <address>', 'only events from this address or network'),
    account: listFlag('--account <id>', 'only events of this account'),
    region: listFlag('--region <name>', 'only events of this region'),
    eventId: listFlag('--event-id <id>', 'only this event'),
  },
} as const satisfies FlagGroup;

export type RuleOptions = GroupValues<typeof RULE_FLAGS>;
export type EventOptions = GroupValues<typeof EVENT_FLAGS>;
