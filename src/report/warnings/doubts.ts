/** Warnings that something may be missing. They make no exit code. */
import type { WarningMeanings } from './meaning.js';

/** Something may be missing that nobody can name. The gravest first. */
export const DOUBTS = {
  LOGGING_NARROWED: {
    meaning:
      'Somebody narrowed what is logged, or switched one of several trails off, in the window or before it. Events of this time may be missing.',
    whatToDo: 'The report says who did it, from when to when, and what could not be seen.',
  },
  DIGESTS_NOT_PROVEN: {
    meaning:
      'Digest files were checked, nothing in them is wrong, and something could not be checked: a public key is missing, or there are no digests for some logs.',
    whatToDo: 'Copy the digests (AWSLogs/ACCOUNT/CloudTrail-Digest) and their public keys too.',
  },
  CATEGORY_NOT_LOGGED: {
    meaning:
      'The rule, or the question, is about data events, such as reads of objects, and the logs hold none of that service. A trail logs them only where it is told to. Finding nothing proves nothing.',
    whatToDo:
      'Look at the event selectors of the trails (aws cloudtrail get-event-selectors). If data events are logged, hunt the logs of that trail too. Access logs of the bucket may have the requests.',
  },
  RECORDS_WITHOUT_ACCOUNT: {
    meaning:
      'The rule or a filter asks for accounts, and some records in the window name none (recipientAccountId is missing or empty), so they were left out. CloudTrail writes it since version 1.02, of 2014. Where the rule asks, the message says how many changes of these records would match. What --account leaves out is not looked at, so it is not counted.',
    whatToDo:
      'Hunt these records without --account, and with any in place of the accounts (--set PROD_ACCOUNT_IDS=any).',
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
} as const satisfies WarningMeanings;

/** The same, where the cause may be the question and not the logs. */
export const SMALL_DOUBTS = {
  OUTPUT_CUT_OFF: {
    meaning:
      'A file with the output of a command, as of aws cloudtrail lookup-events, ends with a NextToken: the command stopped before its last page, so events are missing.',
    whatToDo:
      'Run the command again for all pages, or for the rest from this token on. If the other pages are in other files among the logs, nothing is missing.',
  },
  PARTITIONS_MISSING: {
    meaning:
      'An account and region has no registered partition for days that others have, or the present day is not registered yet. A quiet region has no logs on some days, so this need not be a loss. An account and region that stopped for good is a loss: the report lists it as evidence that could not be read, and the exit code is 3.',
    whatToDo:
      'If the account is used in this region every day, check that its logs arrive and that their partitions are registered.',
  },
  LATE_DELIVERY: {
    meaning:
      'The logs have files with events that were delivered half a day late or more, and files of days outside the window were not opened. An event of the window may be only there: CloudTrail may deliver an event again up to 30 days later.',
    whatToDo: 'Hunt with --late 30d when the answer must be complete.',
  },
  REGION_WITHOUT_RECORDS: {
    meaning:
      'The rule or a filter asks for a region that has no record in the window. Finding nothing there proves nothing.',
    whatToDo:
      'Check the spelling of the region and that its logs are among the hunted paths or partitions.',
  },
  ACCOUNT_ID_MALFORMED: {
    meaning:
      'The rule is limited to an account ID that does not have 12 digits. Such an ID matches no event.',
    whatToDo: 'Correct the ID in hunt.yml, in --set or in the rule. Keep leading zeros.',
  },
  PARAMETER_EMPTY: {
    meaning:
      'A parameter of the rule has no values, so its tests are false for every event. If the rule needs such a test to hold, it finds nothing.',
    whatToDo: 'Set the parameter in hunt.yml or with --set.',
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
  TEST_NEVER_HOLDS: {
    meaning:
      'A test of the rule, or --event-name, holds for no event: it has no values, or a name that no call or no service has, as far as hunt knows, or a value that its field never has. Or no event can meet all that the rule asks for. Then a zero is no result. In an exclusion, such a name hides nothing.',
    whatToDo:
      'Correct the rule or the name. The message says which test it is, and often what was meant.',
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
  WINDOW_STILL_FILLING: {
    meaning:
      'The window ends less than an hour ago, and CloudTrail may still be delivering events of the last hour.',
    whatToDo:
      'Hunt again later. A scheduled hunt should look back over more than its own interval.',
  },
} as const satisfies WarningMeanings;
