/** Every condition word on every sort of value: the table that the documentation shows, held to by all. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toRecord } from '../../src/cloudtrail/record.js';
import { bind } from '../../src/rule/bind.js';
import type { Condition } from '../../src/rule/condition/condition.js';
import { CONDITION_WORDS } from '../../src/rule/panther/condition-words.js';
import { evaluate } from '../support/evaluate.js';
import { answers, openDuckdb, recordsOf, type TestedEngine } from '../support/evaluate-engines.js';
import {
  ELEMENT_ROWS,
  ELEMENT_VALUES,
  OPERATOR_ROWS,
  operatorsMarkdown,
  TESTED_VALUES,
} from '../support/operator-table.js';
import { testedTrino } from '../support/evaluate-trino.js';
import { ruleWith } from '../support/rules.js';
import { describeWithTrino } from '../support/trino.js';

interface Case {
  readonly name: string;
  readonly condition: Condition;
  /** An event's JSON text. */
  readonly event: string;
  readonly holds: boolean;
}

/** Letters outside the promise: İ, whose lower case is two, and those newer than Unicode 15. */
const NEW_LETTERS = /[\u0130\u1C89\uA7CB-\uA7DC\u{10D50}-\u{10D65}\u{16EA0}-\u{16EB8}]/u;

const FIELDS = { json: 'requestParameters.a', text: 'userAgent' } as const;
const event = (place: 'json' | 'text', value: string | undefined): string => {
  const member = (key: string): string =>
    value === undefined ? '' : `${JSON.stringify(key)}:${value}`;
  const rest = place === 'json' ? `"requestParameters":{${member('a')}}` : member('userAgent');
  return `{"eventName":"a"${rest === '' ? '' : `,${rest}`}}`;
};

function conditionOf(detection: string): Condition {
  return bind(ruleWith(detection), new Map()).condition;
}

function valueCases(): readonly Case[] {
  return OPERATOR_ROWS.flatMap((row) =>
    [row.word, `I${row.word}`]
      .filter((word) => CONDITION_WORDS.has(word))
      .flatMap((word) => {
        // The I… form finds the same in the other case.
        const value = word === row.word ? row.value : row.value?.toUpperCase();
        const given = value === undefined ? '' : `, Value: ${JSON.stringify(value)}`;
        return (['json', 'text'] as const).flatMap((place) => {
          const condition = conditionOf(
            `  - { KeyPath: ${FIELDS[place]}, Condition: ${word}${given} }`,
          );
          return TESTED_VALUES.flatMap((asked, index) =>
            asked.in === place || asked.in === 'both'
              ? {
                  name: `${word} of ${asked.title} (${place})`,
                  condition,
                  event: event(place, asked.value(row.sample)),
                  holds: row.holds[index] === '1',
                }
              : [],
          );
        });
      }),
  );
}

function elementCases(): readonly Case[] {
  return ELEMENT_ROWS.flatMap(({ word, holds }) => {
    const isHas = word.endsWith('Has') || word.endsWith('Have');
    const asks = isHas ? 'Value: a' : 'Expressions: [{ Key: x, Condition: Equals, Value: a }]';
    const condition = conditionOf(
      `  - { KeyPath: requestParameters.a, Condition: ${word}, ${asks} }`,
    );
    return ELEMENT_VALUES.map(({ title, value }, index) => ({
      name: `${word} of ${title}`,
      condition,
      event: event(
        'json',
        value((letter) => (isHas ? `"${letter}"` : `{"x":"${letter}"}`)),
      ),
      holds: holds[index] === '1',
    }));
  });
}

/** Of an empty list, and of two tests of which the first alone holds. */
function combinationCases(): readonly Case[] {
  return Object.entries({ All: '10', Any: '01', OnlyOne: '01', None: '10' }).flatMap(
    ([word, holds]) =>
      ['[]', '[{ Condition: AlwaysTrue, Key: a }, { Condition: AlwaysFalse, Key: a }]'].map(
        (parts, index) => ({
          name: `${word}: ${parts}`,
          condition: conditionOf(`  - ${word}: ${parts}`),
          event: event('json', undefined),
          holds: holds[index] === '1',
        }),
      ),
  );
}

const cases = [...valueCases(), ...elementCases(), ...combinationCases()];
const wrong = (says: (index: number) => string | undefined): readonly string[] =>
  cases.flatMap(({ name, holds }, index) => {
    const answer = says(index);
    return answer === String(holds) ? [] : [`${name}: ${answer ?? 'nothing'}`];
  });

