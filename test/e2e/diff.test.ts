/** Two reports compared, through the command. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import type { ChangedFinding, Diff, OneSided } from '../../src/diff/model.js';
import type { Finding } from '../../src/report/finding.js';
import type { Report } from '../../src/report/report.js';
import type { FindingState } from '../../src/report/story.js';
import { emptyFolder, hunt, ROOT, SAMPLE } from '../support/run-hunt.js';

const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(join(ROOT, 'data/hunt-diff-1.schema.json'), 'utf8')) as object,
);

interface Read extends Diff {
  readonly new: readonly OneSided[];
  readonly gone: readonly OneSided[];
  readonly changed: readonly ChangedFinding[];
}

/** What hunt diff prints as JSON, checked against its schema. */
async function diffIn(cwd: string, before: string, after: string): Promise<Read> {
  const { stdout, code } = await hunt(['diff', before, after, '-f', 'json'], { cwd });
  const diff = JSON.parse(stdout) as Read;
  expect(validate(diff), JSON.stringify(validate.errors)).toBe(true);
  const { new: added, gone, changed, counts } = diff;
  expect([added.length, gone.length, changed.length]).toEqual([
    counts.new,
    counts.gone,
    counts.changed,
  ]);
  const isSame =
    counts.new + counts.gone + counts.changed + diff.question.length + diff.completeness.length ===
    0;
  expect(code).toBe(isSame ? 0 : 1);
  return diff;
}

test('says what is new, gone and changed, and what else differs', async () => {
  const cwd = emptyFolder();
  const path = (name: string) => join(cwd, name);
  await hunt([SAMPLE, '-o', 'a.json', '-o', 'a.html', '--quiet'], { cwd });
  const a = JSON.parse(readFileSync(path('a.json'), 'utf8')) as Report & {
    readonly findings: Finding[];
  };

  // The same report in two formats.
  const same = await hunt(['diff', 'a.json', 'a.html'], { cwd });
  expect(same).toMatchObject({ code: 0, stderr: '' });
  expect(same.stdout).toContain('No difference: 23 findings, the same question and the same logs');
  expect((await diffIn(cwd, 'a.html', 'a.json')).counts.same).toBe(23);

  // Findings alone differ. Two events without an ID are two findings.
  const [first, second, third, ...rest] = a.findings;
  const nameless = { ...third, eventID: null };
  writeFileSync(
    path('b.json'),
    JSON.stringify({
      ...a,
      findings: [
        { ...first, outcome: 'failed', errorCode: 'AccessDenied' },
        { ...second, change: { ...second?.change, sentence: 'did \u001b[2Jsomething' } },
        nameless,
        nameless,
        ...rest,
      ],
    }),
  );
  const changed = await diffIn(cwd, 'a.html', 'b.json');
  expect(changed.counts).toEqual({ new: 2, gone: 1, changed: 2, same: 20 });
  expect([changed.question, changed.completeness]).toEqual([[], []]);
  expect(changed.gone[0]).toMatchObject({ eventID: third?.eventID, because: null });
  expect(
    changed.changed.map(({ changes }) => changes.map(({ what, after }) => [what, after])),
  ).toEqual([[['outcome', 'failed: AccessDenied']], [['change', 'did \u001b[2Jsomething']]]);
  const edited = { ...first, sourceIPAddress: '192.0.2.1' };
  writeFileSync(
    path('e.json'),
    JSON.stringify({ ...a, findings: [edited, ...a.findings.slice(1)] }),
  );
  expect((await diffIn(cwd, 'a.json', 'e.json')).changed[0]?.changes).toEqual([
    {
      what: 'event',
      name: 'sourceIPAddress',
      before: JSON.stringify(first?.sourceIPAddress),
      after: '"192.0.2.1"',
    },
  ]);
  expect((await diffIn(cwd, 'b.json', 'b.json')).counts.same).toBe(24);
  const table = await hunt(['diff', 'a.json', 'b.json'], { cwd });
  expect(table.stdout).toContain('outcome: succeeded → failed: AccessDenied');
  expect(table.stdout).toContain('did \\u001b[2Jsomething');
  expect(table.stdout.trimEnd().split('\n').at(-1)).toBe('2 new, 1 gone, 2 changed, 20 the same');

  // Another question: a shorter window, an exclusion less, another parameter.
  await hunt(
    [
      SAMPLE,
      '--since',
      '2026-01-13',
      '--set',
      'PROD_ACCOUNT_IDS=any',
      '--no-exclusions',
      '-o',
      'c.json',
      '--quiet',
    ],
    { cwd },
  );
  const asked = await diffIn(cwd, 'a.json', 'c.json');
  expect(new Set(asked.question.map(({ what }) => what))).toEqual(
    new Set(['window', 'parameter', 'condition']),
  );
  expect(asked.completeness.map(({ what }) => what)).toContain('records in the window');
  expect(new Set(asked.gone.map(({ because }) => because))).toEqual(new Set(['window']));
  const markdown = await hunt(['diff', 'a.json', 'c.json', '-f', 'markdown'], { cwd });
  expect(markdown.stdout).toMatch(/^# What differs between two reports\n/);

  expect(await hunt(['diff', 'a.json', 'none.json'], { cwd })).toMatchObject({ code: 2 });
});

test('takes an end that an earlier version did not call a deletion for the same', async () => {
  const cwd = emptyFolder();
  await hunt([SAMPLE, '-o', 'a.json', '--quiet'], { cwd });
  const report = JSON.parse(readFileSync(join(cwd, 'a.json'), 'utf8')) as Report & {
    readonly findings: Finding[];
  };
  const named = (name: string, end: FindingState['end'], until: string | null): void => {
    const state = { resource: 'i-1', what: 'stopped', end, until };
    const [first, ...rest] = report.findings;
    const findings = [{ ...first, states: [state] }, ...rest];
    writeFileSync(join(cwd, name), JSON.stringify({ ...report, findings }));
  };
  named('old.json', 'seen', '2026-01-13T10:00:00.000Z');
  named('new.json', 'deleted', '2026-01-13T10:00:00.000Z');
  named('later.json', 'deleted', '2026-01-13T10:00:01.000Z');
  named('lasts.json', 'not seen', null);
  expect((await diffIn(cwd, 'old.json', 'new.json')).counts.changed).toBe(0);
  expect((await diffIn(cwd, 'old.json', 'later.json')).counts.changed).toBe(1);
  expect((await diffIn(cwd, 'lasts.json', 'new.json')).changed[0]?.changes).toEqual([
    {
      what: 'state',
      name: null,
      before: 'stopped on i-1: no end is seen',
      after: 'stopped on i-1: ended 2026-01-13T10:00:00.000Z',
    },
  ]);
});
