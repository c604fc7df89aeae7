/** The real Trino for tests: runs statements, and creates tables of events like Athena's. */
import { randomUUID } from 'node:crypto';
import { get, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, inject, test } from 'vitest';
import { COLUMNS, type ColumnType } from '../../src/cloudtrail/field/columns.js';
import { scalarText, type Json } from '../../src/cloudtrail/json.js';
import { parseKeepingNumbers } from '../../src/cloudtrail/numbers.js';
import type { EventRecord } from '../../src/cloudtrail/record.js';
import type { Row } from '../../src/engine/engine.js';
import { literal } from '../../src/sql/literal.js';
import type { GateAnswer } from '../trino/setup.js';

/** The most characters and rows of one INSERT. */
const BATCH = { rows: 500, length: 1_000_000 };

/**
 * A `describe` whose tests need Trino. Where there is none they are skipped, and the reason is printed; with
 * HUNT_REQUIRE_TRINO=1 the test file fails instead. To be awaited at the top level of the file.
 */
export async function describeWithTrino(name: string, body: (trino: Trino) => void): Promise<void> {
  const answer = await askGate();
  if ('url' in answer) {
    const trino = await Trino.connect(answer.url);
    describe(name, () => body(trino));
    return;
  }
  const reason = `needs Trino: ${answer.missing}`;
  if (process.env['HUNT_REQUIRE_TRINO'] === '1') throw new Error(reason);
  console.warn(`skipped: ${name} ${reason}`);
  describe.skip(name, () => test(reason, () => undefined));
}

// Not `fetch`, which gives up after five minutes: the first build may take longer.
async function askGate(): Promise<GateAnswer> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(inject('trinoGate'), resolve).on('error', reject);
  });
  return JSON.parse(await text(response)) as GateAnswer;
}

interface Answer {
  readonly nextUri?: string;
  readonly columns?: readonly { readonly name: string }[];
  readonly data?: readonly (readonly Json[])[];
  readonly error?: { readonly errorName: string; readonly message: string };
}

export class Trino {
  private readonly url: string;
  readonly schema: string;
  private readonly headers: Readonly<Record<string, string>>;

  private constructor(url: string, schema: string) {
    this.url = url;
    this.schema = schema;
    this.headers = {
      'X-Trino-User': 'hunt',
      'X-Trino-Catalog': 'memory',
      'X-Trino-Schema': schema,
      'X-Trino-Time-Zone': 'UTC',
    };
  }

  /** In a new schema, so that test files do not see each other's tables. */
  static async connect(url: string): Promise<Trino> {
    const schema = `test_${randomUUID().replaceAll('-', '')}`;
    const trino = new Trino(url, schema);
    await trino.rows(`CREATE SCHEMA ${schema}`);
    return trino;
  }

  /** The statement's rows, as an `Engine` gives them. Throws an Error with Trino's message. */
  async rows(sql: string): Promise<readonly Row[]> {
    const rows: Row[] = [];
    let answer = await this.answer(this.url + '/v1/statement', { method: 'POST', body: sql });
    for (;;) {
      const { error, columns = [], data = [], nextUri } = answer;
      if (error) throw new Error(`Trino: ${error.errorName}: ${error.message}`);
      for (const values of data)
        rows.push(Object.fromEntries(columns.map(({ name }, i) => [name, scalarText(values[i])])));
      if (nextUri === undefined) return rows;
      answer = await this.answer(nextUri, {});
    }
  }

  /** Creates or replaces a table of these records, with AWS's columns and `source`. */
  async createEvents(table: string, records: readonly EventRecord[]): Promise<void> {
    await this.rows(`DROP TABLE IF EXISTS ${table}`);
    await this.rows(`CREATE TABLE ${table} (${EVENT_MEMBERS})`);
    for (const batch of batches(records.map(rowOf)))
      await this.rows(
        `INSERT INTO ${table} SELECT * FROM UNNEST(CAST(` +
          `json_parse(${literal(`[${batch.join(',')}]`)}) AS ARRAY(ROW(${EVENT_MEMBERS}))))`,
      );
  }

  private async answer(url: string, init: RequestInit): Promise<Answer> {
    const response = await fetch(url, { ...init, headers: this.headers });
    const body = await response.text();
    if (!response.ok) throw new Error(`Trino: HTTP ${response.status}: ${body.slice(0, 500)}`);
    return parseKeepingNumbers(body) as Answer;
  }
}

/** The record as JSON, in which the values of JSON columns are text. */
function rowOf(record: EventRecord): string {
  const texts = COLUMNS.filter(({ type }) => type.kind === 'json').map(({ column }) => [
    column,
    scalarText(record[column]),
  ]);
  return JSON.stringify({ ...record, ...Object.fromEntries(texts) });
}

function batches(values: readonly string[]): readonly (readonly string[])[] {
  const all: string[][] = [];
  let length = Infinity;
  for (const value of values) {
    const last = all.at(-1);
    if (last === undefined || last.length === BATCH.rows || length + value.length > BATCH.length) {
      all.push([value]);
      length = value.length;
    } else {
      last.push(value);
      length += value.length;
    }
  }
  return all;
}

const EVENT_MEMBERS = [...COLUMNS, { name: 'source', type: { kind: 'text' } as const }]
  .map(({ name, type }) => `${name.toLowerCase()} ${trinoType(type)}`)
  .join(', ');

function trinoType(type: ColumnType): string {
  switch (type.kind) {
    case 'text':
    case 'json':
      return 'varchar';
    case 'struct': {
      const members = type.members.map(
        (member) => `${member.name.toLowerCase()} ${trinoType(member.type)}`,
      );
      return `ROW(${members.join(', ')})`;
    }
    case 'list':
      return `ARRAY(${trinoType(type.of)})`;
    case 'map':
      return 'MAP(varchar, varchar)';
    default:
      return type satisfies never;
  }
}
