import { describe, expect, it } from 'vitest';
import type { Change } from '../../../../src/change/change.js';
import type { Json } from '../../../../src/cloudtrail/json.js';
import { changeOf, ec2Call, lastingAfter, type Said } from '../../../support/change.js';

function said(name: string, request: Json, response: Json = null, service = 'rds'): Change {
  return changeOf({
    ...ec2Call(name, request, response),
    eventSource: `${service}.amazonaws.com`,
  });
}

const values = (fields: { readonly [name: string]: Json }): Json => ({
  dBSnapshotIdentifier: 's',
  attributeName: 'restore',
  ...fields,
});

describe('a sentence about databases', () => {
  it.each<Said>([
    [
      'created DB instance db (mysql, db.t3.micro) with a public address',
      'CreateDBInstance',
      { dBInstanceIdentifier: 'db', engine: 'mysql', dBInstanceClass: 'db.t3.micro' },
      { publiclyAccessible: true },
    ],
    [
      'restored DB instance db from snapshot s',
      'RestoreDBInstanceFromDBSnapshot',
      { dBInstanceIdentifier: 'db', dBSnapshotIdentifier: 's', publiclyAccessible: false },
    ],
    [
      'changed DB instance db: a public address, deletion protection off, a new master password, security groups sg-1, no automatic backups, port 1',
      'ModifyDBInstance',
      {
        dBInstanceIdentifier: 'db',
        publiclyAccessible: true,
        deletionProtection: false,
        masterUserPassword: '****',
        vpcSecurityGroupIds: ['sg-1'],
        backupRetentionPeriod: 0,
        port: 1,
        applyImmediately: true,
      },
    ],
    [
      'deleted DB instance db and its automated backups (final snapshot s)',
      'DeleteDBInstance',
      {
        dBInstanceIdentifier: 'db',
        skipFinalSnapshot: false,
        finalDBSnapshotIdentifier: 's',
        deleteAutomatedBackups: true,
      },
    ],
    [
      'deleted DB cluster c (no final snapshot)',
      'DeleteDBCluster',
      { dBClusterIdentifier: 'c', skipFinalSnapshot: true },
    ],
    [
      'shared DB snapshot s with 999988887777',
      'ModifyDBSnapshotAttribute',
      values({ valuesToAdd: ['999988887777'] }),
    ],
    [
      'shared DB cluster snapshot s with everyone',
      'ModifyDBClusterSnapshotAttribute',
      { dBClusterSnapshotIdentifier: 's', attributeName: 'restore', valuesToAdd: ['all'] },
    ],
    [
      'stopped sharing DB snapshot s with everyone',
      'ModifyDBSnapshotAttribute',
      values({ valuesToRemove: ['all'] }),
    ],
    [
      'copied DB snapshot arn:aws:rds:eu-west-1:999988887777:snapshot:s as t to eu-central-1',
      'CopyDBSnapshot',
      {
        sourceDBSnapshotIdentifier: 'arn:aws:rds:eu-west-1:999988887777:snapshot:s',
        targetDBSnapshotIdentifier: 't',
      },
    ],
    [
      'copied DB snapshot s as t with a key of account 999988887777',
      'CopyDBSnapshot',
      {
        sourceDBSnapshotIdentifier: 's',
        targetDBSnapshotIdentifier: 't',
        kmsKeyId: 'arn:aws:kms:eu-central-1:999988887777:key/1',
      },
    ],
    [
      'exported arn:aws:rds:eu-central-1:111111111111:snapshot:s to bucket loot',
      'StartExportTask',
      { sourceArn: 'arn:aws:rds:eu-central-1:111111111111:snapshot:s', s3BucketName: 'loot' },
    ],
    [
      'changed DB parameter group g (rds.force_ssl=0)',
      'ModifyDBParameterGroup',
      {
        dBParameterGroupName: 'g',
        parameters: [{ parameterName: 'rds.force_ssl', parameterValue: '0' }],
      },
    ],
    [
      'opened DB security group g to everyone (0.0.0.0/0)',
      'AuthorizeDBSecurityGroupIngress',
      { dBSecurityGroupName: 'g', cIDRIP: '0.0.0.0/0' },
    ],
  ])('%s', (sentence, name, request, response) =>
    expect(said(name, request, response).sentence).toBe(sentence),
  );

  it('says the same of the groups of other services', () => {
    const group = { eC2SecurityGroupName: 'web', eC2SecurityGroupOwnerId: '999988887777' };
    const redshift = said(
      'AuthorizeClusterSecurityGroupIngress',
      { clusterSecurityGroupName: 'g', ...group },
      null,
      'redshift',
    );
    expect(redshift.sentence).toBe('opened cluster security group g to web of 999988887777');
    expect(redshift.grantees).toEqual(['999988887777']);
    const cache = { cacheSecurityGroupName: 'g', ...group };
    const opened = said('AuthorizeCacheSecurityGroupIngress', cache, null, 'elasticache');
    const closed = said('RevokeCacheSecurityGroupIngress', cache, null, 'elasticache');
    expect(closed.ends).toEqual(opened.begins);
  });

  it('says with whom a cluster snapshot of Redshift is shared', () => {
    const access = { snapshotIdentifier: 's', accountWithRestoreAccess: '999988887777' };
    const shared = said('AuthorizeSnapshotAccess', access, null, 'redshift');
    expect(shared.sentence).toBe('shared cluster snapshot s with 999988887777');
    expect(shared.grantees).toEqual(['999988887777']);
    expect(said('RevokeSnapshotAccess', access, null, 'redshift').ends).toEqual(shared.begins);
  });

  it.each<[name: string, request: Json]>([
    ['DeleteClusterSnapshot', { snapshotIdentifier: 's' }],
    ['BatchDeleteClusterSnapshots', { identifiers: [{ snapshotIdentifier: 's' }] }],
  ])('ends the sharing of a cluster snapshot with %s', (name, request) => {
    const access = { snapshotIdentifier: 's', accountWithRestoreAccess: '999988887777' };
    const shared = said('AuthorizeSnapshotAccess', access, null, 'redshift');
    expect(lastingAfter(shared, said(name, request, null, 'redshift'))).toEqual([]);
  });

  it('does not end the sharing of a cluster snapshot that could not be deleted', () => {
    const access = { snapshotIdentifier: 's', accountWithRestoreAccess: '999988887777' };
    const shared = said('AuthorizeSnapshotAccess', access, null, 'redshift');
    const deleted = said(
      'BatchDeleteClusterSnapshots',
      { identifiers: [{ snapshotIdentifier: 's' }, { snapshotIdentifier: 't' }] },
      { errors: [{ snapshotIdentifier: 's', failureCode: 'x' }] },
      'redshift',
    );
    expect(deleted.sentence).toBe('deleted cluster snapshots t');
    expect(lastingAfter(shared, deleted)).toEqual(['shared with 999988887777']);
  });

  it('follows the account that may make endpoints for a cluster of Redshift', () => {
    const call = (name: string, vpcIds: readonly string[] = []) =>
      said(
        name,
        { clusterIdentifier: 'c', account: '999988887777', vpcIds: [...vpcIds] },
        null,
        'redshift',
      );
    const opened = call('AuthorizeEndpointAccess', ['vpc-1', 'vpc-2']);
    expect(opened.sentence).toBe(
      'let account 999988887777 reach cluster c from vpc-1, vpc-2 by endpoints of its own',
    );
    expect(opened.grantees).toEqual(['999988887777']);
    expect(lastingAfter(opened, call('RevokeEndpointAccess', ['vpc-1']))).toEqual([
      'reached by account 999988887777 from vpc-2',
    ]);
    expect(lastingAfter(opened, call('RevokeEndpointAccess'))).toEqual([]);
  });

  it.each<[sentence: string, name: string, request: Json]>([
    [
      'changed cluster c: a public address, security groups sg-1, encrypted true',
      'ModifyCluster',
      {
        clusterIdentifier: 'c',
        publiclyAccessible: true,
        vpcSecurityGroupIds: ['sg-1'],
        encrypted: true,
      },
    ],
    [
      'deleted cluster c (final snapshot s)',
      'DeleteCluster',
      { clusterIdentifier: 'c', finalClusterSnapshotIdentifier: 's' },
    ],
  ])('says of a warehouse: %s', (sentence, name, request) =>
    expect(said(name, request, null, 'redshift').sentence).toBe(sentence),
  );

  it('says who gets access, and begins what another call ends', () => {
    const shared = said(
      'ModifyDBSnapshotAttribute',
      values({ valuesToAdd: ['999988887777', 'all'] }),
    );
    expect(shared.grantees).toEqual(['999988887777']);
    expect(shared.exposure?.peer).toBe('everyone');
    const stopped = values({ valuesToRemove: ['999988887777', 'all'] });
    expect(said('ModifyDBSnapshotAttribute', stopped).ends).toEqual(shared.begins);
    const made = said('CreateDBSnapshot', { dBSnapshotIdentifier: 's', dBInstanceIdentifier: 's' });
    const deleted = said('DeleteDBSnapshot', { dBSnapshotIdentifier: 's' });
    expect(deleted.removes).toEqual(made.begins.map(({ resource }) => resource));
    // A name has no case, and an ARN means the same.
    for (const name of ['S', 'arn:aws:rds:eu-central-1:111111111111:snapshot:s'])
      expect(said('DeleteDBSnapshot', { dBSnapshotIdentifier: name }).removes).toEqual(
        deleted.removes,
      );
    // The instance of the same name is another resource.
    expect(said('DeleteDBInstance', { dBInstanceIdentifier: 's' }).removes).not.toEqual(
      deleted.removes,
    );
  });

  it('tells a public instance from another', () => {
    const change = (publiclyAccessible: Json): Change =>
      said('ModifyDBInstance', { dBInstanceIdentifier: 'db', publiclyAccessible });
    expect(change(true).exposure?.direction).toBe('ingress');
    expect(change(false).exposure).toBeNull();
    expect(change(false).ends).toEqual(change(true).begins);
    expect(said('CreateDBInstance', { dBInstanceIdentifier: 'db' }).exposure).toBeNull();
  });
});
