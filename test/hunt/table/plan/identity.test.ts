/** A hunt is resumed only by one that asks the same. */
import { describe, expect, test } from 'vitest';
import { DAY } from '../../../../src/cloudtrail/time/window.js';
import { openAthena } from '../../../../src/hunt/table/athena.js';
import { planIdentity } from '../../../../src/hunt/table/plan/identity.js';
import { planTable, type PlanRequest } from '../../../../src/hunt/table/plan/plan.js';
import { bind } from '../../../../src/rule/bind.js';
import { DEFAULT_RULE } from '../../../../src/rule/catalog/built-in.js';
import { findRule } from '../../../../src/rule/catalog/find.js';
import { ASK, startTables, useHunting } from '../../../support/athena/hunting.js';

useHunting();

const { now } = ASK;

describe('two hunts are the same hunt', () => {
  const identity = async (ask: Partial<PlanRequest> = {}, layout = 'organization') => {
    const server = await startTables();
    const { table, client } = await openAthena({
      table: `logs.${layout}`,
      workgroup: 'primary',
      output: undefined,
      columns: new Map(),
      roles: new Map(),
      aws: { profile: undefined, region: 'us-east-1', endpoint: server.url },
    });
    client.destroy();
    return planIdentity(table, planTable(table, { ...ASK, ...ask }));
  };

  test('whatever their windows', async () => {
    const later = { window: { since: now - DAY, until: undefined }, now: now + DAY };
    expect(await identity(later)).toBe(await identity());
  });

  test.each<[string, Partial<PlanRequest>]>([
    ['values', { rules: [bind(findRule(DEFAULT_RULE), new Map())] }],
    ['exclusions', { exclusions: false }],
    [
      'filters',
      {
        filters: [
          {
            kind: 'test',
            field: ['awsRegion'],
            op: 'equals',
            values: ['eu-west-1'],
            ignoreCase: false,
            at: { file: 'x', line: 1, column: 1 },
          },
        ],
      },
    ],
  ])('only with the same %s', async (_name, ask) => {
    expect(await identity(ask)).not.toBe(await identity());
  });

  test('only with the same trust in paths', async () => {
    const rules = ASK.rules.slice(0, 1);
    expect(await identity({ rules, trustPaths: true })).not.toBe(await identity({ rules }));
  });

  test('only over the same table', async () => {
    expect(await identity({}, 'projection')).not.toBe(await identity());
  });
});
