/** Which conditions of a rule are stages of its own funnel, and which of them are exclusions, however the rule nests them. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildQuery } from '../../src/query/build.js';
import type { RuleQuery } from '../../src/query/query.js';
import { bind } from '../../src/rule/bind.js';
import { conjunctsOf, type Condition } from '../../src/rule/condition/condition.js';
import { filterConditions } from '../../src/rule/filters.js';
import type { Rule } from '../../src/rule/rule.js';
import { condition } from '../support/arbitrary-condition.js';
import { eventText } from '../support/arbitrary-event.js';
import { evaluate } from '../support/evaluate.js';
import { recordsOf } from '../support/evaluate-engines.js';
import { huntEvents, onlySection, openedGroup } from '../support/hunt-events.js';
import { ruleWith } from '../support/rules.js';
import { sigmaRule } from '../support/sigma.js';

const ALL_TIME = { since: undefined, until: undefined };

function queryOf(rule: Rule, exclusions = true): RuleQuery {
  const { rules } = buildQuery([bind(rule, new Map())], ALL_TIME, { exclusions, filters: [] });
  const [query] = rules;
  if (query === undefined) throw new Error('the query has its rule');
  return query;
}

const NAME = '{ Key: eventName, Condition: IsIn, Values: [a, b] }';
const REGION = '{ Key: awsRegion, Condition: Equals, Value: c }';
const TOOL = '{ Key: userAgent, Condition: Contains, Value: d }';
const FAILED = '{ Key: errorCode, Condition: IsNotNull }';

const SIGMA_SEARCHES = `  names: { eventName: [a, b] }
  region: { awsRegion: c }
  tool: { userAgent|contains: d }
  failed: { errorCode|exists: true }`;

/** Rules that say the same in other words. */
const NESTED: readonly (readonly [string, Rule])[] = [
  ['flat', ruleWith(`  - ${NAME}\n  - ${REGION}\n  - None: [${TOOL}]\n  - None: [${FAILED}]`)],
  ['All', ruleWith(`  - All: [${NAME}, ${REGION}, { None: [${TOOL}] }]\n  - None: [${FAILED}]`)],
  [
    'All in All, and Any with one entry',
    ruleWith(
      `  - All:\n      - All: [${NAME}, { All: [${REGION}] }]\n      - Any: [{ None: [${TOOL}] }]\n      - None: [${FAILED}]`,
    ),
  ],
  [
    'InlineFilters',
    ruleWith(
      `  - ${NAME}`,
      `InlineFilters:\n  - All: [${REGION}, { None: [${TOOL}] }, { None: [${FAILED}] }]`,
    ),
  ],
  ...[
    'names and region and not tool and not failed',
    'names and (region and not tool) and not failed',
    '(names and (region and (not tool and not failed)))',
  ].map((text): readonly [string, Rule] => [
    `Sigma: ${text}`,
    sigmaRule(`${SIGMA_SEARCHES}\n  condition: ${text}`),
  ]),
];

test.each(NESTED)('each exclusion is a stage of its own: %s', (_name, rule) => {
  const query = queryOf(rule);
  expect(query.selection.map(({ text }) => text).join()).toMatch(/^eventName i?in \["a", "b"\]$/);
  expect(query.conjuncts.map(({ text }) => text.replace(/ i(?=equals|in|contains)/, ' '))).toEqual([
    'eventName in ["a", "b"]',
    'awsRegion equals "c"',
    'not (userAgent contains "d")',
    'not (errorCode is_not_null)',
  ]);
  expect(query.conjuncts.map(({ exclusion }) => exclusion)).toEqual([false, false, true, true]);
  expect(query.conjuncts.every(({ at }) => at !== undefined)).toBe(true);

  const without = queryOf(rule, false);
  expect(without.dropped.map(({ id }) => id)).toEqual(['c3']);
  expect(without.conjuncts.map(({ id }) => id)).toEqual(['c1', 'c2', 'c4']);
});

