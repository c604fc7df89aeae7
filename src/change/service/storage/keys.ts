/** Keys of KMS: who may use them, and whether they can be used at all. */
import { isObject, type Json } from '../../../cloudtrail/json.js';
import { isServiceHost } from '../../../cloudtrail/service-name.js';
import type { ChangeEvent, Description } from '../../change.js';
import type { Describers } from '../../describers.js';
import { statementsOf } from '../../policy/document.js';
import { accessOf, policyGiven, policySummarised, summaryFor } from '../../policy/resource.js';
import { principalsOf } from '../../policy/principal.js';
import {
  firstText,
  listOf,
  memberAt,
  memberOf,
  textMember,
  textOf,
} from '../../request/request.js';
import { resourceArn } from '../../request/resource-arn.js';
import { listed, shortened } from '../../sentence.js';
import {
  about,
  created,
  DELETION,
  deletion,
  lastPart,
  stateOf,
  subjectOf,
  type Subject,
} from '../../request/subject.js';

const LONGEST = 80;
const LOCKED = 'out of reach for its own account';

export const keys: Describers = {
  CreateKey: about(keyOf, describeCreation),
  ReplicateKey: about(keyOf, (key, { requestParameters, recipientAccountId }) => {
    const region = shortened(textMember(requestParameters, 'replicaRegion') ?? 'unknown');
    const object = `${key.text} to region ${region}`;
    const policy = memberOf(requestParameters, 'policy');
    if (policy === undefined || policy === null || policy === '') return { verb: 'copy', object };
    // The copy has a policy of its own.
    const summary = summaryFor(key, policy, recipientAccountId);
    return { verb: 'copy', object: `${object}: ${summary.text}`, ...accessOf(summary) };
  }),
  PutKeyPolicy: about(keyOf, (key, { requestParameters, recipientAccountId }) => {
    const policy = memberOf(requestParameters, 'policy');
    if (policy === undefined) return undefined;
    const given = policyGiven(key, policy, recipientAccountId);
    const { begins = [], ends = [] } = given;
    const states = [stateOf(key, LOCKED)];
    if (!locksOut(policy, recipientAccountId)) return { ...given, ends: [...ends, ...states] };
    return {
      ...given,
      object: `${given.object} (nobody of this account)`,
      begins: [...begins, ...states],
    };
  }),
  CreateGrant: about(keyOf, describeGrant),
  RevokeGrant: about(keyOf, describeGrantEnd),
  RetireGrant: about(keyOf, describeGrantEnd),
  ScheduleKeyDeletion: about(keyOf, (key, { requestParameters }) => {
    const days = textMember(requestParameters, 'pendingWindowInDays');
    return {
      verb: 'schedule',
      object: `deletion of ${key.text}${days === undefined ? '' : ` in ${shortened(days)} days`}`,
      begins: [stateOf(key, DELETION)],
    };
  }),
  CancelKeyDeletion: about(keyOf, (key) => ({
    verb: 'cancel',
    object: `deletion of ${key.text}`,
    // The key stays disabled until somebody enables it.
    begins: [stateOf(key, 'disabled')],
    ends: [stateOf(key, DELETION)],
  })),
  // What the service reports of its own work, days after the call.
  DeleteKey: deletion(keyOf),
  DisableKey: switched('disable', 'disabled', ''),
  EnableKey: switched('enable', 'disabled', ''),
  DisableKeyRotation: switched('switch off', 'rotation off', 'rotation of '),
  EnableKeyRotation: switched('switch on', 'rotation off', 'rotation of '),
  DeleteImportedKeyMaterial: about(keyOf, (key) => ({
    verb: 'delete',
    object: `imported material of ${key.text}, without which it decrypts nothing`,
    begins: [stateOf(key, 'without its material')],
  })),
  ImportKeyMaterial: about(keyOf, (key) => ({
    verb: 'import',
    object: `material of ${key.text}`,
    ends: [stateOf(key, 'without its material')],
  })),
  UpdateKeyDescription: about(keyOf, (key) => ({
    verb: 'change',
    object: `description of ${key.text}`,
  })),
  UpdatePrimaryRegion: about(keyOf, (key, { requestParameters }) => ({
    verb: 'move',
    object: `${key.text} to region ${shortened(textMember(requestParameters, 'primaryRegion') ?? 'unknown')}`,
  })),
  RotateKeyOnDemand: about(keyOf, (key) => ({ verb: 'rotate', object: key.text })),
  CreateAlias: about(aliasOf, describeAlias),
  UpdateAlias: about(aliasOf, (alias, event) => ({
    verb: 'change',
    object: `${alias.text} to mean ${targetText(event)}`,
  })),
  DeleteAlias: deletion(aliasOf),
  CreateCustomKeyStore: about(storeOf, (store) => created(store)),
  DeleteCustomKeyStore: deletion(storeOf),
  DisconnectCustomKeyStore: about(storeOf, (store) => ({
    verb: 'disconnect',
    object: `${store.text}, without which its keys are useless`,
    begins: [stateOf(store, 'disconnected')],
  })),
  ConnectCustomKeyStore: about(storeOf, (store) => ({
    verb: 'connect',
    object: store.text,
    ends: [stateOf(store, 'disconnected')],
  })),
};

