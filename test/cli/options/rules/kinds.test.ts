/** `--kind`: which rules it hunts, and which of their findings it leaves. */
import { expect, test } from 'vitest';
import { select } from '../../../../src/cli/options/rules/selection.js';
import { huntEvents, openedGroup } from '../../../support/hunt-events.js';

const EVENTS = {
  account: [],
  accessKey: [],
  eventId: [],
  eventName: [],
  ip: [],
  principal: [],
  region: [],
  resource: [],
  since: undefined,
  until: undefined,
  period: undefined,
  anyOf: false,
};

function selected(kind: readonly string[], rule: readonly string[] = []) {
  return select({
    rules: { rule, rules: [], set: [], exclusions: true },
    events: { ...EVENTS, kind },
    config: undefined,
    now: 0,
  });
}

test('without --rule, a kind is looked for in every service, and findings are of this kind', async () => {
  const user = { type: 'IAMUser', arn: 'arn:aws:iam::112233445566:user/dana', userName: 'dana' };
  const call = (eventSource: string, eventName: string) =>
    openedGroup({
      eventID: eventName,
      eventSource: `${eventSource}.amazonaws.com`,
      eventName,
      userIdentity: user,
      userAgent: 'aws-cli/2.15.0',
      readOnly: false,
    });
  const events = [
    call('sqs', 'CreateQueue'),
    call('ssm', 'StartSession'),
    call('iam', 'CreateAccessKey'),
    call('ec2', 'StopInstances'),
  ];
  const found = async (kind: readonly string[]) => {
    const { rules, filters } = await selected(kind);
    const report = await huntEvents(events, { rules: rules.map(({ rule }) => rule), filters });
    return report.findings.map(({ eventName }) => eventName).toSorted();
  };
  expect(await found(['change'])).toEqual(['CreateAccessKey', 'CreateQueue']);
  expect(await found(['access'])).toEqual(['StartSession']);
  expect(await found(['Credential, operation'])).toEqual(['CreateAccessKey', 'StopInstances']);
});

test('a report names the kinds once, as hunt understands them', async () => {
  expect((await selected(['Access, change'])).given).toEqual([
    { option: '--kind', values: ['access', 'change'] },
  ]);
});

test('the rules about every service are hunted by name or by --kind, and not by all', async () => {
  const idsOf = async (kind: readonly string[], rule?: readonly string[]) =>
    (await selected(kind, rule)).rules.map((one) => one.rule.id);
  const any = ['AWS.Any.CredentialIssued', 'AWS.Any.ManualAccess', 'AWS.Any.ManualChange'];
  expect(await idsOf(['change'])).toEqual(['AWS.Any.ManualChange']);
  expect((await idsOf(['access,credential', 'operation'])).toSorted()).toEqual(any);
  expect((await idsOf([], ['AWS.Any.*'])).toSorted()).toEqual(any);
  expect(await idsOf(['change'], ['AWS.Any.ManualChange'])).toEqual(['AWS.Any.ManualChange']);
  expect((await idsOf([], ['all'])).filter((id) => id.startsWith('AWS.Any.'))).toEqual([]);
});

test('an unknown kind is an error with the nearest one', async () => {
  await expect(selected(['change,acess'])).rejects.toThrow(
    '--kind "acess": kinds are change, access, credential, operation. Did you mean "access"?',
  );
});
