/** Whether what a call asked for happened. */
import { expect, test } from 'vitest';
import { outcomeOf, type OutcomeEvent } from '../../src/change/outcome.js';

const CALL: OutcomeEvent = {
  eventName: 'StopLogging',
  errorCode: null,
  errorMessage: null,
  requestParameters: null,
  responseElements: null,
};

test.each<[string, Partial<OutcomeEvent>, string]>([
  ['a call without an error', {}, 'succeeded'],
  ['an error', { errorCode: 'AccessDenied' }, 'failed'],
  ['a message without a code', { errorMessage: 'Failed authentication' }, 'failed'],
  [
    'a sign-in that failed',
    { eventName: 'ConsoleLogin', responseElements: { ConsoleLogin: 'Failure' } },
    'failed',
  ],
  [
    'a sign-in',
    { eventName: 'ConsoleLogin', responseElements: { ConsoleLogin: 'Success' } },
    'succeeded',
  ],
  [
    'a sign-in to the portal that failed',
    {
      eventName: 'CredentialVerification',
      serviceEventDetails: { CredentialVerification: 'Failure' },
    },
    'failed',
  ],
  [
    'a sign-in to the portal',
    { eventName: 'UserAuthentication', serviceEventDetails: { UserAuthentication: 'Success' } },
    'succeeded',
  ],
  ['a call of EC2 that did nothing', { responseElements: { _return: false } }, 'failed'],
  ['a call of EC2', { responseElements: { _return: true } }, 'succeeded'],
  [
    'a newer call of EC2 that did nothing',
    {
      eventName: 'ModifyVpcEndpoint',
      responseElements: { ModifyVpcEndpointResponse: { return: false } },
    },
    'failed',
  ],
  [
    'a fleet that was not deleted',
    {
      eventName: 'DeleteFleets',
      responseElements: {
        DeleteFleetsResponse: {
          successfulFleetDeletionSet: '',
          unsuccessfulFleetDeletionSet: { item: { fleetId: 'fleet-1' } },
        },
      },
    },
    'failed',
  ],
  [
    'a call of which all failed',
    {
      eventName: 'DeleteFlowLogs',
      requestParameters: { DeleteFlowLogsRequest: { FlowLogId: { tag: 1, content: 'fl-1' } } },
      responseElements: {
        DeleteFlowLogsResponse: { unsuccessful: { item: { resourceId: 'fl-1' } } },
      },
    },
    'failed',
  ],
  [
    'a call of which a part failed',
    {
      eventName: 'RemoveTargets',
      requestParameters: { rule: 'r', ids: ['1', '2'] },
      responseElements: { failedEntryCount: 1, failedEntries: [{ targetId: '1' }] },
    },
    'succeeded',
  ],
  [
    'a desktop that was not terminated',
    {
      eventName: 'TerminateWorkspaces',
      requestParameters: { terminateWorkspaceRequests: [{ workspaceId: 'ws-1' }] },
      responseElements: { failedRequests: [{ workspaceId: 'ws-1', errorCode: 'x' }] },
    },
    'failed',
  ],
  [
    'desktops of which one was not made',
    {
      eventName: 'CreateWorkspaces',
      requestParameters: { workspaces: [{ userName: 'ann' }, { userName: 'zoe' }] },
      responseElements: {
        failedRequests: [{ workspaceRequest: { userName: 'ann' }, errorCode: 'x' }],
        pendingRequests: [{ workspaceId: 'ws-2' }],
      },
    },
    'succeeded',
  ],
  [
    'tags that were not set',
    {
      eventName: 'TagResources',
      requestParameters: { resourceARNList: ['arn:aws:s3:::b'], tags: { a: 'b' } },
      responseElements: { failedResourcesMap: { 'arn:aws:s3:::b': { statusCode: 400 } } },
    },
    'failed',
  ],
  [
    'a table of Glue that was not deleted',
    {
      eventName: 'BatchDeleteTable',
      requestParameters: { databaseName: 'd', tablesToDelete: ['t'] },
      responseElements: { errors: [{ tableName: 't', errorDetail: { errorCode: 'x' } }] },
    },
    'failed',
  ],
  [
    'a connection of Glue that was not deleted',
    {
      eventName: 'BatchDeleteConnection',
      requestParameters: { connectionNameList: ['c'] },
      responseElements: { succeeded: [], errors: { c: { errorCode: 'x' } } },
    },
    'failed',
  ],
  [
    'a secret that was not associated',
    {
      eventName: 'BatchAssociateScramSecret',
      requestParameters: { clusterArn: 'a', secretArnList: ['s'] },
      responseElements: { unprocessedScramSecrets: [{ secretArn: 's', errorCode: 'x' }] },
    },
    'failed',
  ],
  [
    'a build that was not deleted',
    {
      eventName: 'BatchDeleteBuilds',
      requestParameters: { ids: ['p:1'] },
      responseElements: { buildsDeleted: [], buildsNotDeleted: [{ id: 'p:1' }] },
    },
    'failed',
  ],
  [
    'users whom QuickSight does not know',
    {
      eventName: 'BatchCreateUser',
      serviceEventDetails: { eventResponseDetails: { validUsers: [], InvalidUsers: ['ann'] } },
    },
    'failed',
  ],
  [
    'users of whom QuickSight knows one',
    {
      eventName: 'BatchCreateUser',
      serviceEventDetails: {
        eventResponseDetails: { validUsers: ['zoe'], InvalidUsers: ['ann'] },
      },
    },
    'succeeded',
  ],
  [
    'a task that did not start',
    {
      eventName: 'RunTask',
      responseElements: { tasks: [], failures: [{ reason: 'RESOURCE:CPU' }] },
    },
    'failed',
  ],
  [
    'an assignment that was not made',
    {
      eventName: 'CreateAccountAssignment',
      responseElements: { accountAssignmentCreationStatus: { status: 'FAILED' } },
    },
    'failed',
  ],
  [
    'a rule revoked that the group did not have',
    {
      eventName: 'RevokeSecurityGroupIngress',
      requestParameters: { groupId: 'sg-1', ipProtocol: 'tcp', fromPort: 22, cidrIp: '0.0.0.0/0' },
      responseElements: {
        _return: true,
        unknownIpPermissionSet: { items: [{ ipProtocol: 'tcp', ipRanges: ['0.0.0.0/0'] }] },
      },
    },
    'failed',
  ],
])('%s', (_name, own, outcome) => {
  expect(outcomeOf({ ...CALL, ...own })).toBe(outcome);
});

