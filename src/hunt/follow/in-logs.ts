/** Finds the events that issued keys in logs that have been read once: only files that may hold one are read again. */
import { bodiesIn, type Batch } from '../../batch/batch.js';
import { stringsOf } from '../../batch/cells.js';
import { readSession, sessionBegun } from '../../change/actor/console-session.js';
import { ISSUING_CALLS, issuedKey, type IssuingEvent } from '../../change/actor/issued-key.js';
import { selectColumns } from '../../cloudtrail/field/columns.js';
import { valueRequired } from '../../cloudtrail/requirement.js';
import type { DumpRequest } from '../../dump/dump.js';
import type { KeyIndex } from '../../dump/read/key-index.js';
import { readDump } from '../../dump/read/read.js';
import { openParquet } from '../../engine/duckdb/open.js';
import { readEvent } from '../../findings/to-finding.js';
import type { FindIssuing } from './follow.js';

/** The time is the only column that the body of a row does not have. */
const TIME = selectColumns([['eventtime']]);
const EVENT_NAMES: ReadonlySet<string> = new Set(ISSUING_CALLS);

/** Finds issuing events in the logs. `request` is the request of the first reading; `index` has the keys that this reading noted. */
export function findInLogs(request: DumpRequest, index: KeyIndex): FindIssuing {
  return async ({ keys, sessions }) => {
    const arns = new Set(Array.from(sessions, (session) => readSession(session).arn));
    // Standard input cannot be read again.
    const paths = index.filesOf([...keys, ...arns]).filter((path) => path !== '-');
    if (paths.length === 0) return [];
    const dump = readDump(readingAgain(request, paths));
    const found: IssuingEvent[] = [];
    const noted = new Map(index.unnoted().map((path) => [path, new Set<string>()]));
    for await (const batch of dump.batches)
      for (const [source, event] of issuingIn(batch)) {
        const key = issuedKey(event)?.accessKey;
        const arn = sessionBegun(event)?.arn;
        for (const one of [key, arn]) if (one !== undefined) noted.get(source)?.add(one);
        if (keys.has(key ?? '') || arns.has(arn ?? '')) found.push(event);
      }
    // So that a file of which no keys were noted is read only once more.
    for (const path of paths) {
      const own = noted.get(path);
      if (own !== undefined) index.set(path, own);
    }
    return found;
  };
}

function readingAgain(request: DumpRequest, paths: readonly string[]): DumpRequest {
  const { s3, window, late, stdin, workers, threads, maxUnpacked, bombFloor, signal } = request;
  return {
    paths,
    s3,
    window,
    late,
    stdin,
    workers,
    threads,
    maxUnpacked,
    bombFloor,
    signal,
    prune: false,
    required: valueRequired('eventName', EVENT_NAMES),
    prefilter: true,
    columns: TIME,
    parquet: (path) => openParquet(path, { eventNames: EVENT_NAMES, tested: [] }, signal),
  };
}

function* issuingIn(batch: Batch): Generator<readonly [file: string, IssuingEvent]> {
  const [times] = batch.columns;
  const texts = times?.kind === 'text' ? stringsOf(times) : [];
  let row = 0;
  for (const { body, source, extra } of bodiesIn(batch)) {
    const eventTime = texts[row++] ?? null;
    const read = readEvent({ body, eventTime, source, extra: extra === '' ? null : extra });
    yield [source, { ...read.event, extra: read.extra }];
  }
}
