/** AWS Config: whether it records, what, and which rules judge it. */
import { accountOf } from '../../request/account.js';
import type { ChangeEvent, Description } from '../../change.js';
import type { Describers } from '../../describers.js';
import {
  firstText,
  flagMember,
  listOf,
  memberAt,
  memberOf,
  textMember,
  textOf,
} from '../../request/request.js';
import { listed, shortened } from '../../sentence.js';
import {
  about,
  alteration,
  creation,
  deletion,
  namedInCall,
  stateOf,
  subjectOf,
  switchOff,
  switchOn,
  type Subject,
} from '../../request/subject.js';

const recorderOf = namedInCall('recorder', 'configurationRecorderName', 'servicePrincipal');
const ruleOf = namedInCall('Config rule', 'configRuleName');
const NOT_RECORDING = 'not recording';
const recording = ({ text }: Subject): string => `recording of ${text}`;

export const config: Describers = {
  StopConfigurationRecorder: switchOff(recorderOf, recording, NOT_RECORDING),
  StartConfigurationRecorder: switchOn(recorderOf, recording, NOT_RECORDING),
  DeleteConfigurationRecorder: deletion(recorderOf),
  DeleteServiceLinkedConfigurationRecorder: deletion(recorderOf),
  PutConfigurationRecorder: about(putRecorderOf, describeRecorder),
  DisassociateResourceTypes: alteration(
    namedInCall('recorder', 'configurationRecorderArn'),
    ({ text }, event) => `what ${text} records: no longer ${typesText(event)}`,
  ),
  AssociateResourceTypes: alteration(
    namedInCall('recorder', 'configurationRecorderArn'),
    ({ text }, event) => `what ${text} records: also ${typesText(event)}`,
  ),
  PutDeliveryChannel: about(channelOf, (channel, { requestParameters }) => {
    const bucket = textOf(memberAt(requestParameters, 'deliveryChannel', 's3BucketName'));
    const to = bucket === undefined ? '' : ` to bucket ${shortened(bucket, 80)}`;
    return { verb: 'set', object: `${channel.text}${to}`, begins: [stateOf(channel, 'exists')] };
  }),
  DeleteDeliveryChannel: deletion(namedInCall('delivery channel', 'deliveryChannelName')),
  PutRetentionConfiguration: ({ requestParameters }) => ({
    verb: 'set',
    object: `retention of Config to ${shortened(textMember(requestParameters, 'retentionPeriodInDays') ?? 'unknown')} days`,
  }),
  DeleteRetentionConfiguration: deletion(
    namedInCall('retention of Config', 'retentionConfigurationName'),
  ),
  PutConfigRule: about(putRuleOf, (rule) => ({
    verb: 'set',
    object: rule.text,
    begins: [stateOf(rule, 'exists')],
  })),
  DeleteConfigRule: deletion(ruleOf),
  DeleteRemediationConfiguration: about(ruleOf, (rule) => ({
    verb: 'delete',
    object: `remediation of ${rule.text}`,
  })),
  DeleteOrganizationConfigRule: deletion(
    namedInCall('organization Config rule', 'organizationConfigRuleName'),
  ),
  PutConformancePack: creation(namedInCall('conformance pack', 'conformancePackName')),
  DeleteConformancePack: deletion(namedInCall('conformance pack', 'conformancePackName')),
  DeleteOrganizationConformancePack: deletion(
    namedInCall('organization conformance pack', 'organizationConformancePackName'),
  ),
  PutConfigurationAggregator: creation(namedInCall('aggregator', 'configurationAggregatorName')),
  DeleteConfigurationAggregator: deletion(namedInCall('aggregator', 'configurationAggregatorName')),
  PutAggregationAuthorization: (event) => describeAuthorization(event, 'let'),
  DeleteAggregationAuthorization: (event) => describeAuthorization(event, 'remove'),
};

function putRecorderOf({ requestParameters }: ChangeEvent): Subject | undefined {
  const name = textOf(memberAt(requestParameters, 'configurationRecorder', 'name'));
  return name === undefined ? undefined : subjectOf('recorder', name);
}

function channelOf({ requestParameters }: ChangeEvent): Subject | undefined {
  const name = textOf(memberAt(requestParameters, 'deliveryChannel', 'name'));
  return name === undefined ? undefined : subjectOf('delivery channel', name);
}

function putRuleOf({ requestParameters }: ChangeEvent): Subject | undefined {
  const name = textOf(memberAt(requestParameters, 'configRule', 'configRuleName'));
  return name === undefined ? undefined : subjectOf('Config rule', name);
}

function describeRecorder(recorder: Subject, { requestParameters }: ChangeEvent): Description {
  const group = memberAt(requestParameters, 'configurationRecorder', 'recordingGroup') ?? null;
  const excluded = typesIn(memberAt(group, 'exclusionByResourceTypes', 'resourceTypes'));
  const types = typesIn(memberOf(group, 'resourceTypes'));
  const all = flagMember(group, 'allSupported') !== false;
  const what =
    excluded.length > 0
      ? `all but ${listed(excluded, ', ', 4)}`
      : types.length > 0
        ? `only ${listed(types, ', ', 4)}`
        : all
          ? 'all kinds of resources'
          : 'no kind of resource';
  const states = [stateOf(recorder, 'records only in part')];
  return {
    verb: 'set',
    object: `what ${recorder.text} records: ${what}`,
    ...(what === 'all kinds of resources' ? { ends: states } : { begins: states }),
  };
}

function typesText({ requestParameters }: ChangeEvent): string {
  const types = typesIn(memberOf(requestParameters, 'resourceTypes'));
  return types.length === 0 ? 'some kinds of resources' : listed(types, ', ', 4);
}

function typesIn(value: Parameters<typeof listOf>[0]): readonly string[] {
  return listOf(value)
    .flatMap((type) => textOf(type) ?? [])
    .map((type) => shortened(type));
}

function describeAuthorization(
  { requestParameters }: ChangeEvent,
  verb: 'let' | 'remove',
): Description | undefined {
  const id = firstText(requestParameters, 'authorizedAccountId');
  if (id === undefined) return undefined;
  const account = accountOf(id);
  const subject = subjectOf('account', account ?? id);
  const states = [stateOf(subject, 'may collect the data of Config')];
  return verb === 'let'
    ? {
        verb,
        object: `${subject.text} collect the data of Config`,
        grantees: account === undefined ? [] : [account],
        begins: states,
      }
    : { verb, object: `the data of Config from ${subject.text}`, ends: states };
}
