/**
 * CloudTrail in the Open Cybersecurity Schema Framework (OCSF), as Amazon Security Lake stores it: which of its fields has which
 * field of an event. Source version 1 has OCSF 1.0.0-rc.2, and source version 2 has OCSF 1.1.0. A field is left out where
 * OCSF has it for some kinds of events only, or mixes it with another field: a test of it would fail without a word.
 * Source: https://github.com/ocsf/examples/tree/main/mappings/markdown/AWS (v1.0.0-rc.2 and v1.1.0, CloudTrail)
 */

/** Where OCSF has a field of an event. */
export interface OcsfField {
  /** CloudTrail's name of the field, with dots. */
  readonly field: string;
  /** The members that hold it, each with dots: the first that has a value. */
  readonly members: readonly string[];
  /** The text that stands for no value. */
  readonly none?: string;
}

/** The column for what has no place of its own: a map from CloudTrail's names, with dots, to texts. */
export const OCSF_UNMAPPED = 'unmapped';

const SHARED: readonly OcsfField[] = [
  one('eventVersion', 'metadata.product.version'),
  one('userIdentity.type', 'actor.user.type'),
  one('userIdentity.invokedBy', 'actor.invoked_by'),
  one('userIdentity.accessKeyId', 'actor.user.credential_uid'),
  one('userIdentity.userName', 'actor.user.name'),
  one('userIdentity.sessionContext.sessionIssuer.arn', 'actor.session.issuer'),
  one('eventSource', 'api.service.name'),
  one('eventName', 'api.operation'),
  one('awsRegion', 'cloud.region'),
  { field: 'sourceIPAddress', members: ['src_endpoint.ip', 'src_endpoint.domain'] },
  one('userAgent', 'http_request.user_agent'),
  one('errorCode', 'api.response.error'),
  one('errorMessage', 'api.response.message'),
  // Two quotes, literally.
  { field: 'requestID', members: ['api.request.uid'], none: "''" },
  one('eventID', 'metadata.uid'),
  one('apiVersion', 'api.version'),
  one('vpcEndpointId', 'src_endpoint.uid'),
  {
    field: 'eventCategory',
    members: ['metadata.product.feature.name'],
    none: 'Management, Data, and Insights',
  },
];

const RC_2: readonly OcsfField[] = [
  ...SHARED,
  one('userIdentity.principalId', 'actor.user.uid'),
  one('userIdentity.arn', 'actor.user.uuid'),
  one('userIdentity.accountId', 'actor.user.account_uid'),
  one('userIdentity.sessionContext.attributes.creationDate', 'actor.session.created_time'),
  one('userIdentity.sessionContext.attributes.mfaAuthenticated', 'actor.session.mfa'),
  one('eventTime', 'time'),
];

const V1_1: readonly OcsfField[] = [
  ...SHARED,
  one('userIdentity.principalId', 'actor.user.uid_alt'),
  one('userIdentity.arn', 'actor.user.uid'),
  one('userIdentity.accountId', 'actor.user.account.uid'),
  one('userIdentity.sessionContext.attributes.creationDate', 'actor.session.created_time_dt'),
  one('userIdentity.sessionContext.attributes.mfaAuthenticated', 'actor.session.is_mfa'),
  // The table is partitioned by it.
  { field: 'eventTime', members: ['time_dt'] },
  one('requestParameters', 'api.request.data'),
  one('responseElements', 'api.response.data'),
  one('eventType', 'metadata.event_code'),
];

/** Fields that have no place in OCSF, so that they are in the map of the others. */
const OTHERS = [
  'userIdentity.sessionContext.sessionIssuer.type',
  'userIdentity.sessionContext.sessionIssuer.principalId',
  'userIdentity.sessionContext.sessionIssuer.accountId',
  'userIdentity.sessionContext.sessionIssuer.userName',
  'userIdentity.sessionContext.ec2RoleDelivery',
  'userIdentity.sessionContext.sourceIdentity',
  'userIdentity.sessionContext.assumedRoot',
  'readOnly',
  'recipientAccountId',
  'sharedEventID',
  'vpcEndpointAccountId',
  'managementEvent',
  'sessionCredentialFromConsole',
  'addendum.reason',
  'addendum.updatedFields',
  'addendum.originalRequestID',
  'addendum.originalEventID',
  'tlsDetails.tlsVersion',
  'tlsDetails.cipherSuite',
  'tlsDetails.clientProvidedHostHeader',
  'tlsDetails.keyExchange',
];

/** What has the fields of an event in a table or file of Security Lake. */
export interface OcsfMapping {
  readonly version: string;
  readonly fields: readonly OcsfField[];
  /** The fields in the map `OCSF_UNMAPPED`, whose keys are these names. */
  readonly unmapped: readonly string[];
}

/**
 * The mapping for a table or file; undefined if it has no API calls in OCSF, or another version of it. `has` says whether it has
 * a member, with dots.
 */
export function ocsfMapping(has: (member: string) => boolean): OcsfMapping | undefined {
  const isOcsf = ['class_uid', 'api.operation', 'api.service.name', 'metadata.uid'].every(has);
  if (!isOcsf) return undefined;
  if (has('actor.user.uid_alt') && has('time_dt'))
    return { version: '1.1.0', fields: V1_1, unmapped: OTHERS };
  if (has('actor.user.uuid') && has('time'))
    return { version: '1.0.0-rc.2', fields: RC_2, unmapped: [...OTHERS, 'eventType'] };
  return undefined;
}

function one(field: string, member: string): OcsfField {
  return { field, members: [member] };
}
