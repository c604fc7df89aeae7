/** What the sample's events are made of: principals, agents, requests, and a call as CloudTrail records it. */
import { createHash } from 'node:crypto';

export const PROD = '112233445566';
export const OTHER = '999988887777';

const CONSOLE = 'console.ec2.amazonaws.com';
export const CLI =
  'aws-cli/2.15.30 Python/3.11.8 Linux/6.1.0 exe/x86_64.debian.12 prompt/off command/ec2.authorize-security-group-ingress';
export const BOTO = 'Boto3/1.34.51 md/Botocore#1.34.51 ua/2.0 os/linux#6.1.0 lang/python#3.11.8';
export const TERRAFORM =
  'APN/1.0 HashiCorp/1.0 Terraform/1.9.2 (+https://www.terraform.io) terraform-provider-aws/5.60.0 aws-sdk-go-v2/1.30.3 os/linux lang/go#1.22.5 HashiCorp/1.0 Terraform/1.9.2';

const hash = (text) => createHash('sha256').update(text);

/** A UUID that depends on a text alone, so that the sample is the same at every making. */
export function uuid(text) {
  const hex = hash(text).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `a${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** Letters and digits that depend on a text alone. */
export function letters(text, length) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  return [...hash(text).digest().subarray(0, length)].map((byte) => alphabet[byte % 62]).join('');
}

/** Someone who assumed a role. */
export function role(name, session, account = PROD) {
  const principalId = `AROA${letters(name, 10).toUpperCase()}EXAMPL`;
  return {
    type: 'AssumedRole',
    principalId: `${principalId}:${session}`,
    arn: `arn:aws:sts::${account}:assumed-role/${name}/${session}`,
    accountId: account,
    accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId,
        arn: `arn:aws:iam::${account}:role/${name}`,
        accountId: account,
        userName: name,
      },
      attributes: { creationDate: '2026-01-12T07:55:02Z', mfaAuthenticated: 'true' },
    },
  };
}

/** An IAM user with keys. */
export function user(name, account = PROD) {
  return {
    type: 'IAMUser',
    principalId: `AIDA${letters(name, 10).toUpperCase()}EXAMPL`,
    arn: `arn:aws:iam::${account}:user/${name}`,
    accountId: account,
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    userName: name,
  };
}

/** What an Authorize call asks for: one group, one permission. */
export function authorize(groupId, { protocol = 'tcp', port, cidr, cidr6 }) {
  const ports = port === undefined ? {} : { fromPort: port, toPort: port };
  return {
    groupId,
    ipPermissions: {
      items: [
        {
          ipProtocol: protocol,
          ...ports,
          groups: {},
          ipRanges: cidr === undefined ? {} : { items: [{ cidrIp: cidr }] },
          ipv6Ranges: cidr6 === undefined ? {} : { items: [{ cidrIpv6: cidr6 }] },
          prefixListIds: {},
        },
      ],
    },
  };
}

/**
 * A call as CloudTrail records it. `seed` gives the IDs; `fields` replaces whatever a case wants otherwise, an
 * undefined value leaving the field out.
 */
export function call(seed, eventName, eventTime, userIdentity, fields = {}) {
  const requestID = uuid(`request of ${seed}`);
  const eventSource = fields.eventSource ?? 'ec2.amazonaws.com';
  const awsRegion = fields.awsRegion ?? 'us-east-1';
  return {
    eventVersion: '1.11',
    userIdentity,
    eventTime,
    eventSource,
    eventName,
    awsRegion,
    sourceIPAddress: '203.0.113.24',
    userAgent: CONSOLE,
    requestParameters: null,
    responseElements: { requestId: requestID, _return: true },
    requestID,
    eventID: uuid(seed),
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: PROD,
    eventCategory: 'Management',
    tlsDetails: {
      tlsVersion: 'TLSv1.3',
      cipherSuite: 'TLS_AES_128_GCM_SHA256',
      clientProvidedHostHeader: eventSource.replace('.', `.${awsRegion}.`),
    },
    ...fields,
  };
}

/** What a CreateSecurityGroup call asks for and gets. */
export function created(seed, groupName) {
  return {
    requestParameters: {
      groupName,
      groupDescription: `${groupName}, made for the sample`,
      vpcId: 'vpc-0123456789abcdef0',
    },
    responseElements: {
      requestId: uuid(`request of ${seed}`),
      _return: true,
      groupId: `sg-0${uuid(seed).replaceAll('-', '').slice(0, 16)}`,
    },
  };
}
