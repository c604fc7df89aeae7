/**
 * Every warning that a report can hold, and what a reader should do about it. This table is the source of the warning
 * codes and of the documentation of them, so a new warning starts with a new row here.
 */

import { COMPLETENESS_WARNINGS } from './completeness/meanings.js';

interface WarningMeaning {
  /** What the warning says about the numbers of the report. */
  readonly meaning: string;
  readonly whatToDo: string;
}

export const WARNINGS = {
  ACCOUNT_ID_MALFORMED: {
    meaning:
      'The rule is limited to an account ID that does not have 12 digits. Such an ID matches no event.',
    whatToDo: 'Correct the ID in hunt.yml, in --set or in the rule. Keep leading zeros.',
  },
  ACCOUNT_WITHOUT_RECORDS: {
    meaning:
      'The rule is limited to an account that has no record in the window. Finding nothing there proves nothing. The message says when the account was last seen.',
    whatToDo:
      'Check that the logs of this account were delivered and that their path is among the hunted paths.',
  },
  ALLOWED_WITH_OTHER_TOOLS: {
    meaning:
      'An entry of allow in hunt.yml hid changes made with one tool, and the same principal also used another tool. Anyone who has the credential can send the user agent of the allowed tool.',
    whatToDo:
      'Look at what the principal did: hunt who NAME, or --no-exclusions. Limit the entry by network where the tool runs in one place.',
  },
  CATEGORY_NOT_LOGGED: {
    meaning:
      'The rule, or the question, is about data events, such as reads of objects, and the logs hold none of that service. A trail logs them only where it is told to. Finding nothing proves nothing.',
    whatToDo:
      'Look at the event selectors of the trails (aws cloudtrail get-event-selectors). If data events are logged, hunt the logs of that trail too. Access logs of the bucket may have the requests.',
  },
  CONFIG_IGNORED: {
    meaning: 'A hunt.yml lies inside a hunted path. It counts as evidence and was not used.',
    whatToDo: 'If it is your own configuration, name it with --config.',
  },
  COVERAGE_GAP: {
    meaning:
      'An account, or a region of an account, that otherwise has records nearly all the time has none for hours or days: it stops, begins late or pauses. Finding nothing there proves nothing for these hours.',
    whatToDo:
      'Check the trail of the account, and that its logs were delivered and copied. What was read shows each gap.',
  },
  DAYS_WITHOUT_RECORDS: {
    meaning:
      'On whole days of the window (UTC), the table has no record at all. The engine gives no rows, and no error, for objects in Glacier storage classes, for a wrong location, and while the trail was off. Finding nothing there proves nothing for these days.',
    whatToDo:
      'Look into the bucket: aws s3api list-objects-v2 for such a day shows whether there are objects, and their StorageClass. Restore what is in Glacier, or correct the location or the template of the projection.',
  },
  EXCLUSIONS_DROPPED: {
    meaning:
      '--no-exclusions dropped exclusions of the rule, so the findings include changes that are normally accepted.',
    whatToDo: 'Hunt without --no-exclusions for the usual report.',
  },
  EXCLUDED_BY_SESSION_NAME: {
    meaning:
      'An exclusion looks for a text in the ARN of the principal. In some events that it hid, the text is only in the name of the session, or in the path of a user that looks like a session, and not in the role. Whoever assumes a role chooses that name.',
    whatToDo:
      'Look at these events with --no-exclusions. Ask for more of the ARN, such as ":assumed-role/Operator/", with --set or in the rule.',
  },
  EXCEPTION_EXPIRED: {
    meaning:
      'An exception is over, and findings still match it. They are marked as expired, and count as new.',
    whatToDo:
      'Undo what it accepted, or have it accepted again: write a later day, with the reason and the approver of today.',
  },
  EXCEPTION_UNUSED: {
    meaning:
      'An exception is over, and no finding matched it, in this run or in any before. Perhaps it does not say what its author meant.',
    whatToDo: 'Remove it from the file. If a change should have matched it, correct its match.',
  },
  EXCLUSION_EXPIRED: {
    meaning:
      'An entry of exclusions or allow in hunt.yml is over (until), so it hides nothing. What it hid before is found again.',
    whatToDo:
      'Remove the entry. If it still holds, write a later day, with the reason and the owner of today.',
  },
  FILES_READ_AGAIN: {
    meaning:
      'A scheduled run could not use what earlier runs remember of files: the settings or the version of hunt have changed, or the memory is damaged. Its search for late events read all files of the lookback. Changes that only the new settings find are reported as late.',
    whatToDo: 'Nothing. The run takes longer once.',
  },
  FIELDS_UNREADABLE: {
    meaning:
      'Events that a rule asks for have a field, such as userIdentity, in a form that cannot be read. A rule or a filter that tests the field may miss them. The exit code is 3.',
    whatToDo:
      'The report names the files, or one file of a table. Export the events again as whole JSON, or look at the field in these files by hand.',
  },
  FIELD_OMITTED: {
    meaning:
      'CloudTrail cut a field that the rule tests, because the event was too large. The cut part may have matched.',
    whatToDo:
      'Look at these events by hand: search the logs for "omitted":true together with the event names of the rule.',
  },
  FIELD_UNKNOWN: {
    meaning:
      'The rule tests a field that CloudTrail does not document. The test treats the field as missing in every event.',
    whatToDo: 'Correct the name of the field in the rule. hunt explain shows the condition.',
  },
  INSTANCE_CREDENTIALS_ELSEWHERE: {
    meaning:
      "Among the findings, and the calls that exclusions of the rules hid, the credentials of an EC2 instance were used from an address that is not the instance's: its own agents (Systems Manager, CloudWatch, ECS, …) call from another one, or another program took over its key. Somebody may have copied them. The message says how many of the calls are hidden.",
    whatToDo:
      "Look at the calls with this key (hunt who KEY). If nobody can explain them, revoke the role's sessions and look for how the credentials left the instance.",
  },
  KEYS_NOT_FOLLOWED: {
    meaning:
      'Some keys were not followed. In hunt who, calls that were made with these keys may be missing. In a hunt over a table, it is not known who is behind some role sessions. The message says why.',
    whatToDo:
      'Ask hunt who for the keys that the report names, or hunt a shorter window. If the limit of --max-scan is the reason, raise it.',
  },
  LATE_DELIVERY: {
    meaning:
      'The logs have files with events that were delivered half a day late or more, and files of days outside the window were not opened. An event of the window may be only there: CloudTrail may deliver an event again up to 30 days later.',
    whatToDo: 'Hunt with --late 30d when the answer must be complete.',
  },
  NOBODY_FOUND: {
    meaning:
      'Nobody with the name, key or address that hunt who asks about made a call. The message has similar names, and says who made the most calls.',
    whatToDo: 'Ask again with the right name, or with an access key or an address.',
  },
  NO_ACCOUNT_MATCHES: {
    meaning:
      'No account that the rule is limited to has a record in the window, so the rule can find nothing. The message says when they were last seen, which accounts have records, and which changes the limit left out.',
    whatToDo:
      'If the accounts are yours, find out why their logs are not there. If the rule still has its example accounts, set your own with --set, or in hunt.yml under parameters.',
  },
  NO_EVENTS: {
    meaning:
      'No event was read, and every file is of a kind that never holds one: Insights or aggregated events, notifications about logs, messages of CloudWatch Logs about a delivery, metadata of Athena results. No evidence is missing, but finding nothing proves nothing.',
    whatToDo: 'Check that the paths are those of the logs.',
  },
  NO_RECORDS: {
    meaning: 'No CloudTrail record was read. Finding nothing proves nothing.',
    whatToDo: 'Check the paths, or the table and its partitions, and what was skipped and why.',
  },
  OUTPUT_CUT_OFF: {
    meaning:
      'A file with the output of a command, as of aws cloudtrail lookup-events, ends with a NextToken: the command stopped before its last page, so events are missing.',
    whatToDo:
      'Run the command again for all pages, or for the rest from this token on. If the other pages are in other files among the logs, nothing is missing.',
  },
  OWN_APPROVAL: {
    meaning:
      'The person who approved an exception or a ticket also made the change, as far as their names tell.',
    whatToDo: 'Have another person look at the change, and name this person as the approver.',
  },
  PARAMETER_EMPTY: {
    meaning:
      'A parameter of the rule has no values, so its tests are false for every event. If the rule needs such a test to hold, it finds nothing.',
    whatToDo: 'Set the parameter in hunt.yml or with --set.',
  },
  PARTITIONS_MISSING: {
    meaning:
      'An account and region has no registered partition for days that others have, or the present day is not registered yet. A quiet region has no logs on some days, so this need not be a loss. An account and region that stopped for good is a loss: the report lists it as evidence that could not be read, and the exit code is 3.',
    whatToDo:
      'If the account is used in this region every day, check that its logs arrive and that their partitions are registered.',
  },
  PARTITIONS_NOT_UNDERSTOOD: {
    meaning:
      'A partition key of the table is not understood, or belongs to a table behind a view. It does not limit what the query reads, so the query may cost more. Or the range of a projection is not understood, so days outside of it are not named as lost evidence. The message says which.',
    whatToDo: 'Describe the key in hunt.yml, and check the cost with --dry-run.',
  },
  PARTITIONS_UNKNOWN: {
    meaning:
      'Only hunt.yml names partition keys of the table, as for a view, and the engine lists no registered partitions of it. So the report cannot say which days, accounts or regions are missing from it.',
    whatToDo:
      'Check by hand that the table, or the table behind the view, has the days of the window.',
  },
  PROJECTION_LISTS: {
    meaning:
      'The partition projection of the table lists fixed accounts or regions. The table gives no rows, and no error, for any other.',
    whatToDo: 'Compare the list with your accounts and regions, and extend the projection.',
  },
  REGION_WITHOUT_RECORDS: {
    meaning:
      'The rule or a filter asks for a region that has no record in the window. Finding nothing there proves nothing.',
    whatToDo:
      'Check the spelling of the region and that its logs are among the hunted paths or partitions.',
  },
  REPEATS_UNCERTAIN: {
    meaning:
      'Some events may be counted twice in the funnel, because a hunt in several parts could not compare all late deliveries. The findings are exact.',
    whatToDo: 'Hunt a shorter window if you need exact counts.',
  },
  TICKETS_UNREADABLE: {
    meaning:
      'Rows in the export of tickets have no ID, or a time that cannot be read. They explain no change.',
    whatToDo:
      'Write times as 2026-10-02 08:00:00 (UTC) or 2026-10-02T08:00:00+02:00, and check the columns in hunt.yml.',
  },
  UNDATED_MATCH: {
    meaning:
      'Events without a readable time match the rest of the rule. No bounded window contains them, so they are not among the findings. The exit code is 3.',
    whatToDo: 'Hunt without --since and --until to see them.',
  },
  UNPAIRED_SURROGATES: {
    meaning:
      'Invalid text (unpaired UTF-16 surrogates) was replaced by U+FFFD. A test on exactly this text may give another result.',
    whatToDo: 'Usually nothing. Look at the original file where the exact text matters.',
  },
  WINDOW_OUTSIDE_LOGS: {
    meaning: 'No record lies in the window. Finding nothing proves nothing.',
    whatToDo:
      'Compare --since and --until with the times of the logs, which the message shows. All times are UTC.',
  },
  WHO_TOO_WIDE: {
    meaning:
      'What hunt who asks about stands in the names of very many principals, or in those of instances with very many calls. What they did is counted and listed as ever, but the keys that they issued are not followed, or what instances read is not compared by address. The message says which.',
    whatToDo: 'Name one of the principals, a role by its ARN or a key, or hunt a shorter window.',
  },
  WINDOW_STILL_FILLING: {
    meaning:
      'The window ends less than an hour ago, and CloudTrail may still be delivering events of the last hour.',
    whatToDo:
      'Hunt again later. A scheduled hunt should look back over more than its own interval.',
  },
  ...COMPLETENESS_WARNINGS,
} as const satisfies Readonly<Record<string, WarningMeaning>>;

