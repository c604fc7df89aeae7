/** Warnings that speak of no loss. They make no exit code. */
import type { WarningMeanings } from './meaning.js';

/** A zero proves nothing, although nothing is known to be missing. */
export const VOID = {
  KEYS_NOT_FOLLOWED: {
    meaning:
      'Some keys, or some sessions in the console, were not followed. In hunt who, calls that were made with these keys or in these sessions may be missing. In a hunt over a table, it is not known who is behind some role sessions. The message says why.',
    whatToDo:
      'Ask hunt who for the keys or sessions that the report names, or hunt a shorter window. If the limit of --max-scan is the reason, raise it.',
  },
  NOBODY_FOUND: {
    meaning:
      'Nobody with the name, key or address that hunt who asks about made a call. The message has similar names, and says who made the most calls.',
    whatToDo: 'Ask again with the right name, or with an access key or an address.',
  },
  NO_EVENTS: {
    meaning:
      'No event was read, and every file is of a kind that never holds one: Insights or aggregated events, notifications about logs, messages of CloudWatch Logs about a delivery, metadata of Athena results. No evidence is missing, but finding nothing proves nothing.',
    whatToDo: 'Check that the paths are those of the logs.',
  },
} as const satisfies WarningMeanings;

/** What a reader should know. The answer is not in doubt because of it. */
export const NOTES = {
  ALLOWED_WITH_OTHER_TOOLS: {
    meaning:
      'An entry of allow in hunt.yml hid changes made with one tool, and the same principal also used another tool. Anyone who has the credential can send the user agent of the allowed tool.',
    whatToDo:
      'Look at what the principal did: hunt who NAME, or --no-exclusions. Limit the entry by network where the tool runs in one place.',
  },
  CONFIG_IGNORED: {
    meaning: 'A hunt.yml lies inside a hunted path. It counts as evidence and was not used.',
    whatToDo: 'If it is your own configuration, name it with --config.',
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
  INSTANCE_CREDENTIALS_ELSEWHERE: {
    meaning:
      "Among the findings, and the calls that exclusions of the rules hid, the credentials of an EC2 instance were used from an address that is not the instance's: its own agents (Systems Manager, CloudWatch, ECS, …) call from another one, another program took over its key, or the calls came through a VPC endpoint of another account, whose network the instance is not in unless an organization shares it. Somebody may have copied them. The message says how many of the calls are hidden.",
    whatToDo:
      "Look at the calls with this key (hunt who KEY). If nobody can explain them, revoke the role's sessions and look for how the credentials left the instance.",
  },
  OWN_APPROVAL: {
    meaning:
      'The person who approved an exception or a ticket also made the change, as far as their names tell.',
    whatToDo: 'Have another person look at the change, and name this person as the approver.',
  },
  PARTITIONS_NOT_UNDERSTOOD: {
    meaning:
      'A partition key of the table is not understood, or belongs to a table behind a view. It does not limit what the query reads, so the query may cost more. Or the range of a projection is not understood, so days outside of it are not named as lost evidence. The message says which.',
    whatToDo: 'Describe the key in hunt.yml, and check the cost with --dry-run.',
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
  UNPAIRED_SURROGATES: {
    meaning:
      'Invalid text (unpaired UTF-16 surrogates) was replaced by U+FFFD. A test on exactly this text may give another result.',
    whatToDo: 'Usually nothing. Look at the original file where the exact text matters.',
  },
  WHO_TOO_WIDE: {
    meaning:
      'What hunt who asks about stands in the names of very many principals, or in those of instances with very many calls. What they did is counted and listed as ever, but the keys that they issued are not followed, or what instances read is not compared by address. The message says which.',
    whatToDo: 'Name one of the principals, a role by its ARN or a key, or hunt a shorter window.',
  },
  WHO_WIDENED: {
    meaning:
      'No event names both the person and the role of a name such as user/ann as role/Admin, so hunt who looks for the person, with all roles and keys. The report may have more than was asked about.',
    whatToDo:
      'For this role alone, look at its lines in the time line. For everybody who used the role, hunt who and the role.',
  },
} as const satisfies WarningMeanings;
