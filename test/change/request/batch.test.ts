/** What a sentence names of a batch of which a part failed. */
import { expect, it } from 'vitest';
import type { Json } from '../../../src/cloudtrail/json.js';
import { callOf, changeOf } from '../../support/change.js';

const table = { databaseName: 'd', tableName: 't' };

it.each<[name: string, failed: string, request: Json, errors: Json]>([
  [
    'BatchCreatePartition',
    '(1 of 2 failed: 2026/10)',
    { ...table, partitionInputList: [{ values: ['2026', '10'] }, { values: ['2026', '11'] }] },
    [{ partitionValues: ['2026', '10'], errorDetail: { errorCode: 'x' } }],
  ],
  [
    'BatchUpdatePartition',
    '(1 failed: 2026)',
    { omitted: true },
    [{ partitionValueList: ['2026'], errorDetail: { errorCode: 'x' } }],
  ],
  [
    'BatchDeleteTableVersion',
    '(1 of 2 failed: 1)',
    { ...table, versionIds: ['1', '2'] },
    [{ tableName: 't', versionId: '1', errorDetail: { errorCode: 'x' } }],
  ],
  [
    'BatchDeleteTable',
    '(1 of 2 failed: t)',
    { databaseName: 'd', tablesToDelete: ['t', 'u'] },
    [{ tableName: 't', errorDetail: { errorCode: 'x' } }],
  ],
])('%s %s', (name, failed, requestParameters, errors) => {
  const call = callOf('glue', name, { requestParameters, responseElements: { errors } });
  const { sentence } = changeOf(call);
  expect(sentence.slice(-failed.length)).toBe(failed);
});