const errors = [{ tableName: 't', errorDetail: { errorCode: 'x' } }];
const HIDDEN = 'HIDDEN_DUE_TO_SECURITY_REASONS';

test.each<[string, Partial<OutcomeEvent>]>([
  [
    'cut',
    {
      eventName: 'BatchDeleteTable',
      requestParameters: { reason: 'requestParameters too large', omitted: true },
      responseElements: { errors },
    },
  ],
  ['left out', { eventName: 'BatchDeleteTable', responseElements: { errors } }],
  [
    'empty in its list',
    {
      eventName: 'BatchDeleteTable',
      requestParameters: { databaseName: 'd', tablesToDelete: [] },
      responseElements: { errors },
    },
  ],
  [
    'hidden',
    {
      eventName: 'BatchAssociateUserStack',
      requestParameters: { userStackAssociations: HIDDEN },
      responseElements: { errors: [{ userStackAssociation: { stackName: 's' } }] },
    },
  ],
  [
    'cut, of rules of a security group',
    {
      eventName: 'RevokeSecurityGroupIngress',
      requestParameters: { omitted: true },
      responseElements: {
        _return: true,
        unknownIpPermissionSet: { items: [{ ipProtocol: 'tcp', ipRanges: ['0.0.0.0/0'] }] },
      },
    },
  ],
])('a batch of which something failed and whose request is %s may have done the rest', (_, own) => {
  expect(outcomeOf({ ...CALL, ...own })).toBe('succeeded');
});
