/** Hunts tables of the test server in this process, with the real SDK, DuckDB in place of Trino, and without pauses. */
import { afterAll, beforeAll, vi } from 'vitest';
import type { JsonObject } from '../../../src/cloudtrail/json.js';
import { toRecord, type EventRecord } from '../../../src/cloudtrail/record.js';
import { DAY } from '../../../src/cloudtrail/time/window.js';
import type { Journal } from '../../../src/engine/athena/journal.js';
import { openAthena, type AthenaTarget } from '../../../src/hunt/table/athena.js';
import { runTableHunt } from '../../../src/hunt/table/hunt.js';
import { FileJournal } from '../../../src/hunt/table/journal/journal.js';
import type { PlanRequest } from '../../../src/hunt/table/plan/plan.js';
import type { ScheduledRun } from '../../../src/history/scheduled-run.js';
import type { Report } from '../../../src/report/report.js';
import { bind } from '../../../src/rule/bind.js';
import { DEFAULT_RULE } from '../../../src/rule/catalog/built-in.js';
import { findRule } from '../../../src/rule/catalog/find.js';
import type { Partitioning } from '../../../src/table/ddl.js';
import { ruleWith } from '../rules.js';
import { emptyFolder } from '../run-hunt.js';
import { openedGroup } from '../hunt-events.js';
import { duckdbExecutor, type DuckdbExecutor } from './duckdb-executor.js';
import type { Execute, ExecutionResult } from './execution.js';
import { startAthena, type AthenaOptions, type AthenaServer } from './server.js';
import { documentedTable } from './tables.js';

export const ACCOUNTS = ['112233445566', '223344556677'];
export const REGIONS = ['eu-west-1', 'us-east-1', 'us-west-2'];
/** The logs cover twelve days. Each account and region has one event a day; every fourth is delivered again two days later. */
export const FIRST = Date.parse('2026-01-01');
const DAYS = 12;

const record = (
  account: string,
  region: string,
  delivered: number,
  event: Readonly<Record<string, unknown>>,
): EventRecord =>
  toRecord(
    openedGroup({ recipientAccountId: account, awsRegion: region, ...event }) as JsonObject,
    `s3://example-trail/AWSLogs/o-exampleorgid/${account}/CloudTrail/${region}/` +
      `${dayText(delivered).replaceAll('-', '/')}/logs.json.gz`,
  );

/** `2026-01-31` */
export function dayText(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

const DEPLOYED = {
  userAgent: 'APN/1.0 HashiCorp/1.0 Terraform/1.9.2',
  userIdentity: {
    type: 'AssumedRole',
    principalId: 'AROAEXAMPLE:lee',
    arn: 'arn:aws:sts::112233445566:assumed-role/Operator/lee',
    accountId: '112233445566',
    sessionContext: {
      sessionIssuer: { type: 'Role', userName: 'Operator' },
    },
  },
};

function recordsOfDay(account: string, region: string, day: number): readonly EventRecord[] {
  const at = FIRST + day * DAY;
  const event = {
    eventID: `${account}-${region}-${day}`,
    eventTime: new Date(at + 9 * 3_600_000).toISOString(),
    // Some are excluded, so that the exclusion ledger has entries.
    ...(day % 3 === 0 ? DEPLOYED : {}),
  };
  const again = { ...event, ...(day % 8 === 0 ? { sourceIPAddress: '203.0.113.9' } : {}) };
  return [
    record(account, region, at, event),
    ...(day % 4 === 0 ? [record(account, region, at + 2 * DAY, again)] : []),
    ...(day === 3
      ? [record(account, region, at, { ...event, eventID: 'x', eventName: 'DeleteTrail' })]
      : []),
  ];
}

const RECORDS = ACCOUNTS.flatMap((account) =>
  REGIONS.flatMap((region) =>
    Array.from({ length: DAYS }, (_, day) => recordsOfDay(account, region, day)).flat(),
  ),
);

const DATE = `regexp_extract("$path", 'CloudTrail/[^/]+/([0-9]{4}/[0-9]{2}/[0-9]{2})/', 1)`;
const KEYS = {
  account: `regexp_extract("$path", 'AWSLogs/[^/]+/([0-9]+)/', 1)`,
  region: `regexp_extract("$path", 'CloudTrail/([^/]+)/', 1)`,
  timestamp: DATE,
  year: `split_part(${DATE}, '/', 1)`,
  month: `split_part(${DATE}, '/', 2)`,
  day: `split_part(${DATE}, '/', 3)`,
};

/** Records that cannot be read: an SQL condition on the keys above, and the error message. */
export interface Broken {
  readonly where: string;
  readonly said: string;
}

let executor: DuckdbExecutor;
const results = new Map<string, Promise<ExecutionResult>>();

/** Call it once in a test file, before the first hunt. */
export function useHunting(): void {
  beforeAll(async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAIOSFODNN7EXAMPLE');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'example');
    const more = Object.fromEntries(
      Object.entries(KEYS).map(([key, sql]) => [key, sql.replaceAll('"$path"', 'source')]),
    );
    executor = await duckdbExecutor(RECORDS, { database: 'logs', table: 'every', more });
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await Promise.all(servers.map((server) => server.close()));
    await executor.close();
  });
}

