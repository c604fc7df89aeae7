/** Hunts tables of the tests' Trino in this process, through the same doors as the command. */
import { DAY } from '../../../src/cloudtrail/time/window.js';
import type { ScheduledRun } from '../../../src/history/scheduled-run.js';
import { runTableHunt, type TableHuntRequest } from '../../../src/hunt/table/hunt.js';
import type { HuntedTable } from '../../../src/hunt/table/plan/hunted-table.js';
import { openTrino } from '../../../src/hunt/table/trino.js';
import { bind, type ParameterSettings } from '../../../src/rule/bind.js';
import type { Rule } from '../../../src/rule/rule.js';
import type { TableDescription } from '../../../src/table/description.js';
import type { PartitionRoles } from '../../../src/table/partitions/roles.js';
import { listedReport, type ListedReport } from '../../support/hunt-events.js';
import { OPENED } from '../../support/rules.js';
import type { Trino } from '../../support/trino.js';
import { trinoUrl } from '../../support/trino-proxy.js';

export interface HuntTableOptions extends Partial<Omit<TableHuntRequest, 'rules' | 'table'>> {
  /** A short one, where a test does not name its own: what takes Trino long is to plan a rule. */
  readonly rules?: readonly Rule[];
  /** Values for parameters. */
  readonly set?: Readonly<Record<string, readonly string[] | 'any'>>;
  readonly run?: ScheduledRun;
  /** As in hunt.yml. */
  readonly columns?: Readonly<Record<string, string>>;
  readonly partitions?: Readonly<Record<string, string>>;
  readonly named?: Readonly<Record<string, readonly string[]>>;
  /** What another connector would know of the table. */
  readonly description?: Partial<TableDescription>;
  /** The expression that it takes for the file of a record. */
  readonly source?: string;
}

/** The report of a hunt over a table in the tests' schema. */
export async function huntTable(
  trino: Trino,
  name: string,
  options: HuntTableOptions = {},
): Promise<ListedReport> {
  const { rules = [OPENED], set = {}, description, ...request } = options;
  const { columns = {}, partitions = {}, named = {}, source, run, ...asked } = request;
  const stop = new AbortController();
  const { table, engine } = await openTrino({
    url: `${await trinoUrl()}/memory/${trino.schema}/${name}`,
    environment: {},
    columns: new Map(Object.entries(columns)),
    roles: new Map(Object.entries(partitions)) as PartitionRoles,
    named: new Map(Object.entries(named)),
    signal: stop.signal,
    maxScan: undefined,
    onProgress: () => undefined,
  });
  try {
    const settings: ParameterSettings = new Map(
      Object.entries(set).map(([parameter, values]) => [parameter, { values, source: 'option' }]),
    );
    const report = await runTableHunt(
      {
        window: { since: undefined, until: undefined },
        late: DAY,
        exclusions: true,
        filters: [],
        now: Date.now(),
        engine,
        stop: () => stop.abort(),
        atOnce: 4,
        price: undefined,
        onPart: () => undefined,
        // Statements more, which few tests are about, and which Trino plans for seconds.
        follow: false,
        ...asked,
        table: { ...described(table, description), ...(source === undefined ? {} : { source }) },
        rules: rules.map((rule) => bind(rule, settings)),
      },
      { version: '0.0.0', config: null, warnings: [], run },
    );
    return listedReport(report);
  } finally {
    await engine.close();
  }
}

/** The table with a different description, in which partition keys are not also columns. */
function described(table: HuntedTable, given: Partial<TableDescription> = {}): HuntedTable {
  const keys = new Set(given.partitionKeys?.map(({ name }) => name));
  const columns = table.description.columns.filter(({ name }) => !keys.has(name));
  return { ...table, description: { ...table.description, columns, ...given } };
}

/** The sections of a report, without the fields in which engines differ. */
export function comparable({ sections }: ListedReport): unknown {
  return sections.map(({ findings, warnings: _warnings, ...section }) => ({
    ...section,
    findings: findings.map(({ source: _source, extra: _extra, ...finding }) => finding),
  }));
}