test('the table has every word once', () => {
  const rows = [...OPERATOR_ROWS, ...ELEMENT_ROWS].map(({ word }) => word);
  expect(new Set(rows).size).toBe(rows.length);
  const words = [...CONDITION_WORDS.keys()].filter((word) => !rows.includes(word));
  expect(words.filter((word) => !rows.includes(word.replace(/^I/, '')))).toEqual([]);
  expect(OPERATOR_ROWS.filter(({ holds }) => holds.length !== TESTED_VALUES.length)).toEqual([]);
  expect(ELEMENT_ROWS.filter(({ holds }) => holds.length !== ELEMENT_VALUES.length)).toEqual([]);
});

test('where the private networks end', () => {
  const asked = (word: string): Condition =>
    conditionOf(`  - { Key: userAgent, Condition: ${word} }`);
  const [isPublic, isPrivate] = [asked('IsIPAddressPublic'), asked('IsIPAddressPrivate')];
  const kindOf = (address: string): string => {
    const record = toRecord({ userAgent: address }, 'test');
    const [open, closed] = [evaluate(isPublic, record), evaluate(isPrivate, record)];
    return open === closed ? (open ? 'both' : 'neither') : open ? 'public' : 'private';
  };
  const addresses = {
    private:
      '10.0.0.0 10.255.255.255 127.0.0.1 169.254.169.254 172.16.0.0 172.31.255.255 192.168.0.0 192.168.255.255 ' +
      '198.51.100.7 :: ::1 fc00:: fdff::1 fe80::1 febf::1 2001:db8::1',
    public:
      '9.255.255.255 11.0.0.0 172.15.255.255 172.32.0.0 192.167.255.255 192.169.0.0 8.8.8.8 100.63.255.255 100.128.0.0 ' +
      '2600::1 2a00:1450::1 fbff::1 fe00::1',
    neither: '100.64.0.0 100.127.255.255 ec2.amazonaws.com ::ffff:10.0.0.1 10.0.0.1/8',
  };
  const wrongKind = Object.entries(addresses).flatMap(([kind, list]) =>
    list.split(' ').filter((address) => kindOf(address) !== kind),
  );
  expect(wrongKind).toEqual([]);
});

test('the documentation shows the table', async () => {
  await expect(operatorsMarkdown()).toMatchFileSnapshot('../../queries/OPERATORS.md');
});

test('the evaluator says what the table says', async () => {
  const records = await recordsOf(cases.map(({ event: text }) => text));
  const says = cases.map(({ condition }, index) => {
    const record = records[index];
    return record === undefined ? undefined : String(evaluate(condition, record));
  });
  expect(wrong((index) => says[index])).toEqual([]);
});

describe('DuckDB', () => saysWhatTheTableSays(openDuckdb));
await describeWithTrino('Trino', (trino) =>
  saysWhatTheTableSays(() => Promise.resolve(testedTrino(trino))),
);

function saysWhatTheTableSays(open: () => Promise<TestedEngine>): void {
  let engine: TestedEngine;
  beforeAll(async () => {
    engine = await open();
  });
  afterAll(() => engine.close());

  test('says what the table says', async () => {
    const records = await recordsOf(cases.map(({ event: text }) => text));
    await engine.fill(records);
    const distinct = [...new Set(cases.map(({ condition }) => condition))];
    const says = await answers(engine, distinct, records.length);
    const place = new Map(distinct.map((condition, index) => [condition, index]));
    const answerOf = (index: number): string | undefined => {
      const condition = cases[index]?.condition;
      return condition && says[place.get(condition) ?? -1]?.[index];
    };
    expect(wrong(answerOf)).toEqual([]);
  });

  test('lower-cases each letter of the promise as the others do', async () => {
    const letters = Array.from({ length: 0x20000 }, (_, code) => code)
      .filter((code) => code > 0 && (code < 0xd800 || code > 0xdfff))
      .map((code) => String.fromCodePoint(code))
      .filter((letter) => !NEW_LETTERS.test(letter));
    const texts = Array.from({ length: Math.ceil(letters.length / 512) }, (_, part) =>
      letters.slice(part * 512, (part + 1) * 512),
    );
    await engine.fill(
      await recordsOf(texts.map((text) => event('text', JSON.stringify(text.join(''))))),
    );
    const rows = await engine.rows('SELECT source, lower(useragent) AS folded FROM events');
    const differing = rows.flatMap(({ source, folded }) => {
      const given = texts[Number(source)] ?? [];
      const found = Array.from(folded ?? '');
      return given.filter((letter, index) => letter.toLowerCase() !== found[index]);
    });
    expect(rows).toHaveLength(texts.length);
    expect(differing).toEqual([]);
  });
}
