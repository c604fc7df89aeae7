/** Connections of networks that one side offers and the other accepts: VPC peering, transit gateways; and their changes. */
import type { Json } from '../../../../../cloudtrail/json.js';
import type { ChangeEvent, Description } from '../../../../change.js';
import type { Describers } from '../../../../describers.js';
import { phrase } from '../../../../sentence.js';
import type { Verb } from '../../../../verb.js';
import { otherAccount, resource, shortId } from '../details.js';
import { field, requestOf, responseOf, text } from '../../../../request/ec2-shape.js';

const PEERING = { type: 'VPC peering', id: 'vpcPeeringConnectionId' };
const ATTACHMENT = { type: 'transit gateway attachment', id: 'transitGatewayAttachmentId' };
const TRANSIT_PEERING = { ...ATTACHMENT, type: 'transit gateway peering' };

export const connections: Describers = {
  AcceptVpcPeeringConnection: (event) => describeAnswer(event, 'accept', PEERING),
  RejectVpcPeeringConnection: (event) => describeAnswer(event, 'reject', PEERING),
  AcceptTransitGatewayVpcAttachment: (event) => describeAnswer(event, 'accept', ATTACHMENT),
  RejectTransitGatewayVpcAttachment: (event) => describeAnswer(event, 'reject', ATTACHMENT),
  AcceptTransitGatewayPeeringAttachment: (event) =>
    describeAnswer(event, 'accept', TRANSIT_PEERING),
  RejectTransitGatewayPeeringAttachment: (event) =>
    describeAnswer(event, 'reject', TRANSIT_PEERING),
};

/** Both sides are in the response. One of them is the other account. */
function describeAnswer(
  event: ChangeEvent,
  verb: Verb,
  { type, id }: { readonly type: string; readonly id: string },
): Description | undefined {
  const request = requestOf(event);
  const answer =
    field(
      responseOf(event),
      'vpcPeeringConnection',
      'transitGatewayVpcAttachment',
      'transitGatewayPeeringAttachment',
    ) ?? null;
  const connection = text(request, id) ?? text(answer, id);
  if (connection === undefined) return undefined;
  const sides = [
    field(answer, 'requesterVpcInfo', 'requesterTgwInfo'),
    field(answer, 'accepterVpcInfo', 'accepterTgwInfo'),
  ].filter((side): side is Json => side !== undefined);
  const accounts = [...sides, answer].flatMap(
    (side) => otherAccount(side, event, 'ownerId', 'vpcOwnerId') ?? [],
  );
  const networks = sides.flatMap((side) => text(side, 'vpcId', 'transitGatewayId') ?? []);
  const account = accounts[0];
  return {
    verb,
    object: phrase(
      type,
      shortId(connection),
      networks.length === 0 ? undefined : `of ${networks.map(shortId).join(' and ')}`,
      account && `with account ${account}`,
    ),
    resources: [resource(type, connection)],
    ...(verb === 'reject' && { removes: [connection] }),
    ...(verb === 'accept' &&
      account !== undefined && {
        grantees: [account],
        begins: [{ resource: connection, what: `open to account ${account}` }],
      }),
  };
}
