/** Finds events by their IDs in local logs and S3, and gives each record as it stands in its file. */
import { byCodePoint } from '../cloudtrail/canonical.js';
import type { Readable } from 'node:stream';
import { bodiesIn } from '../batch/batch.js';
import { isObject, parseJson } from '../cloudtrail/json.js';
import { IMPOSSIBLE } from '../cloudtrail/requirement.js';
import type { Window } from '../cloudtrail/time/window.js';
import type { DumpProgress, DumpRequest, DumpSummary } from '../dump/dump.js';
import { readDump } from '../dump/read/read.js';
import { openParquet } from '../engine/duckdb/open.js';
import { indented } from '../text/indented.js';

export interface FindRequest {
  readonly paths: readonly string[];
  readonly ids: readonly string[];
  readonly window: Window;
  readonly late: number;
  readonly stdin: () => Readable;
  readonly s3?: DumpRequest['s3'];
  readonly workers: number;
  readonly threads?: DumpRequest['threads'];
  readonly signal: AbortSignal;
  readonly onProgress?: ((progress: DumpProgress) => void) | undefined;
}

/** A place of a record. */
export interface Place {
  readonly file: string;
  readonly line: number;
  /** The number of the record in its file, from 1. */
  readonly record: number;
}

/** A record, and everywhere it was delivered in this form. */
export interface FoundRecord {
  readonly id: string;
  /** With line feeds and indentation, and otherwise as it stands. */
  readonly json: string;
  /** In the order of files; at least one. */
  readonly places: readonly Place[];
}

export interface FoundEvents {
  /** In the order of the IDs, and then of files. */
  readonly records: readonly FoundRecord[];
  readonly missing: readonly string[];
  readonly summary: DumpSummary;
}

/** Finds the events. Throws HuntErrors. */
export async function findEvents(request: FindRequest): Promise<FoundEvents> {
  const { ids, paths, stdin, s3, workers, threads, signal, window, late, onProgress } = request;
  const dump = readDump({
    paths,
    stdin,
    s3,
    workers,
    threads,
    signal,
    window,
    late,
    onProgress,
    eventIds: new Set(ids),
    // No other record becomes a row.
    required: IMPOSSIBLE,
    prefilter: true,
    columns: [],
    parquet: (path) => openParquet(path, { eventNames: undefined, tested: [] }, signal),
  });
  const found = new Map<string, { readonly id: string; readonly places: Place[] }>();
  for await (const batch of dump.batches)
    for (const { body, source, extra } of bodiesIn(batch)) {
      const json = indented(body);
      const { id, place } = readRow(source, extra);
      const known = found.get(json);
      if (known === undefined) found.set(json, { id, places: [place] });
      else known.places.push(place);
    }
  const records = [...found]
    .map(([json, { id, places }]) => ({ id, json, places: places.toSorted(byPlace) }))
    .toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id) || byPlace(a.places[0], b.places[0]));
  const seen = new Set(records.map(({ id }) => id));
  return { records, missing: ids.filter((id) => !seen.has(id)), summary: dump.summary() };
}

function readRow(file: string, extra: string): { readonly id: string; readonly place: Place } {
  const row = parseJson(extra);
  const { id, line, number } = isObject(row) ? row : {};
  return {
    id: typeof id === 'string' ? id : '',
    place: { file, line: Number(line), record: Number(number) },
  };
}

function byPlace(a: Place | undefined, b: Place | undefined): number {
  if (a === undefined || b === undefined) return 0;
  return byCodePoint(a.file, b.file) || a.record - b.record;
}
