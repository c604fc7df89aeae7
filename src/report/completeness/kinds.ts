/** Which kinds of events the logs lack, in sentences: a log of management events says nothing of objects that were read. */
import { minuteText } from '../../cloudtrail/time/time.js';
import type { EventCategory } from '../../cloudtrail/kind.js';
import type { EventKind } from './completeness.js';

/** With more records than this part of all whose kind is unknown, nobody can say what is not there. */
const MOST_UNKNOWN = 0.01;
/** Events of a service that begin so much later than the logs, or end so much earlier, were not always logged. */
const SHORTEST_PART = 0.1;
const SHORTEST = 300_000;

/** What data events of the best-known services are about. */
const SUBJECTS: ReadonlyMap<string, string> = new Map([
  ['s3.amazonaws.com', 'reads and writes of objects (S3 data events)'],
  ['lambda.amazonaws.com', 'invocations of functions (Lambda data events)'],
]);

/** The instants of the first and the last record in the window. */
export interface LoggedSpan {
  readonly first: string | null;
  readonly last: string | null;
}

/** Sentences on what is not in the logs, in the order of their weight. None where that is not known. */
export function kindSentences(kinds: readonly EventKind[], logs: LoggedSpan): readonly string[] {
  const of = (category: EventCategory): readonly EventKind[] =>
    kinds.filter((kind) => kind.category === category);
  const all = recordsOf(kinds);
  if (all === 0 || recordsOf(of('unknown')) > MOST_UNKNOWN * all) return [];
  const data = of('data');
  if (data.length === 0 && of('network activity').length === 0)
    return [
      'these logs hold management events only: reads and writes of objects, invocations of functions and the like are not in them',
    ];
  return [
    ...(of('management').length === 0
      ? ['no management event is in these logs, so changes of settings are not in them']
      : []),
    ...(data.length === 0
      ? [
          'no data event is in these logs: reads and writes of objects, invocations of functions and the like are not in them',
        ]
      : dataSentences(data, logs)),
    ...(of('network activity').length === 0 ? ['no network activity event is in these logs'] : []),
  ];
}

function dataSentences(data: readonly EventKind[], logs: LoggedSpan): readonly string[] {
  // A service may be among those that are counted together.
  const isComplete = data.every(({ eventSource }) => eventSource !== null);
  return [...SUBJECTS].flatMap(([source, subject]) => {
    const own = data.find(({ eventSource }) => eventSource === source);
    if (own !== undefined) return spanSentences(own, subject, logs);
    return isComplete ? [`${subject} are not in these logs`] : [];
  });
}

function spanSentences(
  { first, last }: EventKind,
  subject: string,
  logs: LoggedSpan,
): readonly string[] {
  const whole = distance(logs.first, logs.last);
  const isLong = (part: number): boolean => part >= SHORTEST && part >= SHORTEST_PART * whole;
  return [
    ...(first !== null && isLong(distance(logs.first, first))
      ? [`${subject} are not in these logs before ${minuteText(first)}`]
      : []),
    ...(last !== null && isLong(distance(last, logs.last))
      ? [`${subject} are not in these logs after ${minuteText(last)}`]
      : []),
  ];
}

/** Whether the logs hold data events of a service; undefined where that is not known. */
export function holdsData(kinds: readonly EventKind[], source: string): boolean | undefined {
  if (recordsOf(kinds) === 0) return undefined;
  const data = kinds.filter(({ category }) => category === 'data');
  if (data.some(({ eventSource }) => eventSource === source)) return true;
  return data.some(({ eventSource }) => eventSource === null) ? undefined : false;
}

function recordsOf(kinds: readonly EventKind[]): number {
  return kinds.reduce((sum, { records }) => sum + records, 0);
}

/** In milliseconds; 0 if one of the instants is unknown. */
function distance(from: string | null, to: string | null): number {
  return from === null || to === null ? 0 : Date.parse(to) - Date.parse(from);
}
