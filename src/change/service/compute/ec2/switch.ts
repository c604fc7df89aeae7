/** Settings of a whole account and region that are switched on and off. */
import { accountsIn } from '../../../request/account.js';
import type { ChangeEvent, Description } from '../../../change.js';
import type { Describers } from '../../../describers.js';
import { phrase } from '../../../sentence.js';
import { shortId } from './details.js';
import { requestOf, text } from '../../../request/ec2-shape.js';

interface Setting {
  readonly name: string;
  readonly words: string;
  /** Of a protection, off is worth watching; of a way in, on is. */
  readonly watched: 'on' | 'off';
}

const SETTINGS: readonly Setting[] = [
  { name: 'EbsEncryptionByDefault', words: 'EBS encryption by default', watched: 'off' },
  { name: 'SerialConsoleAccess', words: 'access to the serial consoles', watched: 'on' },
  { name: 'ImageBlockPublicAccess', words: 'block of public AMIs', watched: 'off' },
  { name: 'SnapshotBlockPublicAccess', words: 'block of public snapshots', watched: 'off' },
  { name: 'AllowedImagesSettings', words: 'limit to allowed AMIs', watched: 'off' },
];

const VPC_BLOCK: Setting = {
  name: 'VpcBlockPublicAccessOptions',
  words: 'block of public access to VPCs',
  watched: 'off',
};

export const switches: Describers = {
  ...Object.fromEntries(
    SETTINGS.flatMap((setting) => [
      [`Enable${setting.name}`, (event: ChangeEvent) => describeSwitch(event, setting, true)],
      [`Disable${setting.name}`, (event: ChangeEvent) => describeSwitch(event, setting, false)],
    ]),
  ),
  ModifyEbsDefaultKmsKeyId: describeKey,
  ResetEbsDefaultKmsKeyId: describeKey,
  ModifyVpcBlockPublicAccessOptions: (event) => {
    const mode = text(requestOf(event), 'internetGatewayBlockMode');
    return mode === undefined ? undefined : describeSwitch(event, VPC_BLOCK, mode !== 'off');
  },
};

function describeSwitch(event: ChangeEvent, { words, watched }: Setting, on: boolean): Description {
  const mode = text(
    requestOf(event),
    'imageBlockPublicAccessState',
    'state',
    'allowedImagesSettingsState',
    'internetGatewayBlockMode',
  );
  const region = event.awsRegion ?? undefined;
  const state = {
    resource: phrase(event.recipientAccountId ?? undefined, region),
    what: `${words} ${watched}`,
  };
  // It names what it would stop, and lets it pass.
  if (on && mode === 'audit-mode')
    return {
      verb: 'set',
      object: phrase(words, region && `in ${shortId(region)}`, `to ${mode}`),
      begins: [state],
    };
  return {
    verb: on ? 'switch on' : 'switch off',
    object: phrase(
      words,
      region && `in ${shortId(region)}`,
      mode && on ? `(${shortId(mode)})` : undefined,
    ),
    ...(on === (watched === 'on') ? { begins: [state] } : { ends: [state] }),
  };
}

/** Whoever has the key can read the disks: another account's key locks their owner out. */
function describeKey(event: ChangeEvent): Description {
  const key = text(requestOf(event), 'kmsKeyId') ?? "AWS's own key";
  const [account] = accountsIn([key], event.recipientAccountId);
  return {
    verb: 'change',
    object: phrase(
      'the default key of EBS encryption',
      event.awsRegion === null ? undefined : `in ${shortId(event.awsRegion)}`,
      `to ${shortId(key)}`,
      account && `of account ${account}`,
    ),
    resources: [{ type: 'KMS key', id: key, name: null }],
  };
}
