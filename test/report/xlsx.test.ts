import { createHash } from 'node:crypto';
import { readXlsx } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/report/finding.js';
import { renderXlsx } from '../../src/report/xlsx.js';
import { finding, HOSTILE, reportOn } from '../support/report-sample.js';

async function bytesOf(findings: readonly Finding[]): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of renderXlsx(reportOn(findings))) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The rows of the workbook, by the names in its header. */
async function rowsOf(...findings: readonly Finding[]) {
  const [sheet] = (await readXlsx(await bytesOf(findings))).sheets;
  const [header = [], ...rows] = sheet?.rows ?? [];
  return rows.map((row) => Object.fromEntries(header.map((name, at) => [String(name), row[at]])));
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

  it('is a readable workbook whatever a log holds', async () => {
    const rows = await rowsOf(finding({ userAgent: HOSTILE, userIdentity: { arn: HOSTILE } }));
    expect(rows).toHaveLength(1);
  });

  it('reads findings only as fast as it is read', async () => {
    let taken = 0;
    const random = (n: number): Finding =>
      finding({ userAgent: createHash('sha512').update(String(n)).digest('base64').repeat(20) });
    const findings = {
      length: 5000,
      *[Symbol.iterator]() {
        for (let n = 0; n < 5000; n++) {
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
    expect(taken - before).toBeLessThan(2500);
  });
});
