/** Warnings that a rule or a question is about data events, which the logs do not hold: finding nothing there proves nothing. */
import { DATA_CALLS } from '../../../cloudtrail/kind.js';
import type { RuleQuery } from '../../../query/query.js';
import type { EventKind } from '../../../report/completeness/completeness.js';
import { holdsData } from '../../../report/completeness/kinds.js';
import type { Subject, Warning } from '../../../report/report.js';
import { requiredValues } from '../../../rule/condition/required-values.js';
import { warn } from '../../../report/warn.js';
import { firstFew } from '../../../text/first-few.js';

const MOST_NAMED = 5;
const S3 = 's3.amazonaws.com';

/** The warning of a rule that names data events. Rules without names are about management events too, and have none. */
export function categoryWarnings(
  { conjuncts }: RuleQuery,
  kinds: readonly EventKind[],
): readonly Warning[] {
  const all = { kind: 'all', of: conjuncts.map(({ condition }) => condition) } as const;
  const names = requiredValues(all, 'eventName');
  if (names === undefined) return [];
  const sources = requiredValues(all, 'eventSource');
  const isAsked = (source: string): boolean =>
    sources === undefined || sources.values.some((value) => value.toLowerCase() === source);
  const asked = new Set(names.values.map((name) => name.toLowerCase()));
  return Object.entries(DATA_CALLS).flatMap(([source, calls]) => {
    const own = calls.filter((call) => asked.has(call.toLowerCase()));
    if (own.length === 0 || !isAsked(source) || holdsData(kinds, source) !== false) return [];
    return [
      warn(
        'CATEGORY_NOT_LOGGED',
        `${firstFew(own, MOST_NAMED)} ${own.length === 1 ? 'is a data event' : 'are data events'}, and the logs hold no data event of ${source} in the window`,
      ),
    ];
  });
}

/** The warning of `hunt what` about an object of a bucket. */
export function subjectWarnings(
  subject: Subject | null,
  kinds: readonly EventKind[],
): readonly Warning[] {
  if (subject?.kind !== 'what' || !namesObject(subject.text)) return [];
  return holdsData(kinds, S3) === false
    ? [
        warn(
          'CATEGORY_NOT_LOGGED',
          `reads and writes of an object are data events, and the logs hold no data event of ${S3} in the window`,
        ),
      ]
    : [];
}

/** `arn:aws:s3:::bucket/key`, `s3://bucket/key`, or the same without a beginning, where it cannot mean another resource. */
function namesObject(text: string): boolean {
  if (/^(?:arn:[^:]*:s3:::|s3:\/\/)[^/]+\/./.test(text)) return true;
  const [, bucket = '', key = ''] = /^([a-z0-9][a-z0-9.-]{2,62})\/(.+)$/.exec(text) ?? [];
  return key !== '' && (/[0-9.]/.test(bucket) || /\.[a-z0-9]{2,7}$/i.test(key));
}
