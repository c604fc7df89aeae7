/** Settings of a whole account in IAM, its identity providers, and its certificates for servers. */
import { isObject } from '../../../../cloudtrail/json.js';
import type { ChangeEvent, Description } from '../../../change.js';
import type { Describers } from '../../../describers.js';
import {
  firstText,
  flagMember,
  listOf,
  memberOf,
  textMember,
  textOf,
} from '../../../request/request.js';
import { listed, shortened } from '../../../sentence.js';
import {
  about,
  creation,
  deletion,
  lastPart,
  stateOf,
  subjectOf,
  type Subject,
} from '../../../request/subject.js';

const LONGEST = 80;
/** The least length of a password that the common benchmarks accept. */
const LONG_ENOUGH = 14;
const PASSWORD_POLICY = subjectOf('account', 'password policy');

export const accountSettings: Describers = {
  CreateAccountAlias: creation(aliasOf),
  DeleteAccountAlias: deletion(aliasOf),
  UpdateAccountPasswordPolicy: describePasswordPolicy,
  DeleteAccountPasswordPolicy: () => ({
    verb: 'delete',
    object: 'password policy of the account, which leaves the weak default of AWS',
    begins: [stateOf(PASSWORD_POLICY, 'weak')],
  }),
  SetSecurityTokenServicePreferences: ({ requestParameters }) => ({
    verb: 'set',
    object: `version of STS tokens to ${shortened(textMember(requestParameters, 'globalEndpointTokenVersion') ?? 'unknown')}`,
  }),
  CreateSAMLProvider: creation(samlOf),
  UpdateSAMLProvider: about(samlOf, (provider) => ({
    verb: 'change',
    object: `${provider.text}: whom it signs in, and the keys that it trusts`,
  })),
  DeleteSAMLProvider: deletion(samlOf),
  CreateOpenIDConnectProvider: creation(oidcOf, clientsText),
  DeleteOpenIDConnectProvider: deletion(oidcOf),
  UpdateOpenIDConnectProviderThumbprint: about(oidcOf, (provider) => ({
    verb: 'change',
    object: `thumbprints that ${provider.text} is known by`,
  })),
  AddClientIDToOpenIDConnectProvider: about(oidcOf, (provider, event) =>
    client(provider, event, 'add'),
  ),
  RemoveClientIDFromOpenIDConnectProvider: about(oidcOf, (provider, event) =>
    client(provider, event, 'remove'),
  ),
  UploadServerCertificate: creation(certificateOf),
  DeleteServerCertificate: deletion(certificateOf),
  EnableOrganizationsRootSessions: () => ({
    verb: 'allow',
    object: 'root sessions in member accounts',
  }),
  DisableOrganizationsRootSessions: () => ({
    verb: 'stop',
    object: 'root sessions in member accounts',
  }),
  EnableOrganizationsRootCredentialsManagement: () => ({
    verb: 'allow',
    object: 'central management of the root credentials of member accounts',
  }),
  DisableOrganizationsRootCredentialsManagement: () => ({
    verb: 'stop',
    object: 'central management of the root credentials of member accounts',
  }),
};

function aliasOf({ requestParameters }: ChangeEvent): Subject | undefined {
  const alias = textMember(requestParameters, 'accountAlias');
  return alias === undefined ? undefined : subjectOf('account alias', alias);
}

function samlOf({ requestParameters }: ChangeEvent): Subject | undefined {
  const name = firstText(
    requestParameters,
    'sAMLProviderArn',
    'samlProviderArn',
    'SAMLProviderArn',
    'name',
  );
  return name === undefined ? undefined : subjectOf('SAML provider', lastPart(name));
}

function oidcOf({ requestParameters }: ChangeEvent): Subject | undefined {
  const name = firstText(requestParameters, 'openIDConnectProviderArn', 'url');
  if (name === undefined) return undefined;
  const id = name.replace(/^.*:oidc-provider\//s, '').replace(/^https?:\/\//i, '');
  return subjectOf('OIDC provider', id);
}

function certificateOf({ requestParameters }: ChangeEvent): Subject | undefined {
  const name = textMember(requestParameters, 'serverCertificateName');
  return name === undefined ? undefined : subjectOf('server certificate', name);
}

function clientsText({ requestParameters }: ChangeEvent): string {
  const clients = listOf(memberOf(requestParameters, 'clientIDList')).flatMap(
    (id) => textOf(id) ?? [],
  );
  if (clients.length === 0) return '';
  return ` for client ${listed(
    clients.map((id) => shortened(id, LONGEST)),
    ', ',
    3,
  )}`;
}

function client(
  provider: Subject,
  event: ChangeEvent,
  verb: 'add' | 'remove',
): Description | undefined {
  const id = textMember(event.requestParameters, 'clientID');
  if (id === undefined) return undefined;
  const states = [stateOf(provider, `accepts client ${id}`)];
  const name = `client ${shortened(id, LONGEST)}`;
  return verb === 'add'
    ? { verb, object: `${name} to ${provider.text}`, begins: states }
    : { verb, object: `${name} from ${provider.text}`, ends: states };
}

/** What is not asked for in the call is off: AWS replaces the whole policy. */
function describePasswordPolicy({
  requestParameters: request,
}: ChangeEvent): Description | undefined {
  // A denied call has no request.
  if (!isObject(request)) return undefined;
  const length = textMember(request, 'minimumPasswordLength') ?? '6';
  const missing = [
    ['requireUppercaseCharacters', 'upper case'],
    ['requireLowercaseCharacters', 'lower case'],
    ['requireNumbers', 'numbers'],
    ['requireSymbols', 'symbols'],
  ].flatMap(([member = '', word = '']) => (flagMember(request, member) === true ? [] : word));
  const age = textMember(request, 'maxPasswordAge');
  const reuse = textMember(request, 'passwordReusePrevention');
  const parts = [
    `at least ${shortened(length)} characters`,
    missing.length === 0 ? 'all kinds of characters' : `no need of ${missing.join(', ')}`,
    age === undefined || age === '0' ? 'no expiry' : `expiry after ${shortened(age)} days`,
    reuse === undefined
      ? 'old passwords allowed again'
      : `none of the last ${shortened(reuse)} again`,
  ];
  const weak = Number(length) < LONG_ENOUGH || missing.length > 0;
  const states = [stateOf(PASSWORD_POLICY, 'weak')];
  return {
    verb: 'set',
    object: `password policy of the account${weak ? ' (weak)' : ''}: ${parts.join('; ')}`,
    ...(weak ? { begins: states } : { ends: states }),
  };
}
