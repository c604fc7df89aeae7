/** Lake Formation: who may do what with databases, tables and places of a data lake. */
import { isObject, type Json } from '../../../cloudtrail/json.js';
import type { ChangeEvent, Description, State } from '../../change.js';
import type { Describers } from '../../describers.js';
import { lastPart } from '../../request/subject.js';
import { names, textsIn } from '../../request/call.js';
import { itemsOf, memberAt, memberOf, textMember, textOf } from '../../request/request.js';
import { listed, shortened } from '../../sentence.js';

const MOST_SHOWN = 3;
/** All permissions that there are for a resource: to revoke it takes each of them. */
const ALL = 'ALL';

export const lake: Describers = {
  GrantPermissions: (event) => describe(event, [event.requestParameters], 'give'),
  RevokePermissions: (event) => describe(event, [event.requestParameters], 'take'),
  BatchGrantPermissions: (event) => describe(event, entriesOf(event), 'give'),
  BatchRevokePermissions: (event) => describe(event, entriesOf(event), 'take'),
};

function entriesOf({ requestParameters: request }: ChangeEvent): readonly Json[] {
  return itemsOf(memberOf(request, 'entries'));
}

interface Grant {
  readonly who: string;
  /** Undefined for principals of no certain account, such as an organization. */
  readonly account: string | undefined;
  readonly on: string;
  readonly permissions: readonly string[];
}

function describe(
  { recipientAccountId: own }: ChangeEvent,
  entries: readonly Json[],
  verb: 'give' | 'take',
): Description | undefined {
  const grants = entries.flatMap((entry) => grantOf(entry) ?? []);
  if (grants.length === 0) return undefined;
  const texts = grants.map(({ who, on, permissions }) => {
    const what = `${names(permissions)} on ${shortened(on, 120)}`;
    return verb === 'give' ? `${who} ${what}` : `${what} from ${who}`;
  });
  const states = grants.flatMap(statesOf);
  const on = [...new Set(grants.map((grant) => grant.on))];
  const whole = grants.filter(({ permissions }) => permissions.includes(ALL));
  const accounts = grants.flatMap(({ account }) => account ?? []);
  return {
    verb,
    object: listed(texts, '; ', MOST_SHOWN),
    resources: on.map((id) => ({ type: 'data lake resource', id, name: null })),
    ...(verb === 'give'
      ? { grantees: [...new Set(accounts)].filter((account) => account !== own), begins: states }
      : { ends: states, removes: whole.map(partOf) }),
  };
}

function grantOf(entry: Json): Grant | undefined {
  const id = textOf(memberAt(entry, 'principal', 'dataLakePrincipalIdentifier'));
  const permissions = textsIn(entry, 'permissions');
  if (id === undefined || permissions.length === 0) return undefined;
  const account = accountIn(id);
  const isWhole = account !== undefined && !id.startsWith('arn:');
  const who = isWhole ? `account ${account}` : shortened(id.startsWith('arn:') ? lastPart(id) : id);
  return { who, account, on: resourceText(memberOf(entry, 'resource') ?? null), permissions };
}

/** An account, all of its principals (`111122223333:IAMPrincipals`), or one of them by its ARN. */
function accountIn(id: string): string | undefined {
  return /^(?:arn:[^:]*:iam::)?([0-9]{12})(?::|$)/.exec(id)?.[1];
}

function statesOf(grant: Grant): readonly State[] {
  const { who, on, permissions } = grant;
  return permissions.map((permission) => ({
    resource: on,
    what: `${permission} for ${who}`,
    part: partOf(grant),
  }));
}

function partOf({ who, on }: Grant): string {
  return `permissions for ${who} of ${on}`;
}

function resourceText(resource: Json): string {
  const database = textOf(memberAt(resource, 'database', 'name'));
  if (database !== undefined) return `database ${database}`;
  const table = memberOf(resource, 'table') ?? memberOf(resource, 'tableWithColumns');
  if (table !== undefined) {
    const within = textMember(table, 'databaseName') ?? 'unknown';
    const name = textMember(table, 'name');
    return name === undefined ? `tables of database ${within}` : `table ${within}.${name}`;
  }
  const place = textOf(memberAt(resource, 'dataLocation', 'resourceArn'));
  if (place !== undefined) return `location ${place}`;
  // A filter of cells or what has certain tags.
  const [kind] = isObject(resource) ? Object.keys(resource) : [];
  return kind === undefined || kind === 'catalog' ? 'the catalog' : `${kind} of the catalog`;
}
