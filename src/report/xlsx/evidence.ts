/** Rows of the sheet on completeness that are about the logs themselves: digests, deliveries, blind spots, expectations. */
import { blindSpotText } from '../completeness/blind-spot-words.js';
import { reportScope } from '../completeness/scope.js';
import type { Report } from '../report.js';
import type { Row } from './row.js';

/** Each row with the part of the sheet that it belongs to. */
export function* evidenceRows(report: Report): Generator<readonly [part: string, Row]> {
  const { completeness } = report;
  const { verdict, sentence, because, digests, deliveries, blindSpots, kinds, hints, unmet } =
    completeness;
  yield ['completeness', { name: verdict, note: sentence }];
  for (const reason of because) yield ['because', { note: reason }];
  const scope = reportScope(report);
  for (const spot of blindSpots) {
    yield [
      'less logged',
      {
        name: spot.target,
        from: spot.since,
        until: spot.until,
        note: `${blindSpotText(spot, scope)}; not seen: ${spot.unseen}`,
      },
    ];
    for (const { key, account, region, time, state } of spot.deleted?.files ?? [])
      yield [
        'deleted log file',
        {
          name: `s3://${spot.target}/${key}`,
          from: time,
          note: `${account ?? ''} ${region ?? ''} ${state}`.trim(),
        },
      ];
  }
  for (const { account, region, trail, digests: number, spans } of digests?.chains ?? [])
    yield [
      'digests',
      {
        name: `${account} ${region}`,
        number,
        from: spans[0]?.since ?? null,
        until: spans.at(-1)?.until ?? null,
        note: `trail ${trail}${spans.length > 1 ? `, in ${spans.length} spans` : ''}`,
      },
    ];
  for (const { kind, path, since, until, message } of digests?.problems ?? [])
    yield [kind, { name: path, from: since, until, note: message }];
  for (const { bucket, key, eventTime } of deliveries?.missing ?? [])
    yield ['delivered, not here', { name: `s3://${bucket}/${key}`, from: eventTime }];
  for (const { name, message } of unmet ?? []) yield ['expected', { name, note: message }];
  for (const { category, eventSource, records, first, last } of kinds)
    yield [
      'kind of events',
      { name: category, number: records, from: first, until: last, note: eventSource },
    ];
  for (const { effect, cause, resource, eventTime } of hints)
    yield [
      'hint',
      { name: resource, from: eventTime, note: `${effect} without ${cause} before it` },
    ];
}
