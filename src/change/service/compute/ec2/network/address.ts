/** Elastic IP addresses. */
import type { ChangeEvent, Description } from '../../../../change.js';
import type { Describers } from '../../../../describers.js';
import { phrase } from '../../../../sentence.js';
import { nameTagOf, otherAccount, quoted, resource, shortId } from '../details.js';
import { requestOf, responseOf, text } from '../../../../request/ec2-shape.js';

const TYPE = 'address';

export const addresses: Describers = {
  AllocateAddress: describeAllocation,
  ReleaseAddress: describeRelease,
  EnableAddressTransfer: describeTransfer,
};

function describeAllocation(event: ChangeEvent): Description {
  const response = responseOf(event);
  const id = text(response, 'allocationId');
  const address = text(response, 'publicIp') ?? text(requestOf(event), 'address');
  const name = nameTagOf(requestOf(event));
  const state = id ?? address;
  return {
    verb: 'allocate',
    object: phrase(TYPE, address && shortId(address), id && `(${shortId(id)})`, quoted(name)),
    resources: state === undefined ? [] : [resource(TYPE, state, address)],
    begins:
      state === undefined
        ? []
        : [{ resource: state, what: 'exists', ...(address !== undefined && { part: address }) }],
  };
}

function describeRelease(event: ChangeEvent): Description | undefined {
  const id = text(requestOf(event), 'allocationId', 'publicIp');
  if (id === undefined) return undefined;
  return {
    verb: 'release',
    object: phrase(TYPE, shortId(id)),
    resources: [resource(TYPE, id)],
    removes: [id],
  };
}

function describeTransfer(event: ChangeEvent): Description | undefined {
  const request = requestOf(event);
  const id = text(request, 'allocationId');
  const account = otherAccount(request, event, 'transferAccountId');
  if (id === undefined || account === undefined) return undefined;
  return {
    verb: 'transfer',
    object: phrase(TYPE, shortId(id), 'to account', account),
    resources: [resource(TYPE, id)],
    grantees: [account],
  };
}
