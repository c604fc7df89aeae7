/** User pools and identity pools of Cognito: who may sign in, and what guests get. */
import { isObject, type Json } from '../../../cloudtrail/json.js';
import type { ChangeEvent, Description, State } from '../../change.js';
import type { Describers } from '../../describers.js';
import { parametersOf, parametersText } from '../../fallback/parameters.js';
import { withoutQuery } from '../../fallback/secrets.js';
import { accountsIn } from '../../request/account.js';
import { EVERYONE, names, resourceName, textsIn } from '../../request/call.js';
import {
  firstText,
  flagMember,
  memberAt,
  memberOf,
  textMember,
  textOf,
} from '../../request/request.js';
import { settingsText } from '../../request/settings.js';
import { listed, shortened } from '../../sentence.js';
import {
  about,
  alteration,
  answeredText,
  created,
  deletion,
  lastPart,
  namedInCall,
  stateOf,
  subjectOf,
  withId,
  type FindSubject,
  type Subject,
} from '../../request/subject.js';

const poolOf = namedInCall('user pool', 'userPoolId', 'poolName');

export const userPools: Describers = {
  CreateUserPool: about(newPoolOf, (pool, event) => {
    const mfa = textMember(event.requestParameters, 'mfaConfiguration');
    const parts = [...(mfa === undefined ? [] : [`MFA ${shortened(mfa)}`]), ...triggers(event)];
    return {
      verb: 'create',
      object: `${pool.text}${parts.length === 0 ? '' : `: ${parts.join(', ')}`}`,
      grantees: ownersOfTriggers(event),
      begins: [stateOf(pool, 'exists'), ...triggerStates(pool, event)],
    };
  }),
  UpdateUserPool: about(poolOf, (pool, event) => {
    const mfa = textMember(event.requestParameters, 'mfaConfiguration');
    const states = [stateOf(pool, 'MFA off')];
    return {
      verb: 'change',
      object: `${pool.text}${settingsText(pool, event)}`,
      grantees: ownersOfTriggers(event),
      begins: [...(mfa === 'OFF' ? states : []), ...triggerStates(pool, event)],
      ends: mfa === undefined || mfa === 'OFF' ? [] : states,
      // The functions replace those before.
      removes:
        memberOf(event.requestParameters, 'lambdaConfig') === undefined ? [] : [triggersOf(pool)],
    };
  }),
  DeleteUserPool: deletion(poolOf),
  CreateUserPoolClient: about(poolOf, (pool, { requestParameters, responseElements }) => ({
    verb: 'create',
    object: `client ${shortened(textMember(requestParameters, 'clientName') ?? 'without a name', 80)} of ${pool.text}${callbackText(requestParameters)}`,
    begins: clientStates(pool, answeredText(responseElements, ['clientId'])),
  })),
  DeleteUserPoolClient: about(poolOf, (pool, { requestParameters }) => ({
    verb: 'delete',
    object: `client ${shortened(textMember(requestParameters, 'clientId') ?? 'without an ID', 80)} of ${pool.text}`,
    ends: clientStates(pool, textMember(requestParameters, 'clientId')),
  })),
  SetUserPoolMfaConfig: about(poolOf, (pool, { requestParameters }) => {
    const setting = textMember(requestParameters, 'mfaConfiguration') ?? 'unknown';
    const states = [stateOf(pool, 'MFA off')];
    return {
      verb: 'set',
      object: `MFA of ${pool.text} to ${shortened(setting)}`,
      ...(setting === 'OFF' ? { begins: states } : { ends: states }),
    };
  }),
  CreateIdentityProvider: about(poolOf, (pool, { requestParameters }) => ({
    verb: 'let',
    object: `people of ${shortened(firstText(requestParameters, 'providerName') ?? 'a provider', 80)} sign in to ${pool.text}`,
  })),
  AdminCreateUser: about(poolOf, (pool, event) => ({
    verb: 'create',
    object: `${userText(event)} of ${pool.text}`,
    begins: [stateOf(pool, `has user ${userName(event)}`)],
  })),
  AdminDeleteUser: about(poolOf, (pool, event) => ({
    verb: 'delete',
    object: `${userText(event)} of ${pool.text}`,
    ends: [stateOf(pool, `has user ${userName(event)}`)],
  })),
  AdminSetUserPassword: about(poolOf, (pool, event) => ({
    verb: 'set',
    object: `password of ${userText(event)} of ${pool.text}`,
  })),
  AdminResetUserPassword: about(poolOf, (pool, event) => ({
    verb: 'reset',
    object: `password of ${userText(event)} of ${pool.text}`,
  })),
  AdminUpdateUserAttributes: alteration(
    poolOf,
    ({ text }, event) => `attributes of ${userText(event)} of ${text}`,
  ),
  AdminEnableUser: about(poolOf, (pool, event) => ({
    verb: 'enable',
    object: `${userText(event)} of ${pool.text}`,
  })),
  AdminDisableUser: about(poolOf, (pool, event) => ({
    verb: 'disable',
    object: `${userText(event)} of ${pool.text}`,
  })),
  AdminAddUserToGroup: about(poolOf, (pool, event) => ({
    verb: 'add',
    object: `${userText(event)} to ${groupText(event)} of ${pool.text}`,
    begins: [stateOf(pool, `user ${userName(event)} in group ${groupName(event)}`)],
  })),
  AdminRemoveUserFromGroup: about(poolOf, (pool, event) => ({
    verb: 'remove',
    object: `${userText(event)} from ${groupText(event)} of ${pool.text}`,
    ends: [stateOf(pool, `user ${userName(event)} in group ${groupName(event)}`)],
  })),
};

