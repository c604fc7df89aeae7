/** Parameters that are set to empty text: that takes away what was set before. */
import { expect, it } from 'vitest';
import type { Json } from '../../src/cloudtrail/json.js';
import { callOf, changeOf } from '../support/change.js';

it.each<[sentence: string, service: string, call: string, request: Json]>([
  [
    'updated server: serverId s-1, protocols SFTP, loggingRole none',
    'transfer',
    'UpdateServer',
    { serverId: 's-1', loggingRole: '', protocols: ['SFTP'] },
  ],
  [
    'updated user: serverId s-1, userName u, policy none',
    'transfer',
    'UpdateUser',
    { serverId: 's-1', userName: 'u', policy: '' },
  ],
  [
    'changed function f: key none',
    'lambda',
    'UpdateFunctionConfiguration20150331v2',
    { functionName: 'f', kMSKeyArn: '' },
  ],
  [
    'changed DB instance d: domain none',
    'rds',
    'ModifyDBInstance',
    { dBInstanceIdentifier: 'd', domain: '' },
  ],
  // Deeper inside, empty text is what a whole configuration has for a setting that is not used.
  [
    'updated thing: thingId t, config.mode x',
    'newservice',
    'UpdateThing',
    { thingId: 't', config: { mode: 'x', comment: '' } },
  ],
  // Perhaps it is left out of the log.
  [
    'updated thing: thingId t, mode x',
    'newservice',
    'UpdateThing',
    { thingId: 't', mode: 'x', password: '' },
  ],
  // It is the name of the call.
  ['put bucket thing: bucketName b', 's3', 'PutBucketThing', { bucketName: 'b', thing: '' }],
  ['read things: mode x', 'newservice', 'ListThings', { mode: 'x', prefix: '' }],
])('%s', (sentence, service, eventName, requestParameters) =>
  expect(changeOf(callOf(service, eventName, { requestParameters })).sentence).toBe(sentence),
);
