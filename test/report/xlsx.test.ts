import { createHash } from 'node:crypto';
import { strFromU8, unzipSync } from 'fflate';
import { readXlsx } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/report/finding.js';
import { renderXlsx } from '../../src/report/xlsx/render.js';
import type { Report } from '../../src/report/report.js';
import {
  coveredAccount,
  finding,
  HOSTILE,
  report,
  reportOn,
  reportWith,
} from '../support/report-sample.js';

async function bytesOf(given: Report): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of renderXlsx(given)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The rows of the sheet with findings, by the names in its header. */
async function rowsOf(...findings: readonly Finding[]) {
  return (await sheetsOf(reportOn(findings)))['Findings'] ?? [];
}

/** The rows of each sheet, by the names in its header. */
async function sheetsOf(given: Report) {
  const { sheets } = await readXlsx(await bytesOf(given));
  const named = sheets.map(({ name, rows: [header = [], ...rows] }) => [
    name,
    rows.map((row) => Object.fromEntries(header.map((column, at) => [String(column), row[at]]))),
  ]);
  return Object.fromEntries(named) as Record<string, readonly Record<string, unknown>[]>;
}

describe('xlsx', () => {
  it('has a row for each finding, whose cells are text', async () => {
    const [row] = await rowsOf(finding({ recipientAccountId: '032092706103', userAgent: '1e5' }));
    expect(row).toMatchObject({
      time: '2026-01-12T09:14:27.000Z',
      result: 'succeeded',
      account: '032092706103',
      userAgent: '1e5',
      eventID: '93d8874c-8c86-40fc-a93d-be15c765ffa0',
    });
  });

  it.each([
    ['=1+1', '=1+1'],
    ['_x0041_', '_x0041_'],
    ['\u0000\u001b[31m', '\\u0000\\u001b[31m'],
    [' <b>&"\n ', ' <b>&"\n '],
  ])('shows %j as it is', async (userAgent, shown) => {
    const [row] = await rowsOf(finding({ userAgent }));
    expect(row).toMatchObject({ userAgent: shown });
  });

  it('says where a cell is cut, because Excel allows no longer one', async () => {
    const [row] = await rowsOf(finding({ userAgent: 'x'.repeat(40_000) }));
    expect(String(row?.['userAgent'])).toMatch(/^x{32000,}… \(cut: JSON has all\)$/);
    expect(String(row?.['userAgent'])).toHaveLength(32_767);
  });

  it('is a readable workbook whatever a log, a rule or a path holds', async () => {
    const { Findings: rows = [], Rules: rules } = await sheetsOf(reportWith(`<&>${HOSTILE}\uffff`));
    expect(rows).toHaveLength(1);
    expect(rules).toHaveLength(2);
    const xml = Object.entries(unzipSync(await bytesOf(reportWith(HOSTILE))));
    expect(xml.length).toBeGreaterThan(8);
    // XML forbids control characters.
    for (const [name, part] of xml)
      expect(strFromU8(part), name).not.toMatch(/[^\t\n\r\x20-\x7e…]/);
  });

  it('has a sheet that says what was read and what was lost', async () => {
    const accounts = [coveredAccount('012345678901')];
    const given = report({ coverage: { ...report().coverage, accounts } });
    const { Completeness: rows } = await sheetsOf(given);
    expect(rows).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ part: 'files read', number: 3 }),
        expect.objectContaining({ part: 'lost', number: 1 }),
        expect.objectContaining({
          part: 'lost',
          name: 'logs/broken.json.gz',
          note: 'unexpected end of file',
        }),
        expect.objectContaining({ part: 'warning', name: 'PARAMETER_EMPTY' }),
        expect.objectContaining({ part: 'account', name: '012345678901', number: 40 }),
        expect.objectContaining({
          part: 'gap',
          name: '012345678901',
          from: '2026-01-12T10:00:00.000Z',
        }),
      ]),
    );
  });

  it('has a sheet of rules, and one of what exclusions hid', async () => {
    const { Rules: rules, Exclusions: exclusions } = await sheetsOf(report());
    expect(rules).toMatchObject([
      { rule: 'AWS.EC2.ManualSecurityGroupChange', findings: 1, hidden: 3, attack: 'TA0005 T1562' },
    ]);
    expect(exclusions).toMatchObject([
      { hidden: 3, principal: 'arn:aws:sts::112233445566:assumed-role/Operator/lee', events: 2 },
      { hidden: 3, principal: null, events: 1 },
    ]);
  });

  it('reads findings only as fast as it is read', async () => {
    let taken = 0;
    const random = (n: number): Finding =>
      finding({ userAgent: createHash('sha512').update(String(n)).digest('base64').repeat(20) });
    const findings = {
      length: 1000,
      *[Symbol.iterator]() {
        for (let n = 0; n < 1000; n++) {
          taken++;
          yield random(n);
        }
      },
    };
    const given = reportOn(findings);
    const before = taken;
    for await (const chunk of renderXlsx(given)) {
      expect(chunk.length).toBeLessThan(1024 * 1024);
      break;
    }
    expect(taken - before).toBeLessThan(500);
  });
});
