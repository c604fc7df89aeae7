/** Ways into instances: passwords, keys, consoles, tunnels; and what their start scripts hold. */
import type { ChangeEvent, Description } from '../../../../change.js';
import type { Describers } from '../../../../describers.js';
import { phrase } from '../../../../sentence.js';
import { details, nameKey, resource, shortId } from '../details.js';
import { requestOf, responseOf, text } from '../../../../request/ec2-shape.js';

export const instanceAccess: Describers = {
  GetPasswordData: (event) => describeRead(event, 'administrator password'),
  GetConsoleOutput: (event) => describeRead(event, 'console output'),
  GetConsoleScreenshot: (event) => describeRead(event, 'console screenshot'),
  GetLaunchTemplateData: (event) => describeRead(event, 'launch data'),
  DescribeInstanceAttribute: describeAttributeRead,
  ImportKeyPair: describeImport,
};

/** Calls of the service `ec2-instance-connect`. */
export const instanceConnect: Describers = {
  SendSSHPublicKey: (event) => describeKey(event, ''),
  SendSerialConsoleSSHPublicKey: (event) => describeKey(event, 'for the serial console'),
  OpenTunnel: describeTunnel,
};

function describeRead(event: ChangeEvent, what: string): Description | undefined {
  const id = text(requestOf(event), 'instanceId');
  if (id === undefined) return undefined;
  return {
    verb: 'read',
    object: `the ${what} of ${shortId(id)}`,
    resources: [resource('instance', id)],
  };
}

function describeAttributeRead(event: ChangeEvent): Description | undefined {
  const attribute = text(requestOf(event), 'attribute');
  if (attribute === 'userData') return describeRead(event, 'user data (start script)');
  return attribute === undefined ? undefined : describeRead(event, shortId(attribute));
}

function describeKey(event: ChangeEvent, purpose: string): Description | undefined {
  const request = requestOf(event);
  const id = text(request, 'instanceId');
  if (id === undefined) return undefined;
  return {
    verb: 'send',
    object: phrase(
      'an SSH key',
      purpose,
      details(request, [['for', 'instanceOSUser']]),
      `to ${shortId(id)}`,
    ),
    resources: [resource('instance', id)],
  };
}

function describeTunnel(event: ChangeEvent): Description | undefined {
  const request = requestOf(event);
  const address = text(request, 'privateIpAddress', 'instanceId');
  if (address === undefined) return undefined;
  return {
    verb: 'open',
    object: phrase(
      `a tunnel to ${shortId(address)}`,
      details(request, [
        ['port', 'remotePort'],
        ['through', 'instanceConnectEndpointId'],
      ]),
    ),
    resources: [resource('instance', address)],
  };
}

function describeImport(event: ChangeEvent): Description | undefined {
  const name = text(requestOf(event), 'keyName');
  const id = text(responseOf(event), 'keyPairId');
  if (name === undefined) return undefined;
  return {
    verb: 'import',
    object: phrase('key pair', shortId(name), id && `(${shortId(id)})`),
    resources: [resource('key pair', name, id)],
    begins: [
      {
        resource: nameKey('key pair', name),
        what: 'exists',
        ...(id !== undefined && { part: id }),
      },
    ],
  };
}
