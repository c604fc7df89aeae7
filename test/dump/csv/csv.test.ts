/** CSV: whole events in its cells are read, and events without them are named. */
import * as fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { zip } from '../../support/archives.js';
import { folderOf } from '../../support/read-dump.js';
import { event, eventText, onlyReason, readPaths } from '../dumps.js';

type Cells = readonly string[];

function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`;
}

function csv(rows: readonly Cells[], delimiter = ',', end = '\n'): string {
  return rows.map((row) => row.map(quoted).join(delimiter) + end).join('');
}

const read = (content: string | Buffer, name = 'x.csv', options = {}) =>
  readPaths([folderOf({ [name]: content })], options);

const EVENTS: readonly Cells[] = [
  ['time', 'eventJson'],
  ['2024-05-01', eventText('a')],
  ['2024-05-01', eventText('b')],
];
const CONSOLE =
  'Event name,Event time,User name,Event source,Resource type,Resource name,AWS region,Read-only\n' +
  'CreateSecurityGroup,2024-05-01T10:20:30Z,robin,ec2.amazonaws.com,,,eu-west-1,false\n';
const ATHENA = csv([
  ['eventversion', 'useridentity', 'eventtime', 'eventsource', 'eventname', 'requestparameters'],
  [
    '1.08',
    '{type=IAMUser, arn=arn:x}',
    '2024-05-01T10:20:30Z',
    'ec2.amazonaws.com',
    'X',
    '{"a":1}',
  ],
]);

describe('whole events', () => {
  test.each<[string, string | Buffer, string?]>([
    ['commas', csv(EVENTS)],
    ['semicolons', csv(EVENTS, ';')],
    ['tabs', csv(EVENTS, '\t')],
    ['bars', csv(EVENTS, '|')],
    ['line ends of Windows', csv(EVENTS, ',', '\r\n')],
    ['different line ends', csv(EVENTS).replace('\n', '\r\n')],
    ['a byte-order mark', `\ufeff${csv(EVENTS)}`],
    ["Excel's line that names the delimiter", `sep=;\n${csv(EVENTS, ';')}`],
    ['UTF-16', Buffer.from(`\ufeff${csv(EVENTS, '\t')}`, 'utf16le')],
    ['no header', csv(EVENTS.slice(1))],
    ['one column', csv(EVENTS.map((row) => row.slice(1)))],
    ['one column with any name', csv([['RAW'], [eventText('a')], [eventText('b')]])],
    ['one column without a name', csv([[eventText('a')], [eventText('b')]])],
    ['one column without quotes', `message\n${eventText('a')}\n${eventText('b')}\n`],
    ['quotes escaped by a backslash', csv(EVENTS).replaceAll('""', '\\"')],
    ['tabs and no quotes', EVENTS.map((row) => `${row.join('\t')}\n`).join('')],
    [
      'pretty JSON',
      csv([
        ['a', '_raw'],
        ['1', JSON.stringify(event('a'), null, 2)],
        ['2', eventText('b')],
      ]),
    ],
    ['gzip', gzipSync(csv(EVENTS)), 'x.csv.gz'],
    ['the name of a log', csv(EVENTS), 'x.log'],
    ['no ending', csv(EVENTS), 'x'],
    [
      'other rows between',
      csv([['t', '@message'], ['1', 'START'], ...EVENTS.slice(1), ['2', 'END']]),
    ],
  ])('are read with %s', async (_what, content, name) => {
    const { ids, summary } = await read(content, name);
    expect(summary.unreadable).toEqual([]);
    expect(ids).toEqual(['a', 'b']);
  });

  const packed = (id: string) => Buffer.from(eventText(id)).toString('base64');
  test.each<[string, string]>([
    [
      'text before the JSON',
      csv([
        ['_time', '_raw'],
        ['1', `Feb 02 10:11:00 host ct: ${eventText('a')}`],
        ['2', `2026-02-02T10:11:00Z ${eventText('b')}`],
      ]),
    ],
    [
      'text before some of the JSON, and no header',
      csv([
        ['1', eventText('a')],
        ['2', `x: ${eventText('b')}`],
      ]),
    ],
    [
      'base64',
      csv([
        ['key', 'value'],
        ['1', packed('a')],
        ['2', gzipSync(eventText('b')).toString('base64')],
      ]),
    ],
    [
      'the type that PowerShell writes first',
      `#TYPE Amazon.CloudTrail.Model.Event\n${csv(EVENTS)}`,
    ],
    ['a title', `Exported by x\n\n${csv(EVENTS)}`],
  ])('are read with %s', async (_what, content) => {
    const { ids, summary } = await read(content);
    expect(summary.unreadable).toEqual([]);
    expect(ids).toEqual(['a', 'b']);
  });

  test('are read in an archive', async () => {
    const archive = await zip([['x.csv', csv(EVENTS)]]);
    expect((await read(archive, 'x.zip')).ids).toEqual(['a', 'b']);
  });

  test('are equal to those of the same lines', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 20 }).map((s) => s.toWellFormed());
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 5 }), async (agents) => {
        const events = agents.map((userAgent, i) => eventText(`${i}`, { userAgent }));
        const lines = await read(events.join('\n'), 'x.json');
        const cells = await read(
          csv([['t', 'm'], ...events.map((e, i) => [`${i},"`, e])]),
          'x.csv',
        );
        expect(cells.summary.unreadable).toEqual([]);
        const plain = (rows: typeof lines.rows) =>
          rows.map((row) => JSON.stringify({ ...row, source: '' })).toSorted();
        expect(plain(cells.rows)).toEqual(plain(lines.rows));
      }),
      { numRuns: 30 },
    );
  });

  test('that are damaged are named with the line of their row', async () => {
    const rows = [
      ['a', '_raw'],
      ['1', JSON.stringify(event('a'), null, 2)],
      ['2\n3', eventText('b')],
    ];
    const { ids, summary } = await read(csv([...rows, ['4', eventText('c').slice(0, -1)]]));
    expect(ids).toEqual(['a', 'b']);
    const lines = csv(rows).split('\n').length;
    expect(summary.unreadable[0]?.reason).toMatch(new RegExp(`^line ${lines}, record 3`));
  });
});