/** The ID begins with the region, as in `eu-west-1:0a1b2c3d-…`. */
const identityPoolOf: FindSubject = ({ requestParameters, responseElements }) => {
  const members = ['identityPoolId', 'IdentityPoolId', 'identityPoolName', 'IdentityPoolName'];
  const name = firstText(requestParameters, ...members) ?? firstText(responseElements, ...members);
  return name === undefined ? undefined : subjectOf('identity pool', resourceName(name));
};

export const identityPools: Describers = {
  // Guests get credentials by the calls that let guests in: only these decide, whatever roles the pool has.
  CreateIdentityPool: about(identityPoolOf, (pool, event) => {
    const { requestParameters: request, responseElements: response } = event;
    const made = withId(pool, answeredText(response, ['identityPoolId']) ?? pool.resource.id);
    const description = { ...created(made, guestsText(event)), resources: [made.resource] };
    return flagMember(request, 'allowUnauthenticatedIdentities') === true
      ? {
          ...description,
          exposure: EVERYONE,
          begins: [...(description.begins ?? []), guestsIn(made)],
        }
      : description;
  }),
  UpdateIdentityPool: about(identityPoolOf, (pool, event) => {
    const guests = flagMember(event.requestParameters, 'allowUnauthenticatedIdentities');
    const states = [guestsIn(pool)];
    return {
      verb: 'change',
      object: `${pool.text}${guestsText(event)}`,
      ...(guests === true && { exposure: EVERYONE, begins: states }),
      ...(guests === false && { ends: states }),
    };
  }),
  DeleteIdentityPool: deletion(identityPoolOf),
  SetIdentityPoolRoles: about(identityPoolOf, describeRoles),
};

function newPoolOf({ requestParameters, responseElements }: ChangeEvent): Subject | undefined {
  const id =
    textOf(memberAt(responseElements, 'userPool', 'id')) ??
    textMember(requestParameters, 'poolName');
  return id === undefined ? undefined : subjectOf('user pool', id);
}

/** Whoever signs in is sent there with a code or a token. */
function callbackText(request: Json): string {
  const urls = [...textsIn(request, 'callbackURLs'), ...textsIn(request, 'callbackUrls')];
  return urls.length === 0 ? '' : `: people come back to ${names(urls.map(withoutQuery))}`;
}

/** Functions that run at each sign-in, some with the password. */
function triggers({ requestParameters }: ChangeEvent): readonly string[] {
  const found = parametersOf(memberOf(requestParameters, 'lambdaConfig') ?? null);
  return found.length === 0 ? [] : [shortened(parametersText(found), 300)];
}

interface ForeignTrigger {
  readonly owner: string;
  readonly what: string;
}

/** What another account has of it: the functions, or the key that the codes for users are encrypted with. */
function triggersOfOthers(event: ChangeEvent): readonly ForeignTrigger[] {
  const { requestParameters, recipientAccountId } = event;
  const found = parametersOf(memberOf(requestParameters, 'lambdaConfig') ?? null);
  return found.flatMap(({ path, values }) =>
    accountsIn(
      values.filter((value) => value.startsWith('arn:')),
      recipientAccountId,
    ).map((owner) => ({
      owner,
      what: /^kms/i.test(path)
        ? `encrypts codes with a key of account ${owner}`
        : `runs a function of account ${owner} as ${path.replace(/\..*$/s, '')}`,
    })),
  );
}

function ownersOfTriggers(event: ChangeEvent): readonly string[] {
  return [...new Set(triggersOfOthers(event).map(({ owner }) => owner))];
}

/** Apart from other settings of the call, such as MFA: putting those back leaves the functions in place. */
function triggerStates(pool: Subject, event: ChangeEvent): readonly State[] {
  const part = triggersOf(pool);
  return triggersOfOthers(event).map(({ what }) => ({ ...stateOf(pool, what), part }));
}

function triggersOf({ key }: Subject): string {
  return `triggers of ${key}`;
}

function clientStates(pool: Subject, id: string | undefined): readonly State[] {
  return id === undefined ? [] : [stateOf(pool, `has client ${id}`)];
}

function userName({ requestParameters }: ChangeEvent): string {
  return textMember(requestParameters, 'username') ?? 'without a name';
}

function groupName({ requestParameters }: ChangeEvent): string {
  return textMember(requestParameters, 'groupName') ?? 'without a name';
}

function userText(event: ChangeEvent): string {
  return `user ${shortened(userName(event), 80)}`;
}

function groupText(event: ChangeEvent): string {
  return `group ${shortened(groupName(event), 80)}`;
}

function guestsIn(pool: Subject): State {
  return stateOf(pool, 'guests get credentials');
}

function guestsText({ requestParameters }: ChangeEvent): string {
  const guests = flagMember(requestParameters, 'allowUnauthenticatedIdentities');
  if (guests === undefined) return '';
  return guests ? ': guests get credentials without sign-in' : ': no guests';
}

function describeRoles(pool: Subject, { requestParameters }: ChangeEvent): Description {
  const roles = memberOf(requestParameters, 'roles') ?? null;
  const guest = textMember(roles, 'unauthenticated');
  // The roles replace those before.
  const part = `roles of ${pool.key}`;
  const texts = isObject(roles)
    ? Object.entries(roles).map(
        ([kind, arn]) =>
          `${kind === 'unauthenticated' ? 'guests' : shortened(kind)} get ${shortened(lastPart(textOf(arn) ?? 'unknown'), 80)}`,
      )
    : [];
  return {
    verb: 'set',
    object: `roles of ${pool.text}${texts.length === 0 ? '' : `: ${listed(texts, ', ', 3)}`}`,
    removes: [part],
    // Opens nothing by itself: many pools have a role for guests, and let none in.
    ...(guest !== undefined && {
      begins: [{ ...stateOf(pool, `guests get role ${lastPart(guest)}`), part }],
    }),
  };
}
