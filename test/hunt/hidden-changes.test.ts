/** What a caller writes hides no change from AWS.Any.ManualChange: only what AWS says of a caller does, or hunt.yml. */
import { expect, test } from 'vitest';
import { findRule } from '../../src/rule/catalog/find.js';
import { allowedExclusion } from '../../src/rule/exclusions/allow.js';
import { withChanges } from '../../src/rule/exclusions/changes.js';
import { huntEvents, openedGroup } from '../support/hunt-events.js';

const ACCOUNT = '112233445566';

interface Session {
  readonly role?: string;
  readonly path?: string;
  readonly session?: string;
}

function byRole(
  { role = 'Ops', path = '/', session = 'work' }: Session = {},
  context: object = {},
) {
  return {
    type: 'AssumedRole',
    principalId: `AROAEXAMPLE0000000000:${session}`,
    arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/${session}`,
    accountId: ACCOUNT,
    accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
    sessionContext: {
      sessionIssuer: { type: 'Role', arn: `arn:aws:iam::${ACCOUNT}:role${path}${role}` },
      ...context,
    },
  };
}

function change(changes: object): Record<string, unknown> {
  return openedGroup({
    eventSource: 'sqs.amazonaws.com',
    eventName: 'CreateQueue',
    readOnly: false,
    userAgent: 'aws-cli/2.15.0',
    userIdentity: byRole(),
    ...changes,
  });
}

async function found(events: readonly Record<string, unknown>[], rule = findRule(RULE)) {
  const numbered = events.map((event, index) => ({ ...event, eventID: String(index) }));
  const { findings } = await huntEvents(numbered, { rules: [rule] });
  return new Set(findings.map(({ eventID }) => Number(eventID)));
}

const RULE = 'AWS.Any.ManualChange';
const KEY = { type: 'IAMUser', arn: `arn:aws:iam::${ACCOUNT}:user/dana`, userName: 'dana' };

/** A call with the rights of a user. */
function byService(service: string, ending = '') {
  const host = `${service}.amazonaws.com${ending}`;
  return {
    userIdentity: { ...KEY, invokedBy: host },
    sourceIPAddress: host,
    userAgent: host,
  };
}

const SHOWN: Readonly<Record<string, object>> = {
  'a session that is named like an instance': {
    userIdentity: byRole({ session: 'i-0123456789abcdef0' }),
  },
  'a role with the agent of a controller': { userAgent: 'kubernetes/v1.28.0 karpenter.sh' },
  'a role with the agent of a function': { userAgent: 'Boto3/1.34 exec-env/AWS_Lambda_python3.12' },
  'a role with the agent of a service': { userAgent: 'autoscaling.amazonaws.com' },
  'a role named like one of a service': { userIdentity: byRole({ role: 'AWSServiceRoleForMe' }) },
  'a role whose path repeats that of services': {
    userIdentity: byRole({ path: '/x:role/aws-service-role/' }),
  },
  'a user whose path repeats the session of a service': {
    userIdentity: {
      ...KEY,
      arn: `arn:aws:iam::${ACCOUNT}:user/x:assumed-role/AWSServiceRoleForMe/dana`,
    },
  },
  'a session named like a service': {
    userIdentity: byRole({ session: 'cloudtrail.amazonaws.com' }),
  },
  'the agent of a controller with a key': { userAgent: 'amazon-ssm-agent/3', userIdentity: KEY },
  'readOnly as text': { readOnly: 'False' },
  'readOnly of another kind': { readOnly: 'maybe' },
  'no readOnly': { readOnly: undefined },
  'an event type that nobody knows': { eventType: 'AwsApiCallOfTomorrow' },
  'no event type': { eventType: undefined },
  'an identity of a type that nobody knows': { userIdentity: { ...KEY, type: 'Gnome' } },
  'an identity without a type': { userIdentity: { arn: KEY.arn } },
  'no identity': { userIdentity: undefined },
  'an identity of text': { userIdentity: 'dana' },
  'fields of an error without text': { errorCode: null, errorMessage: null },
  'an error of no text': { errorCode: '', errorMessage: '' },
  'what Amazon Q did for a user': byService('q'),
  'what Amazon Q did for somebody in a chat': byService('chatbot'),
  'what a server of AWS for agents did for a user': byService('eks-mcp'),
  'what a query of Athena did for a user': { ...byService('athena'), eventName: 'DeleteTable' },
  'what a query of Athena did for a user in China': {
    ...byService('athena', '.cn'),
    eventName: 'DeleteTable',
  },
  'a run of Glue': { eventSource: 'glue.amazonaws.com', eventName: 'StartJobRun' },
  'the test of a state': { eventSource: 'states.amazonaws.com', eventName: 'TestState' },
  'the test of a method': {
    eventSource: 'apigateway.amazonaws.com',
    eventName: 'TestInvokeMethod',
  },
};

test('what only a caller writes hides no change', async () => {
  const shown = await found(Object.values(SHOWN).map(change));
  expect(Object.keys(SHOWN).filter((_name, index) => !shown.has(index))).toEqual([]);
});

test('what AWS says of a caller does', async () => {
  const hidden = {
    instance: { userIdentity: byRole({}, { ec2RoleDelivery: '2.0' }) },
    pipeline: {
      userIdentity: byRole({}, { webIdFederationData: { federatedProvider: 'gitlab.com' } }),
    },
    service: { userIdentity: byRole({ path: '/aws-service-role/autoscaling.amazonaws.com/' }) },
  };
  expect(await found(Object.values(hidden).map(change))).toEqual(new Set());
});

const ANSWERS = [
  'states:SendTaskSuccess',
  'codepipeline:PutJobSuccessResult',
  'codepipeline:PutThirdPartyJobFailureResult',
  'codedeploy:PutLifecycleEventHookExecutionStatus',
  'config:PutEvaluations',
  'ssm:PutComplianceItems',
  'securityhub:BatchImportFindings',
  'servicediscovery:UpdateInstanceCustomHealthStatus',
].map((call) => {
  const [service = '', eventName = ''] = call.split(':');
  return { eventSource: `${service}.amazonaws.com`, eventName };
});

test('what decides on a task is telemetry from a worker, and a change from a person', async () => {
  const worker = { userIdentity: byRole({ session: 'worker' }) };
  const pod = { userIdentity: byRole({}, { ec2RoleDelivery: '2.0' }) };
  expect(
    await found([worker, pod].flatMap((who) => ANSWERS.map((one) => change({ ...one, ...who })))),
  ).toEqual(new Set());
  const user = { userIdentity: KEY };
  const clicked = { userAgent: 'Mozilla/5.0', sessionCredentialFromConsole: 'true' };
  const all = [user, clicked].flatMap((who) => ANSWERS.map((one) => change({ ...one, ...who })));
  expect((await found(all)).size).toBe(all.length);
});

/** A provider as AWS writes it into the session of a role that a web identity assumed. */
function signedInAt(provider: string) {
  return change({
    userIdentity: byRole({}, { webIdFederationData: { federatedProvider: provider } }),
  });
}

const OWN_HOSTS = [
  'gitlab.mal.example',
  'gitlab.com.mal.example',
  'mal.example/token.actions.githubusercontent.com',
  'token.actions.githubusercontent.com.mal.example',
  'token.actions.githubusercontent.com:8443',
  'kubernetes.mal.example',
  'mal-oidc.eks.mal.example',
  'oidc.eks.eu-west-1.amazonaws.com.mal.example/id/0A',
  'oidc-eks.mal.example',
  'drone.mal.example',
  'idp.example.com/realms/kubernetes-admins',
  'mal.example/oidc-provider/gitlab.com',
];

test('a provider with a host of its own hides nothing, whatever its name', async () => {
  const providers = OWN_HOSTS.flatMap((host) => [
    `arn:aws:iam::${ACCOUNT}:oidc-provider/${host}`,
    `https://${host}`,
    host,
  ]);
  const all = [...providers, `arn:aws:iam::${ACCOUNT}:saml-provider/kubernetes`];
  const shown = await found(all.map(signedInAt));
  expect(all.filter((_provider, index) => !shown.has(index))).toEqual([]);
});