describe('events that are not whole', () => {
  test.each<[string, string, RegExp]>([
    ["the console's history", CONSOLE, /^CSV without whole events: download .* as JSON/],
    ["Athena's columns", ATHENA, /^CSV without whole events: hunt the table itself/],
    [
      'two columns',
      csv([
        ['eventname', 'eventtime'],
        ['X', '2024-05-01T10:20:30Z'],
      ]),
      /^CSV without/,
    ],
    ['no header', CONSOLE.split('\n').slice(1).join('\n').repeat(2), /^CSV without whole events/],
    [
      'columns below others',
      csv([
        ['timestamp', 'data.aws.eventName', 'data.aws.eventSource'],
        ['Feb 2, 2026 @ 10:11:00', 'CreateUser', 'iam.amazonaws.com'],
      ]),
      /^CSV without whole events: export the whole event as JSON$/,
    ],
    [
      'ECS columns',
      csv([
        ['@timestamp', 'event.action', 'event.provider'],
        ['Feb 2, 2026 @ 10:11:00', 'AuthorizeSecurityGroupIngress', 'ec2.amazonaws.com'],
      ]),
      /^CSV without/,
    ],
    [
      'a name and parameters',
      csv([
        ['eventname', 'requestparameters'],
        ['X', '{"a":1}'],
      ]),
      /^CSV without whole events: export the whole event as JSON$/,
    ],
    [
      'a time and a name, without a header',
      csv([
        ['2026-02-02T10:11:00Z', 'AuthorizeSecurityGroupIngress', 'robin'],
        ['2026-02-02T10:11:00Z', 'AuthorizeSecurityGroupIngress', 'robin'],
      ]),
      /^CSV without/,
    ],
    [
      "Lake's columns",
      'eventID,eventTime,eventName\nx,2026-02-02 10:11:00.000,CreateUser\n',
      /in CloudTrail Lake the column eventJson$/,
    ],
  ])('of %s are named', async (_what, content, reason) => {
    for (const name of ['x.csv', 'x.json', 'x', 'x.log.gz'])
      expect(onlyReason(await read(content, name))).toMatch(reason);
  });

  test('beside whole ones are named', async () => {
    const { ids, summary } = await read(
      csv([...EVENTS, ['2024-05-01T10:20:30Z', 'ec2.amazonaws.com']]),
    );
    expect(ids).toEqual(['a', 'b']);
    expect(summary.unreadable[0]?.reason).toMatch(/1 row/);
  });
});

describe('lines of a log with JSON in a text', () => {
  const escaped = JSON.stringify(eventText('a'));

  test.each<[string, string]>([
    ['fluentd', `2026-02-02 10:11:00 +0000 aws.ct: {"message"=>${escaped}}\n`],
    ['logfmt', `level=info source_type=aws_s3 message=${escaped}\n`],
  ])('of %s are no CSV', async (_what, line) => {
    expect(onlyReason(await read(line.repeat(2), 'x.log'))).toMatch(/^line 1, record 1: /);
  });
});