/** For scripts: a code never changes its meaning. */
export type WarningCode = keyof typeof WARNINGS;

/** Warnings that the hunt looked at nothing, or at nothing of an account that it should look at. */
const EMPTY: ReadonlySet<WarningCode> = new Set<WarningCode>([
  'NO_RECORDS',
  'WINDOW_OUTSIDE_LOGS',
  'NO_ACCOUNT_MATCHES',
  'ACCOUNT_WITHOUT_RECORDS',
]);

/** Whether a zero proves nothing because of this warning. Then the exit code is 3, as if evidence was lost. */
function saysEmpty({ code }: { readonly code: WarningCode }): boolean {
  return EMPTY.has(code);
}

/** Evidence that a hunt has seen and could not judge, or that is known to be missing. */
const LOSSES: ReadonlySet<WarningCode> = new Set<WarningCode>([
  'DELIVERED_FILES_MISSING',
  'DIGESTS_NOT_INTACT',
  'EXPECTED_ABSENT',
  'FIELDS_UNREADABLE',
  'LOGGING_SWITCHED_OFF',
  'PROOF_MISSING',
  'UNDATED_MATCH',
]);

/** Whether the exit code is 3 because of this warning. `allowEmpty`: a hunt that looked at nothing counts as complete. */
export function causesThree(warning: { readonly code: WarningCode }, allowEmpty: boolean): boolean {
  return LOSSES.has(warning.code) || (!allowEmpty && saysEmpty(warning));
}
