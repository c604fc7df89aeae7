/** Copies of data that leave an account: exports of tables of DynamoDB, and copies of backups. Nothing brings back what another account has. */
import { accountOf, accountsIn } from '../../request/account.js';
import type { Description } from '../../change.js';
import type { Describers } from '../../describers.js';
import { detail, named, resourceName } from '../../request/call.js';
import { textMember } from '../../request/request.js';
import { shortened } from '../../sentence.js';
import { about, type Subject } from '../../request/subject.js';

const tableOf = named('table', 'tableArn');
const recoveryPointOf = named('recovery point', 'recoveryPointArn');

export const tableExports: Describers = {
  ExportTableToPointInTime: about(tableOf, (table, event) => {
    const { requestParameters: request, recipientAccountId: own } = event;
    const bucket = textMember(request, 's3Bucket');
    if (bucket === undefined) return undefined;
    const owner = accountOf(textMember(request, 's3BucketOwner'));
    return {
      verb: 'export',
      object: `${table.text} to bucket ${shortened(bucket)}${of(owner, own)}${detail(' in ', textMember(request, 's3Prefix'))}`,
      ...handedOver(table, `in bucket ${bucket}`, owner === own ? undefined : owner),
    };
  }),
};

export const backupCopies: Describers = {
  StartCopyJob: about(recoveryPointOf, (point, event) => {
    const { requestParameters: request, recipientAccountId: own } = event;
    const arn = textMember(request, 'destinationBackupVaultArn');
    if (arn === undefined) return undefined;
    const [owner] = accountsIn([arn], own);
    const vault = resourceName(arn);
    const from = detail(' from backup vault ', textMember(request, 'sourceBackupVaultName'));
    return {
      verb: 'start',
      object: `copy of ${point.text}${from} to backup vault ${shortened(vault)}${of(owner, own)}`,
      ...handedOver(point, `in backup vault ${vault}`, owner),
    };
  }),
};

function of(owner: string | undefined, own: string | null): string {
  return owner === undefined || owner === own ? '' : ` of account ${owner}`;
}

/** The copy is a thing of its own: it stays where it is when the original is deleted. */
function handedOver(
  { key }: Subject,
  where: string,
  owner: string | undefined,
): Pick<Description, 'grantees' | 'begins'> {
  if (owner === undefined) return {};
  return {
    grantees: [owner],
    begins: [{ resource: `copy of ${key}`, what: `${where} of account ${owner}` }],
  };
}