/** Runs each distinct statement once. Each execution scans a gigabyte. */
export function executeWith({ where, said }: Broken = { where: 'FALSE', said: '' }): Execute {
  const read = `CASE WHEN ${where} THEN error('${said}') ELSE eventname END`;
  const from = `(SELECT * REPLACE (${read} AS eventname) FROM "every")`;
  return async (sql, context, signal) => {
    if (sql.includes('$partitions"')) return REGISTERED;
    const own = sql.replace(/"logs"\."\w+"/, from);
    const result = results.get(own) ?? Promise.resolve(executor.execute(own, context, signal));
    results.set(own, result);
    try {
      return { ...(await result), bytesScanned: GIGABYTE };
    } catch (error) {
      if (said === '' || !String(error).includes(said)) throw error;
      const [name = '', message = ''] = said.split(': ');
      throw Object.assign(new Error(message), { name });
    }
  };
}

export const GIGABYTE = 1_000_000_000;

const REGISTERED: ExecutionResult = {
  columns: ['account', 'region', 'first', 'days'].map((name) => ({ name, type: 'varchar' })),
  rows: REGIONS.map((region) => {
    const days = Array.from({ length: DAYS + 2 }, (_, day) => dayText(FIRST + day * DAY));
    return [null, region, dayText(FIRST), JSON.stringify(days)];
  }),
};

const WITH_OUTPUT = {
  Name: 'primary',
  Configuration: { ResultConfiguration: { OutputLocation: 's3://example-results/' } },
};

const servers: AthenaServer[] = [];

/** A server with a table of each layout, until the test file has ended. */
export async function startTables(options: Partial<AthenaOptions> = {}): Promise<AthenaServer> {
  const server = await startAthena({
    execute: executeWith(),
    workGroups: [WITH_OUTPUT],
    tables: (['manual', 'projection', 'organization'] as const).map(tableOf),
    ...options,
  });
  servers.push(server);
  return server;
}

function tableOf(layout: Partitioning) {
  const metadata = documentedTable(layout, layout);
  const lists = { account: ACCOUNTS, region: REGIONS };
  const own = Object.entries(lists)
    .map(([key, list]) => [`projection.${key}.values`, list.join(',')] as const)
    .filter(([name]) => metadata.Parameters?.[name] !== undefined);
  const Parameters = { ...metadata.Parameters, ...Object.fromEntries(own) };
  return { database: 'logs', metadata: { ...metadata, Parameters } };
}

export interface Hunt {
  readonly layout?: 'manual' | 'projection' | 'organization';
  readonly ask?: Partial<PlanRequest>;
  readonly target?: Partial<AthenaTarget>;
  readonly journal?: Journal;
  readonly maxScan?: number;
  readonly atOnce?: number;
  readonly signal?: AbortSignal;
  readonly run?: ScheduledRun;
  /** Called for each pause of the engine. */
  readonly wait?: (milliseconds: number) => Promise<void>;
}

export const ASK: PlanRequest = {
  // The two rules match different events.
  rules: [
    findRule(DEFAULT_RULE),
    ruleWith('  - { KeyPath: eventName, Condition: Equals, Value: DeleteTrail }'),
  ].map((rule) =>
    bind(rule, new Map([['PROD_ACCOUNT_IDS', { values: ACCOUNTS, source: 'option' }]])),
  ),
  window: { since: FIRST, until: FIRST + DAYS * DAY },
  late: 2 * DAY,
  exclusions: true,
  filters: [],
  now: FIRST + 60 * DAY,
};

/** The report as parsed JSON. Running queries are stopped before it rejects. */
export async function huntTable(server: AthenaServer, hunt: Hunt = {}): Promise<Report> {
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, ...(hunt.signal ? [hunt.signal] : [])]);
  const open = await openAthena(
    {
      table: `logs.${hunt.layout ?? 'organization'}`,
      workgroup: 'primary',
      output: undefined,
      columns: new Map(),
      roles: new Map(),
      aws: { profile: undefined, region: 'us-east-1', endpoint: server.url },
      ...hunt.target,
    },
    signal,
  );
  try {
    const engine = open.engine({
      journal: hunt.journal ?? newJournal(),
      maxScan: hunt.maxScan,
      signal,
      onProgress: undefined,
      wait: hunt.wait ?? (() => new Promise((resolve) => setImmediate(resolve))),
    });
    try {
      const report = await runTableHunt(
        {
          ...ASK,
          ...hunt.ask,
          table: open.table,
          engine,
          stop: () => stop.abort(),
          atOnce: hunt.atOnce ?? 4,
          price: 5,
          onPart: () => undefined,
        },
        { version: '0.0.0', config: null, warnings: [], run: hunt.run },
      );
      return JSON.parse(JSON.stringify(listed(report))) as Report;
    } finally {
      await engine.close();
    }
  } finally {
    open.client.destroy();
  }
}

function listed(report: Report): unknown {
  return { ...report, findings: [...report.findings] };
}

/** A journal in a new folder. */
export function newJournal(): FileJournal {
  const { window, late, now } = ASK;
  const warn = (reason: string): never => {
    throw new Error(reason);
  };
  return FileJournal.create(
    { folder: emptyFolder(), identity: 'test', warn },
    { window, late, now },
  );
}

/** A report without its execution, which differs between two hunts with the same results. */
export function found({ source: { execution: _execution, ...source }, ...report }: Report) {
  return { ...report, source };
}

/** All statements that were started, with repetitions. */
export function started(server: AthenaServer): readonly string[] {
  return server.executions.map(({ Query: sql }) => sql ?? '');
}
