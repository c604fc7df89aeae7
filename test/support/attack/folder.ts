/** A folder in which everything that a hunt reads attacks: logs, their names, a rule, the configuration, exceptions, tickets. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { attackEvents } from './events.js';

/** Names of files cannot have a slash, and at most 255 bytes. */
const FILE = `"><img src onerror=window.harmedByLog=1>\u202e\u3164 ![x](y) {{{z}}}\u001b[2J`;

interface Attack {
  /** The options of `hunt` that hunt the folder, with everything that can be compared. */
  readonly options: readonly string[];
}

/** Fills the folder. YAML reads JSON, so every value can be written; halves of characters are written as what they become. */
export function attackFolder(folder: string, values: readonly string[]): Attack {
  const texts = values.map((text) => text.toWellFormed());
  const short = texts.filter((text) => text.trim() !== '' && text.length < 5000);
  const at = (n: number): string => short[n % short.length] ?? '';
  const write = (name: string, content: object | string): void =>
    writeFileSync(
      join(folder, name),
      typeof content === 'string' ? content : JSON.stringify(content),
    );

  const logs = join('logs', FILE);
  mkdirSync(join(folder, logs), { recursive: true });
  write(join(logs, `${FILE}.json`), { Records: attackEvents(values) });
  write(
    join(logs, `${FILE}-broken.json`),
    `{"Records":[{"eventVersion":"1.08","eventName":${JSON.stringify(at(1))},`,
  );
  write(join(logs, `${FILE}.exe`), '\u0000\u0001');
  mkdirSync(join(folder, 'rules'));
  write('rules/all.yml', rule('A.All', at, []));
  write(
    'rules/none.yml',
    rule('A.None', at, [
      { KeyPath: 'userAgent', Condition: 'IsIn', Values: ['no agent', ...short] },
      { KeyPath: 'eventID', Condition: 'Equals', Value: at(3) },
    ]),
  );
  write('rules/broken.yml', { ...ruleOf('A.Broken', at, []), [at(0)]: at(1) });
  write('hunt.yml', {
    accounts: Object.fromEntries(
      short.slice(0, 12).map((name, n) => [name, String(112233445566 + n)]),
    ),
    exceptions: 'exceptions.yml',
    tickets: {
      export: 'tickets.json',
      columns: {
        id: 'id',
        resource: 'ci',
        person: 'who',
        approver: 'by',
        from: 'start',
        to: 'end',
        written: 'start',
      },
    },
  });
  write(
    'exceptions.yml',
    short.map((text, n) => ({
      id: `EX-${n}${text.replaceAll(/\s/gu, '').slice(0, 80)}`,
      reason: text,
      owner: text,
      approver: text,
      ticket: text,
      expires: n % 2 === 0 ? '2026-12-31' : '2026-01-02',
      match: { principal: text },
    })),
  );
  write('tickets.json', {
    tickets: short.map((text) => ({
      id: text,
      ci: text,
      who: text,
      by: text,
      start: '2025-12-01',
      end: '2026-12-01',
    })),
  });
  return {
    options: ['logs', '--rules', 'rules', '--config', 'hunt.yml', '--until', '2026-02-01'],
  };
}

/** In JSON, which is YAML too, but for the name of the parameter: that has no quotes. */
function rule(id: string, at: (n: number) => string, tests: readonly object[]): string {
  return JSON.stringify(ruleOf(id, at, tests)).replace('"$NAMES"', ' $NAMES');
}

function ruleOf(id: string, at: (n: number) => string, tests: readonly object[]): object {
  return {
    AnalysisType: 'rule',
    RuleID: `${id} ${at(0)}`,
    DisplayName: at(1),
    Severity: 'High',
    LogTypes: ['AWS.CloudTrail'],
    Description: at(2),
    Runbook: at(4),
    Reference: at(15),
    Tags: [at(5), at(6)],
    Parameters: {
      NAMES: { Description: at(7), Default: [`${at(8)} and more`, `${at(9)} and more`] },
    },
    AlertTitle: `${at(10)} {eventName}`,
    Detection: [
      { None: [{ KeyPath: 'userAgent', Condition: 'IsIn', Values: '$NAMES' }] },
      { KeyPath: 'awsRegion', Condition: 'DoesNotEqual', Value: at(11) },
      ...tests,
    ],
    OutputFields: ['eventName', 'userIdentity.arn', 'requestParameters.<b>=1'],
  };
}