const VENDORS = [
  'token.actions.githubusercontent.com',
  'token.actions.githubusercontent.com/example',
  'token.actions.example.ghe.com',
  'gitlab.com',
  'app.terraform.io',
  'oidc.circleci.com/org/00000000-0000-4000-8000-000000000000',
  'agent.buildkite.com',
  'api.bitbucket.org/2.0/workspaces/example/pipelines-config/identity/oidc',
  'vstoken.dev.azure.com/00000000-0000-4000-8000-000000000000',
  'example.app.spacelift.io',
  'oidc.eks.eu-west-1.amazonaws.com/id/0A',
  'oidc.eks.cn-north-1.amazonaws.com.cn/id/0A',
  'oidc-eks.eu-west-1.api.aws/id/0A',
  'container.googleapis.com/v1/projects/p/locations/l/clusters/c',
  'westeurope.oic.prod-aks.azure.com/0A/0B/',
];

test('a provider of a CI system or of a managed cluster does', async () => {
  const all = VENDORS.map((host) => `arn:aws:iam::${ACCOUNT}:oidc-provider/${host}`);
  const shown = await found(all.map(signedInAt));
  expect(all.filter((_provider, index) => shown.has(index))).toEqual([]);
});

test('an allowed role of any account is none whose path repeats its name', async () => {
  const allowed = allowedExclusion({
    tool: [],
    role: ['arn:aws:iam::*:role/Operator'],
    user: [],
    account: [],
    network: [],
    call: [],
    resource: [],
    reason: 'reviewed',
    at: { file: 'hunt.yml', line: 1, column: 1 },
  });
  const rule = withChanges(findRule(RULE), {
    add: [{ exclusion: allowed, rules: [], owner: null, until: null }],
    remove: [],
  });
  const operators = [{ path: '/' }, { path: '/x:role/' }, { path: '/x/' }];
  const events = operators.map(({ path }) =>
    change({ userIdentity: byRole({ role: 'Operator', path }) }),
  );
  expect(await found(events, rule)).toEqual(new Set([1, 2]));
});
