/** What is attached to, or associated with, something else, and taken off again. */
import type { Json } from '../../../../cloudtrail/json.js';
import type { ChangeEvent, Description } from '../../../change.js';
import type { Describers } from '../../../describers.js';
import { phrase } from '../../../sentence.js';
import type { Verb } from '../../../verb.js';
import { resource, shortId } from './details.js';
import { field, requestOf, responseOf, text } from '../../../request/ec2-shape.js';

interface Attachment {
  readonly on: readonly [eventName: string, verb: Verb];
  readonly off: readonly [eventName: string, verb: Verb];
  readonly type: string;
  readonly ids: readonly string[];
  /** What it is attached to, and the words before: `to`, `from`. */
  readonly others: readonly string[];
  readonly words: readonly [on: string, off: string];
  /** The ID of the attachment, which may be all that the second call names. */
  readonly key?: string;
  /** What the state says, if not `attached to`. */
  readonly word?: string;
}

const ATTACHMENTS: readonly Attachment[] = [
  {
    on: ['AttachInternetGateway', 'attach'],
    off: ['DetachInternetGateway', 'detach'],
    type: 'internet gateway',
    ids: ['internetGatewayId'],
    others: ['vpcId'],
    words: ['to', 'from'],
  },
  {
    on: ['AttachVpnGateway', 'attach'],
    off: ['DetachVpnGateway', 'detach'],
    type: 'VPN gateway',
    ids: ['vpnGatewayId'],
    others: ['vpcId'],
    words: ['to', 'from'],
  },
  {
    on: ['AttachVolume', 'attach'],
    off: ['DetachVolume', 'detach'],
    type: 'volume',
    ids: ['volumeId'],
    others: ['instanceId'],
    words: ['to', 'from'],
  },
  {
    on: ['AttachNetworkInterface', 'attach'],
    off: ['DetachNetworkInterface', 'detach'],
    type: 'network interface',
    ids: ['networkInterfaceId'],
    others: ['instanceId'],
    words: ['to', 'from'],
    key: 'attachmentId',
  },
  {
    on: ['AssociateRouteTable', 'associate'],
    off: ['DisassociateRouteTable', 'disassociate'],
    type: 'route table',
    ids: ['routeTableId'],
    others: ['subnetId', 'gatewayId'],
    words: ['with', 'from'],
    key: 'associationId',
  },
  {
    on: ['AssociateTransitGatewayRouteTable', 'associate'],
    off: ['DisassociateTransitGatewayRouteTable', 'disassociate'],
    type: 'transit gateway route table',
    ids: ['transitGatewayRouteTableId'],
    others: ['transitGatewayAttachmentId'],
    words: ['with', 'from'],
  },
  {
    on: ['EnableTransitGatewayRouteTablePropagation', 'switch on'],
    off: ['DisableTransitGatewayRouteTablePropagation', 'switch off'],
    type: 'propagation to transit gateway route table',
    ids: ['transitGatewayRouteTableId'],
    others: ['transitGatewayAttachmentId', 'transitGatewayRouteTableAnnouncementId'],
    words: ['from', 'from'],
    word: 'propagation from',
  },
  {
    on: ['EnableVgwRoutePropagation', 'switch on'],
    off: ['DisableVgwRoutePropagation', 'switch off'],
    type: 'propagation to route table',
    ids: ['routeTableId'],
    others: ['gatewayId'],
    words: ['from', 'from'],
    word: 'propagation from',
  },
  {
    on: ['AssociateAddress', 'associate'],
    off: ['DisassociateAddress', 'disassociate'],
    type: 'address',
    ids: ['allocationId', 'publicIp'],
    others: ['instanceId', 'networkInterfaceId'],
    words: ['with', 'from'],
    key: 'associationId',
  },
  {
    on: ['AssociateVpcCidrBlock', 'associate'],
    off: ['DisassociateVpcCidrBlock', 'disassociate'],
    type: 'address range',
    ids: ['cidrBlock', 'ipv6CidrBlock', 'ipv6Pool'],
    others: ['vpcId'],
    words: ['with', 'from'],
    key: 'associationId',
  },
  {
    on: ['AssociateSecurityGroupVpc', 'associate'],
    off: ['DisassociateSecurityGroupVpc', 'disassociate'],
    type: 'security group',
    ids: ['groupId'],
    others: ['vpcId'],
    words: ['with', 'from'],
  },
];

export const attachments: Describers = Object.fromEntries(
  ATTACHMENTS.flatMap((attachment) =>
    ([attachment.on, attachment.off] as const).map(([name, verb], index) => [
      name,
      (event: ChangeEvent) => describe(event, attachment, { verb, on: index === 0 }),
    ]),
  ),
);

function describe(
  event: ChangeEvent,
  { type, ids, others, words, key, word = 'attached to' }: Attachment,
  { verb, on }: { readonly verb: Verb; readonly on: boolean },
): Description | undefined {
  const values = [requestOf(event), ...answersOf(responseOf(event))];
  const first = (names: readonly string[]): string | undefined =>
    values.flatMap((value) => text(value, ...names) ?? [])[0];
  const id = first(ids);
  const other = first(others);
  const keyId = key === undefined ? undefined : first([key]);
  if (id === undefined && keyId === undefined) return undefined;
  const states =
    id === undefined || other === undefined
      ? []
      : [
          {
            resource: id,
            what: `${word} ${other}`,
            ...(keyId !== undefined && { part: keyId }),
          },
        ];
  return {
    verb,
    object: phrase(
      type,
      id === undefined ? undefined : shortId(id),
      other === undefined ? undefined : `${words[on ? 0 : 1]} ${shortId(other)}`,
      keyId !== undefined && (id === undefined || other === undefined)
        ? `(${shortId(keyId)})`
        : undefined,
    ),
    resources: id === undefined ? [] : [resource(type, id)],
    ...(on ? { begins: states } : { ends: states, removes: keyId === undefined ? [] : [keyId] }),
  };
}

/** Some responses have the attachment in a member of its own. */
function answersOf(response: Json): readonly Json[] {
  const inner = field(response, 'cidrBlockAssociation', 'ipv6CidrBlockAssociation', 'association');
  return inner === undefined ? [response] : [response, inner];
}
