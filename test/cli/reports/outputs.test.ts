import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { beforeEach, describe, expect, it } from 'vitest';
import { exitCodeOf } from '../../../src/cli/reports/report-exit-code.js';
import { planOutputs, refuseEvidence, type Outputs } from '../../../src/cli/reports/outputs.js';
import { writeAndWarn } from '../../../src/cli/reports/write-report.js';
import type { Report } from '../../../src/report/report.js';
import { emptyFolder } from '../../support/folders.js';
import { finding, HOSTILE, report, reportOn, section } from '../../support/report-sample.js';

let folder: string;
beforeEach(() => {
  folder = emptyFolder();
});

const VALUES = { period: '2026-10-08', date: '2026-10-09', report: { missing: 'is not there' } };

type OutputOptions = Parameters<typeof planOutputs>[0];

function planned(
  options: Partial<OutputOptions>,
  config: Parameters<typeof planOutputs>[1],
): Outputs {
  return planOutputs({ format: undefined, output: [], force: false, ...options }, config, VALUES);
}

async function written(
  given: Report,
  options: Partial<OutputOptions> & { readonly allowEmpty?: boolean },
  terminal: { isTTY?: boolean; columns?: number; environment?: Record<string, string> } = {},
) {
  const { environment = {}, ...size } = terminal;
  const said: string[] = [];
  let out = '';
  const stdout = new Writable({
    write(chunk, _, done) {
      out += String(chunk);
      done();
    },
  });
  const always: string[] = [];
  const stderr = new Writable({
    write(chunk, _, done) {
      always.push(String(chunk));
      done();
    },
  });
  const context = {
    stdout: Object.assign(stdout, size),
    stderr,
    environment,
    signal: new AbortController().signal,
  };
  const { allowEmpty = false, ...format } = options;
  const outputs = planned(format, undefined);
  const notify = (line: string): number => said.push(line);
  await writeAndWarn({ report: given, outputs, notify, allowEmpty, context });
  return { out, said, always };
}

describe('planOutputs', () => {
  it('prints a table where nothing else was asked for', () => {
    expect(planned({}, undefined)).toEqual({ stdout: 'table', files: [], force: false });
    expect(planned({ format: 'csv' }, { outputs: [] }).stdout).toBe('csv');
  });

  it('prints nothing where files were asked for, unless a format or - asks for it', () => {
    const path = join(folder, 'a.csv');
    const files = [{ path, format: 'csv' }];
    expect(planned({}, { outputs: [path] })).toEqual({
      stdout: undefined,
      files,
      force: false,
    });
    expect(planned({ output: [path, '-'] }, undefined)).toMatchObject({
      stdout: 'table',
      files,
    });
    expect(planned({ output: [path], format: 'json' }, undefined)).toMatchObject({
      stdout: 'json',
      files,
    });
  });

  it('lets options beat the configuration', () => {
    expect(planned({ output: ['-'] }, { outputs: [join(folder, 'a.csv')] }).files).toEqual([]);
  });

  it('refuses before the hunt what could not be written after it', () => {
    const path = join(folder, 'a.csv');
    writeFileSync(path, '');
    expect(() => planned({ output: [path] }, undefined)).toThrow(/--force/);
    expect(() => planned({ output: ['a.pdf'] }, undefined)).toThrow(/known endings/);
    expect(planned({ output: [path], force: true }, undefined).files).toHaveLength(1);
  });
});

describe('refuseEvidence', () => {
  it('lets only a report of before be written over in what is hunted', async () => {
    const path = join(folder, 'a.json');
    await written(report(), { output: [path] });
    const outputs = planned({ output: [path], force: true }, undefined);
    expect(() => refuseEvidence(outputs, [folder])).not.toThrow();
    writeFileSync(path, '{"Records": []}');
    expect(() => refuseEvidence(outputs, [folder])).toThrow(/evidence would be lost/);
    expect(() => refuseEvidence(outputs, ['-'])).not.toThrow();
  });
});