/** Whether a policy lets in nobody of the key's own account, who then cannot even take it back. */
function locksOut(policy: Json, own: string | null): boolean {
  return (
    statementsOf(policy, own)?.every(
      ({ effect, principals = [], allBut }) =>
        effect === 'deny' ||
        (!allBut.principals &&
          principals.every(
            ({ kind, account }) =>
              account !== undefined || kind === 'service' || kind === 'federated',
          )),
    ) === true
  );
}

/** A key by its ID. A call may name it by ARN, or by an alias: then `resources` or the response has the ARN. */
function keyOf({
  requestParameters,
  responseElements,
  resources,
}: ChangeEvent): Subject | undefined {
  const names = [
    textMember(requestParameters, 'keyId'),
    textOf(memberAt(responseElements, 'keyMetadata', 'keyId')),
    textMember(responseElements, 'keyId'),
    ...listOf(resources).flatMap((item) => resourceArn(item) ?? []),
  ].flatMap((name) => name ?? []);
  const name = names.find((candidate) => !/(?:^|:)alias\//.test(candidate)) ?? names[0];
  if (name === undefined) return undefined;
  return subjectOf(
    'key',
    /(?:^|:)alias\//.test(name) ? `alias/${lastPart(name)}` : lastPart(name),
    'KMS key',
  );
}

function aliasOf({ requestParameters }: ChangeEvent): Subject | undefined {
  const name = textMember(requestParameters, 'aliasName');
  return name === undefined
    ? undefined
    : subjectOf('alias', name.replace(/^alias\//, ''), 'KMS alias');
}

function storeOf({ requestParameters, responseElements }: ChangeEvent): Subject | undefined {
  const id =
    firstText(requestParameters, 'customKeyStoreId') ??
    firstText(responseElements, 'customKeyStoreId') ??
    firstText(requestParameters, 'customKeyStoreName');
  return id === undefined ? undefined : subjectOf('key store', id, 'KMS key store');
}

function switched(
  verb: 'disable' | 'enable' | 'switch off' | 'switch on',
  what: string,
  prefix: string,
) {
  return about(keyOf, (key) => {
    const states = [stateOf(key, what)];
    const off = verb === 'disable' || verb === 'switch off';
    return {
      verb,
      object: `${prefix}${key.text}`,
      ...(off ? { begins: states } : { ends: states }),
    };
  });
}

function describeCreation(
  key: Subject,
  { requestParameters, recipientAccountId }: ChangeEvent,
): Description {
  const description = textMember(requestParameters, 'description');
  const policy = memberOf(requestParameters, 'policy');
  const name = description === undefined ? '' : ` "${shortened(description)}"`;
  if (policy === undefined || policy === null || policy === '') return created(key, name);
  const summary = summaryFor(key, policy, recipientAccountId);
  const { begins = [], exposure = null, grantees = [] } = policySummarised(key, summary);
  const base = created(key, `${name}: ${summary.text}`);
  return { ...base, exposure, grantees, begins: [...(base.begins ?? []), ...begins] };
}

function describeGrant(
  key: Subject,
  { requestParameters, responseElements, recipientAccountId }: ChangeEvent,
): Description | undefined {
  const grantee = textMember(requestParameters, 'granteePrincipal');
  if (grantee === undefined) return undefined;
  const kind = isServiceHost(grantee) ? 'Service' : 'AWS';
  const principal = principalsOf({ [kind]: grantee }, recipientAccountId)[0];
  const operations = listOf(memberOf(requestParameters, 'operations')).flatMap(
    (name) => textOf(name) ?? [],
  );
  const id = textMember(responseElements, 'grantId');
  const limits = isObject(memberOf(requestParameters, 'constraints')) ? ' with conditions' : '';
  const names = listed(
    operations.map((name) => shortened(name)),
    ', ',
  );
  return {
    verb: 'let',
    object: `${principal?.text ?? shortened(grantee, LONGEST)} use ${key.text}${names === '' ? '' : `: ${names}`}${limits}`,
    exposure: principal?.kind === 'everyone' ? { peer: 'everyone', direction: 'ingress' } : null,
    grantees: principal?.account === undefined ? [] : [principal.account],
    begins: id === undefined ? [] : [stateOf(key, `has grant ${id}`)],
  };
}

function describeGrantEnd(
  key: Subject,
  { requestParameters, responseElements, additionalEventData }: ChangeEvent,
): Description {
  // Of a grant that is retired by its token, only `additionalEventData` has the ID.
  const id =
    textMember(requestParameters, 'grantId') ??
    textMember(responseElements, 'grantId') ??
    textMember(additionalEventData, 'grantId');
  return {
    verb: 'remove',
    object: `grant ${id === undefined ? 'without an ID' : shortened(id, LONGEST)} from ${key.text}`,
    ends: id === undefined ? [] : [stateOf(key, `has grant ${id}`)],
  };
}

function describeAlias(alias: Subject, event: ChangeEvent): Description {
  return created(alias, ` of ${targetText(event)}`);
}

function targetText({ requestParameters }: ChangeEvent): string {
  const key = textMember(requestParameters, 'targetKeyId');
  return key === undefined ? 'an unnamed key' : `key ${shortened(lastPart(key), LONGEST)}`;
}
