/**
 * What every hunt looks for beside its rules: events that tell about the logs themselves. They are selected in the same reading, and
 * they are no findings: nothing counts them, and the filters of the user do not apply to them.
 */
import { testsAt } from '../rule/condition/build.js';
import type { Condition } from '../rule/condition/condition.js';
import { notation } from '../rule/condition/notation.js';
import { ownRule } from '../rule/own-rule.js';
import type { Conjunct, RuleQuery } from './query.js';

const test = testsAt({ file: 'hunt', line: 1, column: 1 });

/** By which somebody switches logs off or on. Insights are no part of them: no rule hunts in Insights events. */
const SWITCHES = [
  'CreateTrail',
  'DeleteEventDataStore',
  'DeleteTrail',
  'DisableAWSServiceAccess',
  'EnableAWSServiceAccess',
  'PutEventSelectors',
  'RestoreEventDataStore',
  'StartEventDataStoreIngestion',
  'StartLogging',
  'StopEventDataStoreIngestion',
  'StopLogging',
  'UpdateTrail',
];

/**
 * Only names: every hunt reads this column anyway, and readers of logs know it before they parse a record. Which service was called
 * is seen later.
 */
const CALLS = [
  ...SWITCHES,
  // Somebody takes logs out of their bucket, or the key that they are encrypted with.
  'CancelKeyDeletion',
  'DeleteBucket',
  'DeleteBucketLifecycle',
  'DeleteBucketPolicy',
  'DisableKey',
  'EnableKey',
  'PutBucketLifecycle',
  'PutBucketLifecycleConfiguration',
  'PutBucketPolicy',
  'PutBucketVersioning',
  'ScheduleKeyDeletion',
  // Effects, and the calls that cause them.
  'CreateKey',
  'CreateSecret',
  'DeleteKey',
  'DeleteSecret',
  'EndSecretVersionDelete',
  'StartSecretVersionDelete',
];

const NAMED = test('eventName', 'in', CALLS);

/** Whether a call of this name matters more than others where not all can be read. */
export function switchesLogs(eventName: string): boolean {
  return SWITCHES.includes(eventName);
}

export const WATCHES: readonly RuleQuery[] = [watch(NAMED)];

/** The same for local logs. In a table, the events of a trail's bucket may be as many as its files. */
export const LOGS_WATCHES: readonly RuleQuery[] = [
  watch({
    kind: 'any',
    of: [
      NAMED,
      // Readers know this member before they parse a record, and a text must be looked for in the whole log.
      call('PutObject', test('sourceIPAddress', 'equals', ['cloudtrail.amazonaws.com'])),
      call('DeleteObject', test('requestParameters.key', 'contains', ['/CloudTrail'])),
    ],
  }),
];

function call(name: string, condition: Condition): Condition {
  return { kind: 'all', of: [test('eventName', 'equals', [name]), condition] };
}

/** A rule that nobody sees. It has no window: what was switched off before is still off in the window, unless a later call says otherwise. */
function watch(condition: Condition): RuleQuery {
  const selection: Conjunct = {
    kind: 'conjunct',
    id: 'c1',
    condition,
    text: notation(condition),
    at: undefined,
    origin: 'rule',
    exclusion: false,
  };
  return {
    bound: {
      rule: ownRule('watch', 'watch', condition),
      condition,
      severities: [],
      parameters: [],
    },
    conjuncts: [selection],
    selection: [selection],
    stages: [],
    dropped: [],
  };
}