describe('writeAndWarn', () => {
  it('prints no chunk before the one ahead of it is taken, and stops when interrupted', async () => {
    const findings = Array.from({ length: 1000 }, () => finding());
    const abort = new AbortController();
    let taken = 0;
    const stdout = new Writable({
      write(chunk: Buffer, _, done) {
        expect(stdout.writableLength).toBe(chunk.length);
        if (++taken === 3) abort.abort();
        setTimeout(done, 10);
      },
    });
    const context = { stdout, stderr: new PassThrough(), environment: {}, signal: abort.signal };
    const outputs = planned({ format: 'json' }, undefined);
    const given = reportOn(findings);
    await expect(
      writeAndWarn({ report: given, outputs, notify: () => undefined, allowEmpty: false, context }),
    ).rejects.toMatchObject({
      code: 'INTERRUPTED',
    });
    expect(taken).toBe(3);
  });

  it('hears an interruption while a pipe takes everything at once', async () => {
    const findings = Array.from({ length: 1000 }, () => finding());
    const abort = new AbortController();
    setImmediate(() => abort.abort());
    let taken = 0;
    const stdout = new Writable({
      write(_chunk, _, done) {
        taken++;
        done();
      },
    });
    const context = { stdout, stderr: new PassThrough(), environment: {}, signal: abort.signal };
    const outputs = planned({ format: 'json' }, undefined);
    const given = reportOn(findings);
    const writing = writeAndWarn({
      report: given,
      outputs,
      notify: () => undefined,
      allowEmpty: false,
      context,
    });
    await expect(writing).rejects.toMatchObject({ code: 'INTERRUPTED' });
    expect(taken).toBeLessThan(5);
  });

  it('writes files, and says so with what a table would have shown', async () => {
    const path = join(folder, 'a.ndjson');
    const { out, said } = await written(report(), { output: [path] });
    expect(out).toBe('');
    expect(readFileSync(path, 'utf8')).toContain('sg-0abc');
    expect(said).toEqual([
      `hunt: wrote ${path} (1 finding)`,
      'hunt: warning: X=any: its tests are true [PARAMETER_EMPTY]',
      'hunt: could not read logs/broken.json.gz: unexpected end of file',
    ]);
  });

  it('says nothing beside a table', async () => {
    const { out, said } = await written(report(), {});
    expect(out).toContain('unexpected end of file');
    expect(said).toEqual([]);
  });

  it('says hostile names harmlessly, and no more than twenty of them', async () => {
    const unreadable = Array.from({ length: 25 }, () => ({ path: HOSTILE, reason: HOSTILE }));
    const files = { ...report().files, unreadable };
    const { said } = await written(report({ files, sections: [section({ warnings: [] })] }), {
      format: 'json',
    });
    expect(said).toHaveLength(21);
    expect(said.at(-1)).toMatch(/5 more/);
    expect(said.join('')).not.toMatch(/[^\x20-\x7e]/);
  });

  describe('says why the exit code is 3, also where a user wants quiet,', () => {
    const silent = {
      code: 'ACCOUNT_WITHOUT_RECORDS',
      message: '112233445566 has no record',
    } as const;
    const files = { ...report().files, unreadable: [] };
    const empty = report({
      files,
      warnings: [{ code: 'WINDOW_OUTSIDE_LOGS', message: 'no record lies in the window' }],
      sections: [section({ warnings: [silent] }), section({ warnings: [silent] })],
    });

    it('once for each reason, and not as a warning too', async () => {
      for (const format of ['csv', 'table'] as const) {
        const { said, always } = await written(empty, { format });
        expect(said).toEqual([]);
        expect(always).toEqual([
          'hunt: exit code 3: no record lies in the window [WINDOW_OUTSIDE_LOGS]\n',
          'hunt: exit code 3: 112233445566 has no record [ACCOUNT_WITHOUT_RECORDS]\n',
        ]);
        expect(exitCodeOf(empty, { failOnFindings: true, allowEmpty: false })).toBe(3);
      }
    });

    it('unless empty hunts are allowed: then it is a warning', async () => {
      const { said, always } = await written(empty, { format: 'csv', allowEmpty: true });
      expect(always).toEqual([]);
      expect(said).toEqual([
        'hunt: warning: no record lies in the window [WINDOW_OUTSIDE_LOGS]',
        'hunt: warning: 112233445566 has no record [ACCOUNT_WITHOUT_RECORDS]',
        'hunt: NOT COMPLETE: no record lies in the window; 112233445566 has no record',
      ]);
      expect(exitCodeOf(empty, { failOnFindings: true, allowEmpty: true })).toBe(1);
      expect(exitCodeOf(empty, { failOnFindings: false, allowEmpty: true })).toBe(0);
    });

    it('and an event that could not be judged is a reason that no option allows', async () => {
      const undated = { code: 'UNDATED_MATCH', message: 'one event has no time' } as const;
      const lost: Report = {
        ...report(),
        files: { ...report().files, unreadable: [] },
        warnings: [undated],
      };
      const { said, always } = await written(lost, { format: 'csv', allowEmpty: true });
      expect(always).toEqual(['hunt: exit code 3: one event has no time [UNDATED_MATCH]\n']);
      expect(said.join()).not.toContain('UNDATED_MATCH');
      expect(exitCodeOf(lost, { failOnFindings: true, allowEmpty: true })).toBe(3);
    });

    it('and lost evidence is a reason that no option allows', async () => {
      const { always } = await written(report(), { format: 'csv', allowEmpty: true });
      expect(always).toEqual([
        'hunt: exit code 3: evidence was lost: could not read logs/broken.json.gz: unexpected end of file\n',
      ]);
      expect(exitCodeOf(report(), { failOnFindings: false, allowEmpty: true })).toBe(3);
    });
  });

  it('colours only a terminal that wants it', async () => {
    const colored = async (terminal: Parameters<typeof written>[2]) =>
      (await written(report(), {}, terminal)).out.includes('\u001b[');
    expect(await colored({ isTTY: true, columns: 80 })).toBe(true);
    expect(await colored({ isTTY: true, environment: { NO_COLOR: '1' } })).toBe(false);
    expect(await colored({ isTTY: true, environment: { TERM: 'dumb' } })).toBe(false);
    expect(await colored({})).toBe(false);
    expect(await colored({ environment: { FORCE_COLOR: '1' } })).toBe(true);
    expect(await colored({ environment: { FORCE_COLOR: '1', NO_COLOR: '1' } })).toBe(false);
    expect(await colored({ isTTY: true, environment: { FORCE_COLOR: '0' } })).toBe(false);
  });
});
