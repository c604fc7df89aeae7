/** Who acts in the sample's cases, and what they ask for. */
import { authorize, role } from './events.mjs';

export const INGRESS = 'AuthorizeSecurityGroupIngress';
export const EGRESS = 'AuthorizeSecurityGroupEgress';
export const CREATE = 'CreateSecurityGroup';

export const dana = role('SecurityAdmin', 'dana');
export const operator = role('Operator', 'lee');
export const pipeline = role('ContinousDeployment', 'build-1184');
export const contractor = role('Contractor', 'mallory');

export const ssh = authorize('sg-0a1b2c3d4e5f60718', { port: 22, cidr: '0.0.0.0/0' });
export const https = authorize('sg-0b2c3d4e5f6071829', { port: 443, cidr: '198.51.100.0/24' });
export const flat = {
  groupId: 'sg-0c3d4e5f607182930',
  ipPermissions: {},
  cidrIp: '198.51.100.77/32',
  fromPort: 3389,
  toPort: 3389,
  ipProtocol: 'tcp',
};
export const postgres = authorize('sg-0d4e5f60718293041', { port: '5432', cidr: '192.0.2.0/24' });

/** A case that the rule finds under its default parameters, and one that it does not; and why. */
export const finding = (name, why, ...events) => ({ name, finding: true, why, events });
export const hidden = (name, why, ...events) => ({ name, finding: false, why, events });
