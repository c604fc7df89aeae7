/** The events of a made-up company, and of each whether a person made it by hand. */

/** A change, or a call that leads to one. */
export interface Told {
  readonly event: Readonly<Record<string, unknown>>;
  readonly truth: 'by hand' | 'automation' | 'no change';
}

/** Numbers that look random, and are the same for the same seed. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = (seed * 2_654_435_761 + 1) >>> 0;
  }

  /** From 0 up to, and without, `most`. */
  below(most: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % most;
  }

  isIn(hundred: number): boolean {
    return this.below(100) < hundred;
  }

  of<T>(list: readonly [T, ...T[]]): T {
    return list[this.below(list.length)] ?? list[0];
  }

  hex(digits: number): string {
    return Array.from({ length: digits }, () => this.below(16).toString(16)).join('');
  }
}

export const DAYS = 30;
const START = Date.parse('2026-05-01T00:00:00Z');
const DAY = 86_400_000;
const MINUTE = 60_000;

/** An instant of the month: a day from 0, and a minute of it. */
export function instant(day: number, minute: number): string {
  return `${new Date(START + day * DAY + minute * MINUTE).toISOString().slice(0, 19)}Z`;
}

export interface Call {
  readonly account: string;
  readonly time: string;
  readonly service: string;
  readonly name: string;
  readonly identity: object;
  readonly address: string;
  readonly agent: string;
  readonly request?: object | null;
  readonly response?: object | null;
  readonly isRead?: boolean;
  readonly more?: object;
}

export function eventOf(random: Random, call: Call): Readonly<Record<string, unknown>> {
  const { account, time, service, name, identity, address, agent, request, response } = call;
  return {
    eventVersion: '1.09',
    userIdentity: identity,
    eventTime: time,
    eventSource: `${service}.amazonaws.com`,
    eventName: name,
    awsRegion: 'eu-west-1',
    sourceIPAddress: address,
    userAgent: agent,
    requestParameters: request ?? null,
    responseElements: response ?? null,
    requestID: `${random.hex(8)}-0000-4000-8000-${random.hex(12)}`,
    eventID: `${random.hex(8)}-0000-4000-9000-${random.hex(12)}`,
    readOnly: call.isRead === true,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: account,
    eventCategory: 'Management',
    ...call.more,
  };
}

/** A session of a role. `more` are further members of the context, such as those of a web identity. */
export function sessionOf(
  account: string,
  role: string,
  { session, key, more = {} }: { session: string; key: string; more?: object },
): object {
  const name = role.slice(role.lastIndexOf('/') + 1);
  return {
    type: 'AssumedRole',
    principalId: `AROA${name.toUpperCase().padEnd(17, '0').slice(0, 17)}:${session}`,
    arn: `arn:aws:sts::${account}:assumed-role/${name}/${session}`,
    accountId: account,
    accessKeyId: key,
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: `AROA${name.toUpperCase().padEnd(17, '0').slice(0, 17)}`,
        arn: `arn:aws:iam::${account}:role/${role}`,
        accountId: account,
        userName: name,
      },
      attributes: { creationDate: instant(0, 0), mfaAuthenticated: 'false' },
      ...more,
    },
  };
}

export function userOf(account: string, name: string, key: string): object {
  return {
    type: 'IAMUser',
    principalId: `AIDA${name.toUpperCase().padEnd(17, '0').slice(0, 17)}`,
    arn: `arn:aws:iam::${account}:user/${name}`,
    accountId: account,
    accessKeyId: key,
    userName: name,
  };
}

/** The call by which a caller gets the key of a session. */
export function assumed(
  random: Random,
  call: Omit<Call, 'service' | 'name'>,
  session: { readonly role: string; readonly name: string; readonly key: string },
): Told {
  const { account } = call;
  const role = session.role.slice(session.role.lastIndexOf('/') + 1);
  const event = eventOf(random, {
    ...call,
    service: 'sts',
    name: 'AssumeRole',
    isRead: true,
    request: {
      roleArn: `arn:aws:iam::${account}:role/${session.role}`,
      roleSessionName: session.name,
    },
    response: {
      credentials: { accessKeyId: session.key, expiration: 'May 1, 2026, 1:00:00 PM' },
      assumedRoleUser: {
        assumedRoleId: `AROAEXAMPLE:${session.name}`,
        arn: `arn:aws:sts::${account}:assumed-role/${role}/${session.name}`,
      },
    },
  });
  return { event, truth: 'no change' };
}

export function sessionKey(random: Random): string {
  return `ASIA${random.hex(16).toUpperCase()}`;
}

type Change = Pick<Call, 'service' | 'name' | 'request' | 'response'>;

/** A change in some service. */
export function someChange(random: Random): Change {
  const id = random.hex(8);
  return random.of<() => Change>([
    () => ({ service: 'sqs', name: 'CreateQueue', request: { queueName: `q-${id}` } }),
    () => ({ service: 'sns', name: 'CreateTopic', request: { name: `t-${id}` } }),
    () => ({ service: 's3', name: 'PutBucketTagging', request: { bucketName: `b-${id}` } }),
    () => ({ service: 'iam', name: 'CreateRole', request: { roleName: `r-${id}` } }),
    () => ({
      service: 'lambda',
      name: 'UpdateFunctionCode20150331v2',
      request: { functionName: `f-${id}` },
    }),
    () => ({
      service: 'logs',
      name: 'PutRetentionPolicy',
      request: { logGroupName: `l-${id}`, retentionInDays: 30 },
    }),
    () => ({
      service: 'ec2',
      name: 'AuthorizeSecurityGroupIngress',
      request: {
        groupId: `sg-${id}`,
        ipPermissions: {
          items: [
            {
              ipProtocol: 'tcp',
              fromPort: 22,
              toPort: 22,
              ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] },
            },
          ],
        },
      },
      response: { _return: true },
    }),
  ])();
}
