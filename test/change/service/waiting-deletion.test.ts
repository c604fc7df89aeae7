/** A deletion that waits for days can be taken back, and then all is as it was. */
import { expect, it } from 'vitest';
import type { Json } from '../../../src/cloudtrail/json.js';
import { callOf, changeOf } from '../../support/change.js';

const authority = {
  certificateAuthorityArn: 'arn:aws:acm-pca:eu-west-1:111111111111:certificate-authority/1',
};
const of = (service: string, eventName: string, requestParameters: Json) =>
  changeOf(callOf(service, eventName, { requestParameters }));

it.each<[service: string, deletes: string, restores: string, request: Json]>([
  ['secretsmanager', 'DeleteSecret', 'RestoreSecret', { secretId: 's' }],
  ['kms', 'ScheduleKeyDeletion', 'CancelKeyDeletion', { keyId: 'k' }],
  ['acm-pca', 'DeleteCertificateAuthority', 'RestoreCertificateAuthority', authority],
  ['quicksight', 'DeleteAnalysis', 'RestoreAnalysis', { analysisId: 'a' }],
  ['cloudhsm', 'DeleteBackup', 'RestoreBackup', { backupId: 'b' }],
  ['payment-cryptography', 'DeleteKey', 'RestoreKey', { keyIdentifier: 'k' }],
])('of %s: %s removes nothing yet, and %s makes nothing', (service, deletes, restores, request) => {
  const deleted = of(service, deletes, request);
  const restored = of(service, restores, request);
  expect(deleted.begins.map(({ what }) => what)).toEqual(['to be deleted']);
  expect(restored.ends).toEqual(deleted.begins);
  expect([...deleted.removes, ...deleted.ends, ...restored.removes]).toEqual([]);
  expect(restored.begins.filter(({ what }) => what === 'exists')).toEqual([]);
});

it.each<[service: string, deletes: string, request: Json]>([
  ['secretsmanager', 'DeleteSecret', { secretId: 's', forceDeleteWithoutRecovery: true }],
  ['quicksight', 'DeleteAnalysis', { analysisId: 'a', forceDeleteWithoutRecovery: true }],
  ['acm-pca', 'DeletePermission', { ...authority, permissionId: 'p' }],
])('of %s: %s removes at once', (service, deletes, request) =>
  expect(of(service, deletes, request).removes).toHaveLength(1),
);
