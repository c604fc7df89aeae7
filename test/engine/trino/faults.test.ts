/** The engine for Trino behind an unreliable connection. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { describeTrinoTable } from '../../../src/engine/trino/describe.js';
import { TrinoEngine } from '../../../src/engine/trino/engine.js';
import { RETRY_LIMITS, type RetryLimits } from '../../../src/engine/trino/retry.js';
import type { TrinoServer } from '../../../src/engine/trino/server.js';
import { describeWithTrino } from '../../support/trino.js';
import { TrinoProxy, trinoUrl, type Asked, type Fault } from '../../support/trino-proxy.js';

const PASSWORD = 'S3cret';
/** Milliseconds; longer than the second for which Trino itself keeps silence. */
const SILENCE = 30_000;
const ENDLESS = `SELECT a.x FROM UNNEST(sequence(1, 10000)) a (x)
  CROSS JOIN UNNEST(sequence(1, 10000)) b (x) CROSS JOIN UNNEST(sequence(1, 10000)) c (x)`;
const SQL = `SELECT x, rpad('', 100, 'x') AS filler FROM UNNEST(sequence(1, 10000)) a (x)
  CROSS JOIN UNNEST(sequence(1, 3)) b (y)`;

await describeWithTrino('the engine for Trino, behind a bad proxy', () => {
  let proxy: TrinoProxy;
  let server: TrinoServer;
  let waits: number[];

  /** Records each pause, and does not wait. */
  const limits = (more: Partial<RetryLimits> = {}): RetryLimits => ({
    silence: 30_000,
    total: 120_000,
    wait: (milliseconds) => {
      waits.push(milliseconds);
      return Promise.resolve();
    },
    ...more,
  });
  const open = (more: Partial<RetryLimits> = {}, signal?: AbortSignal): TrinoEngine =>
    new TrinoEngine(server, signal, limits(more));

  async function sorted(sql: string, engine = open()): Promise<readonly string[]> {
    const found: string[] = [];
    for await (const row of engine.rows(sql)) found.push(JSON.stringify(row));
    await engine.close();
    return found.toSorted();
  }

  beforeAll(async () => {
    proxy = await TrinoProxy.start(await trinoUrl());
    server = {
      url: proxy.url,
      catalog: 'memory',
      schema: 'default',
      table: 't',
      user: 'ann',
      password: PASSWORD,
      token: undefined,
    };
  });
  afterAll(() => proxy.close());
  beforeEach(() => {
    proxy.asked.length = 0;
    proxy.fault = () => undefined;
    waits = [];
  });
  afterEach(() => void vi.useRealTimers());
  /** No time passes but what a test lets pass. */
  const stopTheClock = () => vi.useFakeTimers({ toFake: ['Date', 'performance'] });

  const first = (fault: Fault) => (asked: Asked) => (asked.attempt === 1 ? fault : undefined);
  const pages = (fault: Fault) => (asked: Asked) =>
    asked.method === 'GET' && asked.attempt === 1 ? fault : undefined;

  test.each<[string, (asked: Asked) => Fault | undefined, Partial<RetryLimits>]>([
    ['503', first({ kind: 'answer', status: 503 }), {}],
    ['504', first({ kind: 'answer', status: 504, body: '<html>Gateway</html>' }), {}],
    ['a connection that breaks before', pages({ kind: 'reset', handled: false }), {}],
    ['a connection that breaks behind', pages({ kind: 'reset', handled: true }), {}],
    ['an answer that breaks off', pages({ kind: 'cut' }), {}],
    ['HTML', pages({ kind: 'answer', status: 200, body: '<html>Sign in</html>' }), {}],
    ['half a page', pages({ kind: 'answer', status: 200, body: '{"id":"1","stats":{"sta' }), {}],
    ['other JSON', pages({ kind: 'answer', status: 200, body: '{"message":"ok"}' }), {}],
    [
      'silence',
      (asked) => {
        if (proxy.asked.length !== 3 || asked.method !== 'GET') return undefined;
        setImmediate(() => vi.advanceTimersByTime(SILENCE));
        return { kind: 'silence' };
      },
      { silence: SILENCE },
    ],
  ])('the rows are the same after %s', async (_what, fault, more) => {
    const expected = await sorted(SQL);
    expect(new Set(expected).size).toBe(10_000);
    expect(expected).toHaveLength(30_000);
    expect(waits).toEqual([]);
    proxy.asked.length = 0;
    proxy.fault = fault;
    // Those of `fetch` and of the proxy go on.
    if (more.silence !== undefined) vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    expect(await sorted(SQL, open(more))).toEqual(expected);
    expect(waits.length).toBeGreaterThan(0);
  });

  test('after HTTP 429 the pause is that of Retry-After', async () => {
    stopTheClock().setSystemTime(1_800_000_000_000);
    proxy.fault = (asked) => {
      if (asked.attempt === 1)
        return { kind: 'answer', status: 429, headers: { 'retry-after': '7' } };
      const date = new Date(Date.now() + 20_000).toUTCString();
      if (asked.attempt === 2)
        return { kind: 'answer', status: 429, headers: { 'retry-after': date } };
      return undefined;
    };
    expect(await sorted('SELECT 1 AS one')).toEqual(['{"one":"1"}']);
    expect(waits.slice(0, 2)).toEqual([7000, 20_000]);
  });

  test('a Retry-After beyond the limit fails at once', async () => {
    proxy.fault = () => ({ kind: 'answer', status: 429, headers: { 'retry-after': '3600' } });
    await expect(sorted('SELECT 1')).rejects.toThrow('HTTP 429, try again in 3600 s');
    expect(proxy.asked).toHaveLength(1);
  });

  test('a request is given up after two minutes, and the pauses grow at random', async () => {
    stopTheClock();
    proxy.fault = () => ({ kind: 'answer', status: 502 });
    await expect(sorted('SELECT 1')).rejects.toThrow(
      expect.objectContaining({
        code: 'ENGINE',
        message: expect.stringMatching(/HTTP 502 \(gave up after \d+ attempts\)$/),
      }),
    );
    const all = waits.reduce((sum, wait) => sum + wait, 0);
    expect(all).toBeGreaterThan(100_000);
    expect(all).toBeLessThan(120_000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(10_000);
    expect(Math.max(...waits.slice(0, 3))).toBeLessThanOrEqual(800);
    expect(new Set(waits).size).toBe(waits.length);
  });

  test('a statement whose answer was lost is not posted again', async () => {
    proxy.fault = first({ kind: 'reset', handled: true });
    await expect(sorted('SELECT 1')).rejects.toMatchObject({ code: 'ENGINE' });
    expect(proxy.asked).toHaveLength(1);
    expect(waits).toEqual([]);
  });

  test('a server that never answered is tried for some seconds, one that has answered for two minutes', async () => {
    const gone = await TrinoProxy.start(await trinoUrl());
    const { url } = gone;
    const engines = [1, 2].map(() => new TrinoEngine({ ...server, url }, undefined, limits()));
    const [known, stranger] = engines;
    for await (const _ of known?.rows('SELECT 1') ?? []);
    await gone.close();
    // Until the connection that was kept alive is known to be closed.
    await expect
      .poll(() => fetch(url).catch((error: Error) => error.cause), { timeout: 150_000 })
      .toMatchObject({ code: 'ECONNREFUSED' });
    stopTheClock();
    const total = (): number => waits.reduce((sum, wait) => sum + wait, 0);
    await expect(sorted('SELECT 1', stranger)).rejects.toThrow(
      /ECONNREFUSED.*gave up after \d+ attempts\); check the address/,
    );
    expect(waits.length).toBeGreaterThan(1);
    expect(total()).toBeLessThan(8000);
    waits = [];
    await expect(sorted('SELECT 1', known)).rejects.toThrow(/ECONNREFUSED.*gave up/);
    expect(total()).toBeGreaterThan(80_000);
  });

  test('TLS to a server without it is explained in plain words', async () => {
    const url = proxy.url.replace('http:', 'https:');
    const engine = new TrinoEngine({ ...server, url }, undefined, limits());
    await expect(sorted('SELECT 1', engine)).rejects.toThrow(
      'should the address begin with http://?',
    );
  });

  test('a page at another origin is not requested', async () => {
    const other = await TrinoProxy.start(proxy.url);
    proxy.fault = () => ({ kind: 'send on', origin: other.url });
    const refused = sorted('SELECT 1');
    await expect(refused).rejects.toMatchObject({ code: 'ENGINE' });
    await expect(refused).rejects.toThrow(`refers to ${other.url}, another address`);
    expect(other.asked).toEqual([]);
    await other.close();
  });

  test('a query that is referred to another server is cancelled where it runs', async () => {
    proxy.fault = (asked) =>
      asked.path.includes('/executing/')
        ? { kind: 'send on', origin: 'http://127.0.0.1:1' }
        : undefined;
    await expect(sorted(ENDLESS)).rejects.toThrow('refers to http://127.0.0.1:1');
    expect(proxy.asked.at(-1)?.method).toBe('DELETE');
  });

  test('a redirection is not followed', async () => {
    const other = await TrinoProxy.start(proxy.url);
    const location = `${other.url}/v1/statement`;
    proxy.fault = () => ({ kind: 'answer', status: 307, headers: { location } });
    await expect(sorted('SELECT 1')).rejects.toThrow(`HTTP 307 and redirects to ${other.url}`);
    expect(other.asked).toEqual([]);
    await other.close();
  });

  test.each([
    [
      401,
      { password: undefined },
      'requires a login (HTTP 401); set TRINO_USER and TRINO_PASSWORD',
    ],
    [401, {}, 'does not accept user "ann" with this password'],
    [401, { password: undefined, token: PASSWORD }, 'does not accept TRINO_TOKEN'],
    [403, {}, 'refuses user "ann" (HTTP 403); set TRINO_USER'],
    [410, {}, 'no longer knows the query'],
    [500, {}, 'answers HTTP 500'],
  ])(
    'HTTP %i with %j says what to do, once, and shows no password',
    async (status, more, message) => {
      proxy.fault = ({ headers }) => {
        const login = headers.authorization ?? 'Basic nothing';
        const secret = Buffer.from(login.slice(6), 'base64').toString();
        return { kind: 'answer', status, body: `Access\nDenied: ${login}, ${secret}` };
      };
      const engine = new TrinoEngine({ ...server, ...more }, undefined, limits());
      const refused = sorted('SELECT 1', engine);
      await expect(refused).rejects.toMatchObject({ code: 'ENGINE' });
      await expect(refused).rejects.toThrow(message);
      await expect(refused).rejects.toThrow('Access Denied: ');
      await expect(refused).rejects.not.toThrow(PASSWORD);
      await expect(refused).rejects.not.toThrow(Buffer.from(`ann:${PASSWORD}`).toString('base64'));
      expect(proxy.asked).toHaveLength(1);
    },
  );

  test('a server that is not Trino is named as such', async () => {
    proxy.fault = () => ({ kind: 'answer', status: 200, body: '<html>Welcome</html>' });
    await expect(sorted('SELECT 1')).rejects.toThrow(
      `the server at ${proxy.url} answers HTTP 200 with HTML: it is not Trino`,
    );
    expect(proxy.asked).toHaveLength(1);
  });

  test('pages that are HTML again and again end the query', async () => {
    proxy.fault = ({ method }) =>
      method === 'GET' ? { kind: 'answer', status: 200, body: '<html>Sign in</html>' } : undefined;
    await expect(sorted('SELECT 1')).rejects.toThrow('answers HTTP 200 with HTML');
    expect(proxy.asked.at(-1)?.method).toBe('DELETE');
  });

  test('a page that refers to itself for ever ends the query', async () => {
    proxy.fault = ({ path }) => (path.includes('/executing/') ? { kind: 'again' } : undefined);
    await expect(sorted(ENDLESS)).rejects.toThrow('a page that it has given already');
  });

  test('every request carries the user and the login', async () => {
    await sorted('SELECT 1');
    const login = `Basic ${Buffer.from(`ann:${PASSWORD}`).toString('base64')}`;
    expect(proxy.asked.length).toBeGreaterThan(1);
    for (const { headers } of proxy.asked)
      expect(headers).toMatchObject({ authorization: login, 'x-trino-user': 'ann' });
    expect(proxy.asked[0]?.headers).toMatchObject({
      'x-trino-source': 'hunt',
      'x-trino-catalog': 'memory',
      'x-trino-schema': 'default',
    });
    proxy.asked.length = 0;
    await sorted('SELECT 1', new TrinoEngine({ ...server, password: undefined, token: 'ey.a' }));
    expect(proxy.asked[0]?.headers.authorization).toBe('Bearer ey.a');
  });

  test('a cancellation is tried again, and closing waits for it', async () => {
    proxy.fault = (asked) =>
      asked.method === 'DELETE' && asked.attempt === 1
        ? { kind: 'answer', status: 503 }
        : undefined;
    const engine = open();
    for await (const row of engine.rows(ENDLESS)) {
      expect(row).toHaveProperty('x');
      break;
    }
    const last = proxy.asked.slice(-2).map(({ method, attempt }) => `${method} ${attempt}`);
    expect(last).toEqual(['DELETE 1', 'DELETE 2']);
    await engine.close();
    expect(proxy.asked.filter(({ method }) => method === 'DELETE')).toHaveLength(2);
  });

  test('a cancellation that fails is reported, with what happens to the query', async () => {
    const abort = new AbortController();
    const engine = open({}, abort.signal);
    const running = (async () => {
      for await (const row of engine.rows(ENDLESS)) {
        expect(row).toHaveProperty('x');
        proxy.fault = () => ({ kind: 'answer', status: 500 });
        abort.abort();
      }
    })();
    await expect(running).rejects.toMatchObject({
      code: 'INTERRUPTED',
      message: expect.stringContaining('may run until Trino notices'),
    });
  });

  test('an abort ends a pause between two attempts', async () => {
    proxy.fault = () => ({ kind: 'answer', status: 429, headers: { 'retry-after': '100' } });
    const abort = new AbortController();
    const wait: RetryLimits['wait'] = (milliseconds, signal) => {
      setImmediate(() => abort.abort());
      return RETRY_LIMITS.wait(milliseconds, signal);
    };
    const running = sorted(
      'SELECT 1',
      new TrinoEngine(server, abort.signal, { ...RETRY_LIMITS, wait }),
    );
    await expect(running).rejects.toMatchObject({ code: 'INTERRUPTED' });
    expect(proxy.asked).toHaveLength(1);
  });

  test("Hive's partition keys and their projection are recognised", async () => {
    const answers: readonly Readonly<Record<string, string>>[][] = [
      [
        { Column: 'eventname', Type: 'varchar', Extra: '', Comment: '' },
        { Column: 'region', Type: 'varchar', Extra: 'partition key', Comment: '' },
      ],
      [
        {
          'projection.enabled': 'true',
          'projection.region.type': 'enum',
          transient_lastDdlTime: '1768000000',
        },
      ],
    ];
    proxy.fault = ({ attempt }) => {
      const rows = answers[attempt - 1] ?? [];
      return {
        kind: 'answer',
        status: 200,
        body: JSON.stringify({
          id: '1',
          columns: Object.keys(rows[0] ?? {}).map((name) => ({ name, type: 'varchar' })),
          data: rows.map((row) => Object.values(row)),
          stats: { state: 'FINISHED' },
        }),
      };
    };
    expect(await describeTrinoTable(open(), server)).toEqual({
      columns: [{ name: 'eventname', type: 'varchar' }],
      partitionKeys: [{ name: 'region', type: 'varchar' }],
      properties: new Map([
        ['projection.enabled', 'true'],
        ['projection.region.type', 'enum'],
      ]),
    });
  });
});
