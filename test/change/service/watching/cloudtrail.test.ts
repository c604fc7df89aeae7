import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../src/cloudtrail/json.js';
import { callOf, changeOf, type Said } from '../../../support/change.js';

const arn = 'arn:aws:cloudtrail:eu-central-1:111111111111:trail/t';
const call = (name: string, requestParameters: Json, responseElements: Json = null) =>
  changeOf(callOf('cloudtrail', name, { requestParameters, responseElements }));

const classic = (fields: { readonly [name: string]: Json }): Json => ({
  trailName: 't',
  eventSelectors: [
    { readWriteType: 'All', includeManagementEvents: true, dataResources: [], ...fields },
  ],
});
const advanced = (...fields: readonly (readonly [string, Json])[]): Json => ({
  trailName: arn,
  advancedEventSelectors: [
    {
      fieldSelectors: fields.map(([field, rest]) => ({
        field,
        ...(rest as { readonly [name: string]: Json }),
      })),
    },
  ],
});
const all = [{ type: 'AWS::S3::Object', values: ['arn:aws:s3'] }];
const management = ['eventCategory', { equals: ['Management'] }] as const;

describe('changes of trails', () => {
  it.each<Said>([
    ['switched off logging of trail t', 'StopLogging', { name: arn }],
    ['switched on logging of trail t', 'StartLogging', { name: 't' }],
    [
      'created trail t: logging in all regions on, bucket b',
      'CreateTrail',
      { name: 't', s3BucketName: 'b', isMultiRegionTrail: true, includeGlobalServiceEvents: true },
    ],
    ['deleted trail t', 'DeleteTrail', { name: arn }],
    [
      'changed trail t: log validation off, logging in all regions off, bucket b, no key',
      'UpdateTrail',
      {
        name: 't',
        s3BucketName: 'b',
        enableLogFileValidation: false,
        isMultiRegionTrail: false,
        kmsKeyId: '',
      },
    ],
    [
      'switched off management events of trail t',
      'PutEventSelectors',
      classic({
        includeManagementEvents: false,
        dataResources: [{ type: 'AWS::S3::Object', values: [] }],
      }),
    ],
    [
      'switched off management events of trail t; data events of AWS::S3::Object',
      'PutEventSelectors',
      classic({
        includeManagementEvents: false,
        dataResources: [{ type: 'AWS::S3::Object', values: ['arn:aws:s3'] }],
      }),
    ],
    [
      'set what trail t logs: all management events; no data events',
      'PutEventSelectors',
      classic({}),
    ],
    [
      'set what trail t logs: only read management events; no data events',
      'PutEventSelectors',
      classic({ readWriteType: 'ReadOnly' }),
    ],
    [
      'set what trail t logs: management events without those of kms.amazonaws.com; no data events',
      'PutEventSelectors',
      classic({ excludeManagementEventSources: ['kms.amazonaws.com'] }),
    ],
    [
      'set what trail t logs: all management events; no data events',
      'PutEventSelectors',
      advanced(management),
    ],
    [
      'set what trail t logs: only write management events; no data events',
      'PutEventSelectors',
      advanced(management, ['readOnly', { equals: ['false'] }]),
    ],
    [
      'set what trail t logs: only management events of iam.amazonaws.com; no data events',
      'PutEventSelectors',
      advanced(management, ['eventSource', { equals: ['iam.amazonaws.com'] }]),
    ],
    [
      'set what trail t logs: management events without eventName StopLogging and without userIdentity.arn x*; no data events',
      'PutEventSelectors',
      advanced(
        management,
        ['eventName', { notEquals: ['StopLogging'] }],
        ['userIdentity.arn', { notStartsWith: ['x'] }],
      ),
    ],
    [
      'switched off management events of trail t; data events of AWS::S3::Object (only write, without resources.ARN arn:aws:s3:::b/secret/*)',
      'PutEventSelectors',
      advanced(
        ['eventCategory', { equals: ['Data'] }],
        ['readOnly', { equals: ['false'] }],
        ['resources.type', { equals: ['AWS::S3::Object'] }],
        ['resources.ARN', { notStartsWith: ['arn:aws:s3:::b/secret/'] }],
      ),
    ],
    [
      'set what trail t logs: all management events; data events of AWS::S3::Object (only arn:aws:s3:::b/)',
      'PutEventSelectors',
      classic({ dataResources: [{ type: 'AWS::S3::Object', values: ['arn:aws:s3:::b/'] }] }),
    ],
    [
      'set what trail t logs: all management events; no data events',
      'PutEventSelectors',
      {
        trailName: 't',
        eventSelectors: [{ readWriteType: 'ReadOnly' }, { readWriteType: 'WriteOnly' }],
      },
    ],
    [
      'switched off management events of trail t; data events of NetworkActivity (of s3.amazonaws.com)',
      'PutEventSelectors',
      advanced(
        ['eventCategory', { equals: ['NetworkActivity'] }],
        ['eventSource', { equals: ['s3.amazonaws.com'] }],
      ),
    ],
    [
      'switched off management events of trail t; data events of AWS::S3::Object',
      'PutEventSelectors',
      advanced(
        ['eventCategory', { equals: ['Data'] }],
        ['resources.type', { equals: ['AWS::S3::Object'] }],
      ),
    ],
    [
      'switched off management events of trail t',
      'PutEventSelectors',
      { trailName: 't', advancedEventSelectors: [] },
    ],
    [
      'set insights of trail t: none',
      'PutInsightSelectors',
      { trailName: 't', insightSelectors: [] },
    ],
    [
      'switched off ingestion of event data store 12-34',
      'StopEventDataStoreIngestion',
      { eventDataStore: 'arn:aws:cloudtrail:eu-central-1:111111111111:eventdatastore/12-34' },
    ],
    [
      'changed event data store 12-34: management events off; no data events, protection from deletion off, events kept for 7 days',
      'UpdateEventDataStore',
      {
        eventDataStore: '12-34',
        advancedEventSelectors: [],
        terminationProtectionEnabled: false,
        retentionPeriod: 7,
      },
    ],
    [
      "gave account 222222222222 the management of the organization's trails",
      'RegisterOrganizationDelegatedAdmin',
      { memberAccountId: '222222222222' },
    ],
  ])('%s', (sentence, name, request) => expect(call(name, request).sentence).toBe(sentence));

  it.each<[string, Json, string, Json]>([
    ['StopLogging', { name: 't' }, 'StartLogging', { name: arn }],
    [
      'PutEventSelectors',
      classic({ includeManagementEvents: false }),
      'PutEventSelectors',
      {
        trailName: 't',
        eventSelectors: [{ dataResources: all }],
      },
    ],
    [
      'UpdateEventDataStore',
      { eventDataStore: '1', advancedEventSelectors: [] },
      'UpdateEventDataStore',
      {
        eventDataStore: '1',
        eventSelectors: [{ dataResources: all }],
      },
    ],
    [
      'PutEventSelectors',
      classic({ readWriteType: 'WriteOnly', dataResources: all }),
      'PutEventSelectors',
      classic({}),
    ],
    [
      'UpdateTrail',
      { name: 't', enableLogFileValidation: false },
      'UpdateTrail',
      { name: arn, enableLogFileValidation: true },
    ],
    ['CreateTrail', { name: 't' }, 'DeleteTrail', { name: arn }],
    [
      'StopEventDataStoreIngestion',
      { eventDataStore: '1' },
      'StartEventDataStoreIngestion',
      { eventDataStore: '1' },
    ],
    [
      'DeleteEventDataStore',
      { eventDataStore: '1' },
      'RestoreEventDataStore',
      { eventDataStore: '1' },
    ],
  ])('%s is undone by its opposite', (name, request, opposite, undone) => {
    const { begins } = call(name, request);
    expect(begins).not.toEqual([]);
    expect(call(opposite, undone).ends).toEqual(expect.arrayContaining([...begins]));
  });

  it('takes no trail that is made or started for one that is switched off', () => {
    for (const name of ['CreateTrail', 'StartLogging'])
      expect(call(name, { name: 't' }).begins.filter(({ what }) => what.includes('off'))).toEqual(
        [],
      );
  });

  it('ends all states of a deleted trail', () => {
    const { removes } = call('DeleteTrail', { name: arn });
    expect(removes).toEqual([call('StopLogging', { name: 't' }).begins[0]?.resource]);
  });
});
