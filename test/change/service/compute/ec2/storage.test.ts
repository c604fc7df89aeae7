import { describe, expect, it } from 'vitest';
import type { Json } from '../../../../../src/cloudtrail/json.js';
import { changeOf, ec2Call, type Said } from '../../../../support/change.js';

const snapshot = (what: 'add' | 'remove', ...peers: readonly Json[]): Json => ({
  snapshotId: 'snap-1',
  createVolumePermission: { [what]: { items: peers } },
  attributeType: 'CREATE_VOLUME_PERMISSION',
});

describe('a sentence about images, snapshots and settings', () => {
  it.each<Said>([
    [
      'shared AMI ami-1 with 012345678901',
      'ModifyImageAttribute',
      { imageId: 'ami-1', launchPermission: { add: { items: [{ userId: '012345678901' }] } } },
    ],
    [
      'shared snapshot snap-1 with everyone, 999988887777',
      'ModifySnapshotAttribute',
      snapshot('add', { userId: '999988887777' }, { group: 'all' }),
    ],
    [
      'stopped sharing snapshot snap-1 with 999988887777',
      'ModifySnapshotAttribute',
      snapshot('remove', { userId: '999988887777' }),
    ],
    [
      'shared AMI ami-1 with arn:aws:organizations::999988887777:organization/o-1 and no longer with 111122223333',
      'ModifyImageAttribute',
      {
        imageId: 'ami-1',
        launchPermission: {
          add: [{ organizationArn: 'arn:aws:organizations::999988887777:organization/o-1' }],
          remove: [{ userId: '111122223333' }],
        },
      },
    ],
    [
      'shared snapshot snap-1 with everyone, 999988887777',
      'ModifySnapshotAttribute',
      {
        snapshotId: 'snap-1',
        operationType: 'add',
        userGroups: ['all'],
        userIds: ['999988887777'],
      },
    ],
    [
      'shared FPGA image afi-1 with everyone',
      'ModifyFpgaImageAttribute',
      {
        ModifyFpgaImageAttributeRequest: {
          FpgaImageId: 'afi-1',
          LoadPermission: { Add: { tag: 1, Group: 'all' } },
        },
      },
    ],
    [
      'changed AMI ami-1: description.value x',
      'ModifyImageAttribute',
      { imageId: 'ami-1', 'description.value': 'x' },
    ],
    [
      'stopped sharing AMI ami-1 with anyone',
      'ResetImageAttribute',
      { imageId: 'ami-1', attribute: 'launchPermission' },
    ],
    [
      'copied snapshot snap-1 from eu-west-1 to eu-central-1 as snap-2',
      'CopySnapshot',
      { sourceRegion: 'eu-west-1', sourceSnapshotId: 'snap-1' },
      { snapshotId: 'snap-2' },
    ],
    [
      'registered AMI ami-1 "copy" from snap-1',
      'RegisterImage',
      { name: 'copy', blockDeviceMapping: { items: [{ ebs: { snapshotId: 'snap-1' } }] } },
      { imageId: 'ami-1' },
    ],
    [
      'exported AMI ami-1 to bucket loot',
      'CreateStoreImageTask',
      { CreateStoreImageTaskRequest: { ImageId: 'ami-1', Bucket: 'loot' } },
    ],
    [
      'switched off EBS encryption by default in eu-central-1',
      'DisableEbsEncryptionByDefault',
      { DisableEbsEncryptionByDefaultRequest: '' },
    ],
    [
      'copied snapshot snap-1 to eu-central-1 with a key of account 999988887777',
      'CopySnapshot',
      {
        sourceSnapshotId: 'snap-1',
        encrypted: true,
        kmsKeyId: 'arn:aws:kms:eu-central-1:999988887777:key/1',
      },
    ],
    [
      'set limit to allowed AMIs in eu-central-1 to audit-mode',
      'EnableAllowedImagesSettings',
      { EnableAllowedImagesSettingsRequest: { AllowedImagesSettingsState: 'audit-mode' } },
    ],
    [
      'switched on block of public snapshots in eu-central-1 (block-all-sharing)',
      'EnableSnapshotBlockPublicAccess',
      { EnableSnapshotBlockPublicAccessRequest: { State: 'block-all-sharing' } },
    ],
    [
      'tagged ami-1: a=b',
      'CreateTags',
      {
        resourcesSet: { items: [{ resourceId: 'ami-1' }] },
        tagSet: { items: [{ key: 'a', value: 'b' }] },
      },
    ],
    [
      'switched on public addresses for new instances in subnet-1',
      'ModifySubnetAttribute',
      { subnetId: 'subnet-1', mapPublicIpOnLaunch: { value: true } },
    ],
    [
      'changed the default key of EBS encryption in eu-central-1 to arn:aws:kms:eu-central-1:999988887777:key/1 of account 999988887777',
      'ModifyEbsDefaultKmsKeyId',
      {
        ModifyEbsDefaultKmsKeyIdRequest: {
          KmsKeyId: 'arn:aws:kms:eu-central-1:999988887777:key/1',
        },
      },
    ],
  ])('%s', (sentence, name, request, response) =>
    expect(changeOf(ec2Call(name, request, response)).sentence).toBe(sentence),
  );

  it('says what was made of a shared snapshot, which nobody of the account asked for', () => {
    const used = ec2Call('SharedSnapshotVolumeCreated', null);
    const { sentence } = changeOf({ ...used, serviceEventDetails: { snapshotId: 'snap-1' } });
    expect(sentence).toBe('created volume from shared snapshot snap-1');
    const copied = changeOf({
      ...ec2Call('SharedSnapshotCopyInitiated', null),
      userIdentity: { accountId: '999988887777', invokedBy: 'ec2.amazonaws.com' },
      serviceEventDetails: { snapshotId: 'snap-1' },
    });
    expect(copied.sentence).toBe('copied shared snapshot snap-1 in account 999988887777');
    expect(copied.grantees).toEqual(['999988887777']);
  });

  it('says who gets access, and begins what another call ends', () => {
    const shared = changeOf(
      ec2Call(
        'ModifySnapshotAttribute',
        snapshot('add', { userId: '999988887777' }, { userId: '111111111111' }, { group: 'all' }),
      ),
    );
    expect(shared.exposure).toEqual({ peer: 'everyone', direction: 'ingress' });
    expect(shared.grantees).toEqual(['999988887777']);
    const stopped = ec2Call(
      'ModifySnapshotAttribute',
      snapshot('remove', { group: 'all' }, { userId: '999988887777' }, { userId: '111111111111' }),
    );
    expect(changeOf(stopped)).toMatchObject({ exposure: null, grantees: [], ends: shared.begins });
  });

  it('ends all shares with a reset', () => {
    const shared = changeOf(
      ec2Call(
        'ModifySnapshotAttribute',
        snapshot('add', { userId: '999988887777' }, { group: 'all' }),
      ),
    );
    const reset = changeOf(ec2Call('ResetSnapshotAttribute', { snapshotId: 'snap-1' }));
    expect(shared.begins.map(({ part }) => [part])).toEqual([reset.removes, reset.removes]);
  });

  it('does not count as a limit what only watches', () => {
    const request = { allowedImagesSettingsState: 'audit-mode' };
    const { begins, ends } = changeOf(ec2Call('EnableAllowedImagesSettings', request));
    expect([begins.map(({ what }) => what), ends]).toEqual([['limit to allowed AMIs off'], []]);
  });

  it('names the account of an organization that gets access', () => {
    const organizationArn = 'arn:aws:organizations::999988887777:organization/o-1';
    const { grantees } = changeOf(
      ec2Call('ModifyImageAttribute', {
        imageId: 'ami-1',
        launchPermission: { add: [{ organizationArn }] },
      }),
    );
    expect(grantees).toEqual(['999988887777']);
  });

  it.each([
    ['DisableEbsEncryptionByDefault', 'EnableEbsEncryptionByDefault'],
    ['EnableSerialConsoleAccess', 'DisableSerialConsoleAccess'],
    ['DisableImageBlockPublicAccess', 'EnableImageBlockPublicAccess'],
    ['DisableAllowedImagesSettings', 'EnableAllowedImagesSettings'],
  ])('%s begins what %s ends', (first, second) => {
    const { begins } = changeOf(ec2Call(first, null));
    expect(begins).toHaveLength(1);
    expect(changeOf(ec2Call(second, null)).ends).toEqual(begins);
  });
});
