/** The principals of a statement: whom it is about. */
import { isObject, type Json } from '../../cloudtrail/json.js';
import { accountOf } from '../request/account.js';
import { textOf } from '../request/request.js';
import { shortened } from '../sentence.js';

const LONGEST = 80;

export interface Principal {
  /** `federated` is signed in by somebody else than AWS. Of an `unknown` one the account cannot be told. */
  readonly kind:
    | 'everyone'
    | 'account'
    | 'own account'
    | 'service'
    | 'federated'
    | 'unknown'
    | 'other';
  /** `everyone`, `account 111122223333`, `role deploy of account 111122223333`, `lambda.amazonaws.com`. */
  readonly text: string;
  /** The account that the principal belongs to, if it is another than the resource's. */
  readonly account: string | undefined;
  /** Who signs in a federated principal, if it is a provider of tokens: `accounts.google.com`. */
  readonly provider?: string;
}

const EVERYONE: Principal = { kind: 'everyone', text: 'everyone', account: undefined };

/** What `Principal` holds: `"*"`, or a list of principals for each of their kinds. */
export function principalsOf(value: Json, own: string | null): readonly Principal[] {
  if (!isObject(value))
    return (Array.isArray(value) ? value : [value]).flatMap((item: Json) =>
      awsPrincipal(textOf(item), own),
    );
  return Object.entries(value).flatMap(([kind, names]) =>
    (Array.isArray(names) ? names : [names]).flatMap((name: Json) =>
      principalOf(kind.toLowerCase(), textOf(name), own),
    ),
  );
}

function principalOf(
  kind: string,
  name: string | undefined,
  own: string | null,
): readonly Principal[] {
  if (name === undefined) return [];
  switch (kind) {
    case 'aws':
      return awsPrincipal(name, own);
    case 'service':
      return [named(name === '*' ? 'every AWS service' : name, 'service')];
    case 'federated':
      return name === '*' ? [EVERYONE] : [federated(name, own)];
    case 'canonicaluser':
      return [named(`canonical user ${shortened(name, 12)}`, 'unknown')];
    default:
      return [named(`${shortened(kind, 20)} ${name}`, 'unknown')];
  }
}

function awsPrincipal(name: string | undefined, own: string | null): readonly Principal[] {
  if (name === undefined) return [];
  if (/^\*+$/.test(name)) return [EVERYONE];
  const arn = /^arn:[^:]*:(?:iam|sts)::([^:]*):(.+)$/s.exec(name);
  const account = accountOf(arn?.[1] ?? name);
  const rest = arn?.[2] ?? 'root';
  if (account === undefined) return [unnamed(name)];
  const foreign = account === own ? undefined : account;
  if (rest === 'root')
    return foreign === undefined
      ? [{ kind: 'own account', text: 'this account', account: undefined }]
      : [{ kind: 'account', text: `account ${foreign}`, account: foreign }];
  const identity = shortened(
    rest.replace(/^assumed-role\//, 'session ').replace('/', ' '),
    LONGEST,
  );
  return [
    {
      kind: 'other',
      text: foreign === undefined ? identity : `${identity} of account ${foreign}`,
      account: foreign,
    },
  ];
}

/** AWS replaces the ARN of a deleted user or role with its unique ID, which nobody has any more. */
function unnamed(name: string): Principal {
  if (/^AIDA[A-Z0-9]+$/.test(name)) return named(`deleted user ${name}`, 'other');
  return /^AROA[A-Z0-9]+$/.test(name)
    ? named(`deleted role ${name}`, 'other')
    : named(name, 'unknown');
}

function federated(name: string, own: string | null): Principal {
  const arn = /^arn:[^:]*:iam::([^:]*):(saml|oidc)-provider\/(.+)$/s.exec(name);
  if (arn === null) return { ...named(`identities of ${name}`, 'federated'), provider: name };
  const account = accountOf(arn[1]);
  return {
    kind: 'federated',
    ...(arn[2] === 'oidc' && { provider: arn[3] }),
    text: shortened(
      arn[2] === 'saml' ? `people of SAML provider ${arn[3]}` : `identities of ${arn[3]}`,
      LONGEST,
    ),
    account: account === own ? undefined : account,
  };
}

function named(text: string, kind: Principal['kind']): Principal {
  return { kind, text: shortened(text, LONGEST), account: undefined };
}