describe('CSV about something else', () => {
  test.each(['x.csv', 'x.tsv', 'x.csv.gz', 'x.log'])('is skipped as %s', async (name) => {
    const { summary } = await read(
      csv([
        ['id', 'name'],
        ['1', 'a'],
        ['2', '{"b":1}'],
      ]),
      name,
    );
    expect(summary).toMatchObject({ skipped: [{ reason: 'CSV', count: 1 }], unreadable: [] });
  });

  test('is skipped where it is broken', async () => {
    const { summary } = await read('id,comment\n1,"5"" pipe"\n2,"open\n');
    expect(summary).toMatchObject({ skipped: [{ reason: 'CSV', count: 1 }], unreadable: [] });
  });

  test.each<[string, readonly Cells[]]>([
    [
      'Windows events',
      [
        ['@timestamp', 'event.action', 'event.provider'],
        ['Feb 2, 2026 @ 10:11:00', 'logged-in', 'Microsoft-Windows-Security-Auditing'],
      ],
    ],
    [
      'users',
      [
        ['event name', 'user name'],
        ['Open day', 'robin'],
      ],
    ],
    ['tokens', [['token'], [`eyJ${'a'.repeat(80)}`]]],
  ])('is skipped if it has %s', async (_what, rows) => {
    const { summary } = await read(csv(rows));
    expect(summary).toMatchObject({ skipped: [{ count: 1 }], unreadable: [] });
  });

  test('is lost evidence where the user named it', async () => {
    const folder = folderOf({ 'x.csv': 'a,b\n1,2\n' });
    expect(onlyReason(await readPaths([`${folder}/x.csv`]))).toBe(
      'holds no CloudTrail events: CSV',
    );
  });
});

describe('hostile CSV', () => {
  const head = csv(EVENTS);

  test.each<[string, string, RegExp]>([
    [
      'a quote that is not closed',
      `${head}"x,${'y'.repeat(1000)}`,
      /in the middle of a quoted cell/,
    ],
    ['a cell of 40 MB', `${head}"${'y\n'.repeat(20 << 20)}"\n`, /row of more than 32 MB/],
    ['a line of 40 MB', `${head}${'y'.repeat(40 << 20)}\n`, /row of more than 32 MB/],
    ['a million columns', `${head}${','.repeat(1_000_000)}\n`, /more than 10000 columns/],
  ])('with %s is named, and what stands before it is read', async (_what, content, reason) => {
    const { ids, summary } = await read(content);
    expect(ids).toEqual(['a', 'b']);
    expect(summary.unreadable.map((lost) => lost.reason)).toEqual([expect.stringMatching(reason)]);
  });
});

describe('Excel workbooks', () => {
  const HEADER = ['Event name', 'Event time', 'Event source'];
  const VALUES = ['RunInstances', '2024-05-01T10:20:30Z', 'ec2.amazonaws.com'];
  const shared = (texts: readonly string[]): string =>
    `<sst>${texts.map((text) => `<si><t xml:space="preserve">${text}</t></si>`).join('')}</sst>`;
  const inline = (rows: readonly Cells[]): string =>
    `<worksheet><sheetData>${rows
      .map((row) => `<row>${row.map((one) => `<c><is><t>${one}</t></is></c>`).join('')}</row>`)
      .join('')}</sheetData></worksheet>`;
  const workbook = async (part: string, text: string) =>
    read(
      await zip([
        ['[Content_Types].xml', '<Types/>'],
        [part, text],
        ['xl/workbook.xml', '<workbook/>'],
      ]),
      'events.xlsx',
    );

  test.each([
    ['shared texts', 'xl/sharedStrings.xml', shared([...HEADER, ...VALUES])],
    ['texts in the cells', 'xl/worksheets/sheet1.xml', inline([HEADER, VALUES])],
    [
      'a whole event in a cell',
      'xl/sharedStrings.xml',
      shared(['event', eventText('a').replaceAll('"', '&quot;')]),
    ],
    ['many texts', 'xl/sharedStrings.xml', shared([...HEADER, 'x'.repeat(300_000), ...VALUES])],
  ])('%s: lost evidence', async (_name, part, text) =>
    expect(onlyReason(await workbook(part, text))).toBe(
      'an Excel workbook with events in its cells: export the whole event as JSON instead',
    ),
  );

  test.each([
    ['about something else', 'xl/sharedStrings.xml', shared(['Month', 'Cost', '12'])],
    ['a list of services', 'xl/worksheets/sheet1.xml', inline([['Service'], ['s3.amazonaws.com']])],
    [
      'a report of hunt',
      'xl/sharedStrings.xml',
      shared(['time', 'change', 'who', 'how', 'unexplained', ...HEADER, ...VALUES]),
    ],
  ])('%s: nothing is lost', async (_name, part, text) =>
    expect((await workbook(part, text)).summary.unreadable).toEqual([]),
  );
});
