/** Access control lists of S3: a ready-made list in one word, or grants, in the body of the call or in its headers. */
import { isObject, type Json } from '../../../../cloudtrail/json.js';
import type { ChangeEvent, Description } from '../../../change.js';
import { listOf, memberAt, memberOf, textMember, textOf } from '../../../request/request.js';
import { listed, shortened } from '../../../sentence.js';
import { stateOf, type Subject } from '../../../request/subject.js';
import { unsaid } from './body.js';

const OPEN_TO_EVERYONE = 'open to everyone by its ACL';
const OPEN_TO_OTHERS = 'open to others by its ACL';
const MOST_GRANTS = 200;

/** The canned ACLs: which access each gives, and to whom. */
const READY_MADE: Readonly<Record<string, string>> = {
  'public-read': 'everyone may read',
  'public-read-write': 'everyone may read and write',
  'authenticated-read': 'everyone with an AWS account may read',
  'aws-exec-read': 'EC2 may read',
  'bucket-owner-read': "the bucket's owner may read",
  'bucket-owner-full-control': "the bucket's owner has full control",
  'log-delivery-write': 'log delivery may write',
};
const HEADERS = [
  ['x-amz-grant-full-control', 'FULL_CONTROL'],
  ['x-amz-grant-read', 'READ'],
  ['x-amz-grant-write', 'WRITE'],
  ['x-amz-grant-read-acp', 'READ_ACP'],
  ['x-amz-grant-write-acp', 'WRITE_ACP'],
] as const;
const PERMISSIONS: Readonly<Record<string, string>> = {
  FULL_CONTROL: 'has full control',
  READ: 'may read',
  WRITE: 'may write',
  READ_ACP: 'may read the ACL',
  WRITE_ACP: 'may change the ACL',
};

interface Grant {
  readonly who: string;
  readonly permission: string;
  readonly toEveryone: boolean;
  readonly toOthers: boolean;
}

/** What the list gives to whom. With `mayBeEmpty`, undefined where the request has no list. */
export function describeAcl(
  subject: Subject,
  { requestParameters: request }: ChangeEvent,
  { mayBeEmpty = false }: { readonly mayBeEmpty?: boolean } = {},
): Description | undefined {
  const word = readyMadeOf(request);
  const grants = grantsOf(request);
  if (word === undefined && grants.length === 0 && mayBeEmpty) return undefined;
  const isInBody = isObject(memberOf(request, 'AccessControlPolicy'));
  if (word === undefined && grants.length === 0 && !isInBody) return unsaid('ACL', subject);
  const texts = [
    ...(word === undefined ? [] : [knownWord(READY_MADE, word) ?? shortened(word)]),
    ...grants
      .toSorted((a, b) => rankOf(a) - rankOf(b))
      .map(
        ({ who, permission }) =>
          `${who} ${knownWord(PERMISSIONS, permission) ?? `has ${shortened(permission)}`}`,
      ),
  ];
  const publicWord = /^(?:public|authenticated)-/.test(word ?? '');
  const toEveryone = publicWord || grants.some((grant) => grant.toEveryone);
  const toOthers = grants.some((grant) => grant.toOthers);
  const states = [
    { isOpen: toEveryone, state: stateOf(subject, OPEN_TO_EVERYONE) },
    { isOpen: toOthers, state: stateOf(subject, OPEN_TO_OTHERS) },
  ];
  return {
    verb: 'set',
    object: `ACL of ${subject.text}: ${texts.length === 0 ? 'nobody but the owner has access' : listed([...new Set(texts)], ', ')}`,
    exposure: toEveryone ? { peer: 'everyone', direction: 'ingress' } : null,
    begins: states.flatMap(({ isOpen, state }) => (isOpen ? state : [])),
    ends: states.flatMap(({ isOpen, state }) => (isOpen ? [] : state)),
  };
}

function rankOf({ toEveryone, toOthers }: Grant): number {
  return toEveryone ? 0 : toOthers ? 1 : 2;
}

function readyMadeOf(request: Json): string | undefined {
  const word =
    memberOf(request, 'x-amz-acl') ?? memberAt(request, 'accessControlList', 'x-amz-acl');
  return textOf(Array.isArray(word) ? word[0] : word);
}

function grantsOf(request: Json): readonly Grant[] {
  const policy = memberOf(request, 'AccessControlPolicy') ?? null;
  const owner = textOf(memberAt(policy, 'Owner', 'ID'));
  const list =
    memberAt(policy, 'AccessControlList', 'Grant') ?? memberAt(policy, 'AccessControlList');
  const inBody = listOf(list).flatMap((grant) => {
    const grantee = memberOf(grant, 'Grantee') ?? null;
    const permission = textMember(grant, 'Permission');
    const name = ['URI', 'EmailAddress', 'ID'].map((key) => textMember(grantee, key));
    const who = name.find((text) => text !== undefined);
    return who === undefined || permission === undefined ? [] : [grantOf(who, permission, owner)];
  });
  const inHeaders = HEADERS.flatMap(([header, permission]) => {
    const value = memberOf(request, header) ?? memberAt(request, 'accessControlList', header);
    return (Array.isArray(value) ? value : [value])
      .flatMap((text: Json | undefined) => textOf(text)?.split(',') ?? [])
      .map((text) =>
        grantOf(text.trim().replace(/^\w+=/, '').replaceAll('"', ''), permission, owner),
      );
  });
  return [...inBody, ...inHeaders].slice(0, MOST_GRANTS);
}

function grantOf(who: string, permission: string, owner: string | undefined): Grant {
  const group = /\/groups\/(?:global|s3)\/(\w+)$/.exec(who)?.[1];
  const base = { permission, toEveryone: false, toOthers: false };
  switch (group) {
    case 'AllUsers':
      return { ...base, who: 'everyone', toEveryone: true };
    case 'AuthenticatedUsers':
      return { ...base, who: 'everyone with an AWS account', toEveryone: true };
    case 'LogDelivery':
      return { ...base, who: 'log delivery' };
    case undefined:
      break;
    default:
      return { ...base, who: `group ${shortened(group)}` };
  }
  if (who === owner) return { ...base, who: 'its owner' };
  const name = who.includes('@') ? shortened(who, 80) : `canonical user ${shortened(who, 12)}`;
  return { ...base, who: name, toOthers: true };
}

/** A log may have `__proto__` for a word. */
function knownWord(words: Readonly<Record<string, string>>, word: string): string | undefined {
  return Object.hasOwn(words, word) ? words[word] : undefined;
}
