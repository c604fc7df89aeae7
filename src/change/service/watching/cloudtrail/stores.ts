/** Event data stores and channels of CloudTrail Lake, and whom an organization lets manage its trails. */
import type { ChangeEvent, Description, State } from '../../../change.js';
import type { Describers } from '../../../describers.js';
import { policyDeleted, policyGiven } from '../../../policy/resource.js';
import { accountOf } from '../../../request/account.js';
import { firstText, flagMember, memberOf, textMember } from '../../../request/request.js';
import { shortened } from '../../../sentence.js';
import {
  about,
  answeredCreation,
  creation,
  deletion,
  lastPart,
  stateOf,
  subjectOf,
  type Subject,
} from '../../../request/subject.js';
import { selectionOf, selectionStates, selectionText } from './selectors.js';
import { storeSubject } from './trails.js';

const NO_INGESTION = 'ingestion off';
const DELETED = 'deleted, and lost after seven days';

export const stores: Describers = {
  CreateEventDataStore: creation(storeOf),
  DeleteEventDataStore: about(storeOf, (store) => ({
    verb: 'delete',
    object: `${store.text} (it can be restored for seven days)`,
    begins: [stateOf(store, DELETED)],
  })),
  RestoreEventDataStore: about(storeOf, (store) => ({
    verb: 'restore',
    object: store.text,
    ends: [stateOf(store, DELETED)],
  })),
  UpdateEventDataStore: about(storeOf, describeUpdate),
  StopEventDataStoreIngestion: about(storeOf, (store) => ({
    verb: 'switch off',
    object: `ingestion of ${store.text}`,
    begins: [stateOf(store, NO_INGESTION)],
  })),
  StartEventDataStoreIngestion: about(storeOf, (store) => ({
    verb: 'switch on',
    object: `ingestion of ${store.text}`,
    ends: [stateOf(store, NO_INGESTION)],
  })),
  CreateChannel: answeredCreation(channelOf, ['channelArn']),
  DeleteChannel: deletion(channelOf),
  UpdateChannel: about(channelOf, (channel) => ({ verb: 'change', object: channel.text })),
  RegisterOrganizationDelegatedAdmin: (event) => describeAdmin(event, 'give'),
  DeregisterOrganizationDelegatedAdmin: (event) => describeAdmin(event, 'remove'),
  PutResourcePolicy: about(resourceOf, (resource, { requestParameters, recipientAccountId }) =>
    policyGiven(
      resource,
      memberOf(requestParameters, 'resourcePolicy') ?? null,
      recipientAccountId,
    ),
  ),
  DeleteResourcePolicy: about(resourceOf, policyDeleted),
};

function storeOf({ requestParameters, responseElements }: ChangeEvent): Subject | undefined {
  const name =
    textMember(requestParameters, 'eventDataStore') ??
    firstText(responseElements, 'eventDataStoreArn') ??
    textMember(requestParameters, 'name');
  return name === undefined ? undefined : storeSubject(name);
}

function channelOf({ requestParameters }: ChangeEvent): Subject | undefined {
  const name = firstText(requestParameters, 'channel', 'name');
  return name === undefined ? undefined : subjectOf('channel', lastPart(name));
}

function resourceOf({ requestParameters }: ChangeEvent): Subject | undefined {
  const arn = textMember(requestParameters, 'resourceArn');
  return arn === undefined ? undefined : subjectOf('resource', arn);
}

function describeUpdate(store: Subject, { requestParameters: request }: ChangeEvent): Description {
  const selection = selectionOf(request);
  const retention = textMember(request, 'retentionPeriod');
  const name = textMember(request, 'name');
  const flags = [
    ['multiRegionEnabled', 'all regions'],
    ['organizationEnabled', 'the whole organization'],
    ['terminationProtectionEnabled', 'protection from deletion'],
  ].flatMap(([member = '', word = '']) => {
    const on = flagMember(request, member);
    return on === undefined ? [] : [{ on, word }];
  });
  const states =
    selection === undefined ? { begins: [], ends: [] } : selectionStates(store, selection);
  const offState = (word: string): State => stateOf(store, `${word} off`);
  const parts = [
    ...(selection === undefined ? [] : [selectionText(selection)]),
    ...flags.map(({ on, word }) => `${word} ${on ? 'on' : 'off'}`),
    ...(retention === undefined ? [] : [`events kept for ${shortened(retention)} days`]),
    ...(name === undefined ? [] : [`name ${shortened(name)}`]),
  ];
  return {
    verb: 'change',
    object: `${store.text}${parts.length === 0 ? '' : `: ${parts.join(', ')}`}`,
    begins: [...states.begins, ...flags.flatMap(({ on, word }) => (on ? [] : offState(word)))],
    ends: [...states.ends, ...flags.flatMap(({ on, word }) => (on ? offState(word) : []))],
  };
}

function describeAdmin(
  { requestParameters }: ChangeEvent,
  verb: 'give' | 'remove',
): Description | undefined {
  const id = firstText(requestParameters, 'memberAccountId', 'delegatedAdminAccountId');
  const account = accountOf(id);
  if (id === undefined) return undefined;
  const subject = subjectOf('account', account ?? id);
  const states = [stateOf(subject, 'manages the trails of the organization')];
  return verb === 'give'
    ? {
        verb,
        object: `${subject.text} the management of the organization's trails`,
        resources: [subject.resource],
        grantees: account === undefined ? [] : [account],
        begins: states,
      }
    : {
        verb,
        object: `the management of the organization's trails from ${subject.text}`,
        resources: [subject.resource],
        ends: states,
      };
}