test('what a rule says as one exclusion stays one', () => {
  const text = 'names and not 1 of filter_*';
  const filters = '  filter_a: { awsRegion: c }\n  filter_b: { userAgent: d }';
  const rule = sigmaRule(`${SIGMA_SEARCHES}\n${filters}\n  condition: ${text}`);
  expect(queryOf(rule).conjuncts.map((conjunct) => conjunct.text)).toEqual([
    'eventName iin ["a", "b"]',
    'not (awsRegion iequals "c" or userAgent iequals "d")',
  ]);
});

test('an empty list of entries is a stage that every event passes', () => {
  const query = queryOf(ruleWith(`  - ${NAME}\n  - All: []`));
  expect(query.conjuncts.map(({ text }) => text)).toEqual(['eventName in ["a", "b"]', 'true']);
});

test('only an exclusion of nothing but the error stays without exclusions', () => {
  const compared =
    '{ Condition: Equals, Values: [{ Key: awsRegion }, { KeyPath: requestParameters.region }] }';
  const query = queryOf(ruleWith(`  - ${NAME}\n  - None: [${FAILED}, ${compared}]`), false);
  expect(query.dropped).toHaveLength(1);
});

test('a report says what a nested exclusion hid', async () => {
  const hidden = openedGroup({ eventID: '2', userAgent: 'pipeline' });
  const rule = ruleWith(
    `  - All:
      - { Key: eventName, Condition: Equals, Value: AuthorizeSecurityGroupIngress }
      - None: [{ Key: userAgent, Condition: Equals, Value: pipeline }]`,
  );
  const section = onlySection(await huntEvents([openedGroup(), hidden], { rules: [rule] }));
  expect(section.findings).toHaveLength(1);
  expect(section.exclusions).toMatchObject([
    { condition: 'not (userAgent equals "pipeline")', hidden: 1 },
  ]);
  const all = await huntEvents([openedGroup(), hidden], { rules: [rule], exclusions: false });
  expect(onlySection(all).findings).toHaveLength(2);
});

const conjunction: fc.Arbitrary<Condition> = fc
  .array(fc.oneof(condition, fc.array(condition, { maxLength: 3 })), { maxLength: 3 })
  .map((parts) => ({
    kind: 'all',
    of: parts.map((part): Condition => (Array.isArray(part) ? { kind: 'all', of: part } : part)),
  }));

test('the parts of a condition mean together what it means', async () => {
  const events = fc.array(eventText, { minLength: 1, maxLength: 10 });
  await fc.assert(
    fc.asyncProperty(conjunction, events, async (whole, texts) => {
      const parts = conjunctsOf(whole);
      const isNested = ({ kind, ...part }: Condition): boolean =>
        kind === 'all' && 'of' in part && Array.isArray(part.of) && part.of.length > 0;
      expect(parts.filter(isNested)).toEqual([]);
      for (const record of await recordsOf(texts))
        expect(parts.every((part) => evaluate(part, record))).toBe(evaluate(whole, record));
    }),
    { numRuns: 100 },
  );
});

test('the names of a rule and the filters of the user are one stage, before the window', async () => {
  const events = [
    openedGroup(),
    openedGroup({ eventID: '2', awsRegion: 'us-east-1' }),
    openedGroup({ eventID: '3', eventTime: '2020-01-01T00:00:00Z' }),
    openedGroup({ eventID: '4', eventName: 'RunInstances' }),
  ];
  const { awsRegion: region } = openedGroup();
  const window = { since: Date.UTC(2026, 0), until: undefined };
  const filters = filterConditions({ region: [String(region)] });
  const { funnel } = onlySection(await huntEvents(events, { window, filters }));
  expect(funnel.slice(0, 3)).toEqual([
    { stage: 'read', events: 4 },
    { stage: `event names and awsRegion in ["${String(region)}"]`, events: 2 },
    { stage: 'in window', events: 1 },
  ]);
});
