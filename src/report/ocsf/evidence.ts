/** Who called what, from where, and about which resources, as OCSF has it. */
import { isIP } from 'node:net';
import type { Origin } from '../../change/actor/origin.js';
import type { Finding } from '../finding.js';
import type { AccountNames } from '../page/blocks/account-name.js';

/** OCSF's kinds of users. What is none of them is said in hunt's word. */
const USER: Readonly<Partial<Record<Origin, readonly [id: number, caption: string]>>> = {
  root: [2, 'Admin'],
  'console person': [1, 'User'],
  'sso person': [1, 'User'],
  'named person': [1, 'User'],
  service: [4, 'Service'],
  'service-linked role': [4, 'Service'],
};

/** The object `cloud`: region and account. */
export function cloudOf(
  { awsRegion, recipientAccountId: id }: Finding,
  accountNames: AccountNames,
): object {
  const name = id === null ? undefined : accountNames.get(id);
  return {
    provider: 'AWS',
    ...(awsRegion !== null && { region: awsRegion }),
    ...(id !== null && {
      account: { uid: id, ...(name && { name }), type_id: 10, type: 'AWS Account' },
    }),
  };
}

/** The object `api`: the call with its request and answer. */
export function apiOf(finding: Finding): object {
  const { eventName, eventSource, apiVersion, requestID, requestParameters } = finding;
  const { responseElements, errorCode, errorMessage } = finding;
  return {
    operation: eventName ?? 'unknown',
    ...(eventSource !== null && { service: { name: eventSource } }),
    ...(apiVersion !== null && { version: apiVersion }),
    // OCSF knows a request only by its ID. Without one, its parameters are among what is not mapped.
    ...(requestID !== null && {
      request: {
        uid: requestID,
        ...(requestParameters !== null && { data: requestParameters }),
      },
    }),
    response: {
      ...(errorCode !== null && { error: errorCode }),
      ...(errorMessage !== null && { error_message: errorMessage }),
      ...(responseElements !== null && { data: responseElements }),
    },
  };
}

/** An item of `evidences`: the actor, the call, the address and the user agent. */
export function evidenceOf(finding: Finding): object {
  const { sourceIPAddress, userAgent, vpcEndpointId } = finding;
  const endpoint = {
    ...(sourceIPAddress !== null &&
      (isIP(sourceIPAddress) > 0 ? { ip: sourceIPAddress } : { domain: sourceIPAddress })),
    ...(vpcEndpointId !== null && { uid: vpcEndpointId }),
  };
  return {
    actor: actorOf(finding),
    api: { operation: finding.eventName ?? 'unknown' },
    ...(Object.keys(endpoint).length > 0 && { src_endpoint: endpoint }),
    ...(userAgent !== null && { http_request: { user_agent: userAgent } }),
  };
}

function actorOf({ actor }: Finding): object {
  const { name, principal, accessKey, mfa, origin, role, session, via } = actor;
  const [typeId, type] = USER[origin] ?? [99, origin];
  return {
    user: {
      name,
      ...(principal !== null && { uid: principal }),
      ...(accessKey !== null && { credential_uid: accessKey }),
      ...(mfa !== null && { has_mfa: mfa }),
      type_id: typeId,
      type,
    },
    ...(session !== null && {
      session: {
        uid: session,
        ...(role !== null && { issuer: role }),
        ...(mfa !== null && { is_mfa: mfa }),
      },
    }),
    ...(via !== null && { invoked_by: via }),
  };
}

/** The list `resources`; empty where the call has no change. */
export function resourcesOf({ change, awsRegion }: Finding): readonly object[] {
  return (change?.resources ?? []).map(({ id, name, type }) => ({
    uid: id,
    ...(name !== null && { name }),
    type,
    provider: 'AWS',
    ...(awsRegion !== null && { region: awsRegion }),
  }));
}

/** By what a data lake finds the finding: the address, the user and the resources. */
export function observablesOf({ sourceIPAddress, actor, change }: Finding): readonly object[] {
  const address =
    sourceIPAddress !== null && isIP(sourceIPAddress) > 0
      ? [observable('evidences[0].src_endpoint.ip', [2, 'IP Address'], sourceIPAddress)]
      : [];
  const resources = (change?.resources ?? []).map(({ id }, index) =>
    observable(`resources[${index}].uid`, [10, 'Resource UID'], id),
  );
  return [
    ...address,
    observable('evidences[0].actor.user.name', [4, 'User Name'], actor.name),
    ...resources,
  ];
}

function observable(
  name: string,
  [typeId, type]: readonly [id: number, caption: string],
  value: string,
): object {
  return { name, type_id: typeId, type, value };
}
