/**
 * The count of all records of a table, by account and region, from the same reading that finds the rules' events. Each
 * record stands once for the count, and once more as an event where a rule may match it, so that nothing is read twice.
 */
import { COLUMNS } from '../../cloudtrail/columns.js';
import type { Dialect } from '../dialect/dialect.js';

/** What keeps the rows of the count apart, and from the events. */
export const CENSUS_KEYS = ['is_event', 'census_account', 'census_region', 'census_decoy'] as const;

/** Why a record that has an event's members is none, as a dump says it; NULL for an event. */
const DECOY =
  `CASE WHEN eventsource LIKE 'aws:%' THEN 'notification'` +
  ` WHEN eventtype = 'AwsCloudTrailInsight' OR eventcategory = 'Insight' THEN 'Insights'` +
  ` WHEN eventtype = 'AwsAggregatedEvent' OR eventcategory = 'Aggregated' THEN 'aggregated' END`;

/** The records of `events`, those for the count with nothing but what is counted. */
export function recordSql(isNamed: string): string {
  const columns = [
    ...COLUMNS.map(({ column }) => `CASE WHEN is_event THEN ${column} END AS ${column}`),
    'source',
    'extra',
    'is_event',
    'CASE WHEN NOT is_event THEN recipientaccountid END AS census_account',
    'CASE WHEN NOT is_event THEN awsregion END AS census_region',
    'CASE WHEN NOT is_event THEN eventtime END AS census_time',
    `CASE WHEN NOT is_event THEN ${DECOY} END AS census_decoy`,
  ];
  return [
    '  SELECT',
    columns.map((column) => `    ${column}`).join(',\n'),
    '  FROM events CROSS JOIN',
    `    UNNEST(CASE WHEN (${isNamed}) AND ${DECOY} IS NULL THEN ARRAY[TRUE, FALSE] ELSE ARRAY[FALSE] END) AS once (is_event)`,
  ].join('\n');
}

/**
 * A row's count as JSON text, all of its values text too; NULL for an event. `decoy` says why its records are none; `first` and `last` span all records, the
 * rest is of those in the window; `hours` is a JSON list, of hours since 1970.
 */
export function censusSql(dialect: Dialect): string {
  const text = (instant: string): string => dialect.instantText(instant);
  const counts = dialect.jsonObject([
    ['account', 'census_account'],
    ['region', 'census_region'],
    ['decoy', 'census_decoy'],
    ['records', 'CAST(count(*) AS VARCHAR)'],
    ['first', text('min(census_instant)')],
    ['last', text('max(census_instant)')],
    ['windowRecords', 'CAST(count_if(census_in_window) AS VARCHAR)'],
    ['windowFirst', text('min(CASE WHEN census_in_window THEN census_instant END)')],
    ['windowLast', text('max(CASE WHEN census_in_window THEN census_instant END)')],
    [
      'hours',
      dialect.distinctHours('census_instant', 'census_in_window AND census_instant IS NOT NULL'),
    ],
  ]);
  return `CASE WHEN NOT is_event THEN ${counts} END`;
}
