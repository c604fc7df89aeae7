/** The cases that differ in time and delivery. `delivered` says when the file of each event arrived. */
import { INGRESS, EGRESS, dana, contractor, ssh, https, flat, postgres, finding } from './cast.mjs';
import { call } from './events.mjs';

const repeated = call('repeat', INGRESS, '2026-01-17T03:22:11Z', dana, {
  requestParameters: postgres,
});
const conflicting = call('conflict', INGRESS, '2026-01-17T03:40:00Z', dana, {
  requestParameters: https,
});

const delivery = [
  {
    ...finding('The same event delivered twice', 'one event, one finding', repeated, repeated),
    delivered: ['2026-01-17T03:25Z', '2026-01-17T04:30Z'],
  },
  {
    ...finding(
      'The same event with two bodies',
      'one finding, counted as conflicting; the body that sorts first is shown',
      { ...conflicting, userAgent: undefined },
      conflicting,
    ),
    delivered: ['2026-01-17T03:45Z', '2026-01-17T04:50Z'],
  },
  ...['2026-01-17T05:00:10Z', '2026-01-17T05:00:41Z'].map((time, index) =>
    finding(
      `A placeholder ID, event ${index + 1} of 2`,
      'the same `eventID` at another time is another event',
      call(`placeholder ${index}`, INGRESS, time, contractor, {
        eventID: 'xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx',
        requestParameters: flat,
      }),
    ),
  ),
  {
    ...finding(
      'Late in the day',
      'dated a day before its folder',
      call('midnight', EGRESS, '2026-01-16T23:58:40Z', dana, { requestParameters: https }),
    ),
    delivered: ['2026-01-17T00:05Z'],
  },
];

const times = [
  finding(
    'An `eventTime` with a space, keys in lower case',
    'as an export writes it; read as UTC',
    call('space', INGRESS, '2026-01-18 06:10:00.000', lowerKeys(dana), { requestParameters: ssh }),
  ),
  finding(
    'An `eventTime` with nine digits',
    'cut to milliseconds',
    call('nano', INGRESS, '2026-01-18T06:10:13.123456789Z', dana, { requestParameters: postgres }),
  ),
  {
    ...finding(
      'No `eventTime`',
      'undated: a finding, the last one, of a hunt without `--since` and `--until`; in no window',
      call('undated', INGRESS, undefined, contractor, { requestParameters: ssh }),
    ),
    delivered: ['2026-01-18T06:15Z'],
  },
];

function lowerKeys(value) {
  if (typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key.toLowerCase(), lowerKeys(item)]),
  );
}

/** The cases of when and how often. */
export const deliveries = [...delivery, ...times];
