/** Lake Formation: who may do what with databases, tables and places of a data lake. */
import { isObject, type Json } from '../../../cloudtrail/json.js';
import type { ChangeEvent, Description, State } from '../../change.js';
import type { Describers } from '../../describers.js';
import { names, textsIn } from '../../request/call.js';
import {
  firstText,
  itemsOf,
  memberAt,
  memberOf,
  textMember,
  textOf,
} from '../../request/request.js';
import { listed, shortened } from '../../sentence.js';

const MOST_SHOWN = 3;
const LONGEST = 80;
/** All permissions that there are for a resource: to revoke it takes each of them. */
const ALL = 'ALL';

export const lake: Describers = {
  GrantPermissions: (event) => describe(event, [event.requestParameters], 'give'),
  RevokePermissions: (event) => describe(event, [event.requestParameters], 'remove'),
  BatchGrantPermissions: (event) => describe(event, entriesOf(event), 'give'),
  BatchRevokePermissions: (event) => describe(event, entriesOf(event), 'remove'),
};

function entriesOf({ requestParameters: request }: ChangeEvent): readonly Json[] {
  return itemsOf(memberOf(request, 'entries'));
}

/** The answer repeats the entries of the request that failed. */
function failedEntriesOf({ responseElements: response }: ChangeEvent): readonly Json[] {
  return itemsOf(memberOf(response, 'failures')).flatMap(
    (failure) => memberOf(failure, 'requestEntry') ?? [],
  );
}

interface Grant {
  /** Of the entry in its batch. */
  readonly id: string | undefined;
  /** As a sentence names it, and whole, as states do: two principals may have one name. */
  readonly who: string;
  readonly whoWhole: string;
  /** Undefined for principals of no certain account, such as an organization. */
  readonly account: string | undefined;
  readonly on: Place;
  readonly permissions: readonly string[];
  /** What the sentence adds where the principal may give the permissions to others. */
  readonly more: string;
}

/** What permissions are for. */
interface Place {
  readonly name: string;
  /** The columns, or the values of a tag, which are given and taken one by one; none where it is the whole. */
  readonly parts: readonly string[];
  /** The parts in a sentence. */
  readonly partsText: string;
}

function describe(
  event: ChangeEvent,
  entries: readonly Json[],
  verb: 'give' | 'remove',
): Description | undefined {
  const { recipientAccountId: own, requestParameters: request } = event;
  const catalog = textMember(request, 'catalogId');
  const grantsIn = (list: readonly Json[]): readonly Grant[] =>
    list.flatMap((entry) => grantOf(entry, own, catalog) ?? []);
  const textOfGrant = (grant: Grant): string => grantText(grant, verb);
  const asked = grantsIn(entries);
  if (asked.length === 0) return undefined;
  const failed = new Set(
    failedEntriesOf(event).flatMap(
      (entry) => textMember(entry, 'id') ?? grantsIn([entry]).map(textOfGrant),
    ),
  );
  const isDone = (grant: Grant): boolean => !failed.has(grant.id ?? textOfGrant(grant));
  const done = asked.filter(isDone);
  const undone = asked.filter((grant) => !isDone(grant));
  // If nothing was done, the sentence says what was tried.
  const said = done.length === 0 ? asked : done;
  const states = done.flatMap(statesOf);
  const on = [...new Set(said.map((grant) => grant.on.name))];
  const whole = done.filter(
    ({ permissions, on: { parts } }) => permissions.includes(ALL) && parts.length === 0,
  );
  const accounts = done.flatMap(({ account }) => account ?? []);
  return {
    verb,
    object: listed(said.map(textOfGrant), '; ', MOST_SHOWN),
    resources: on.map((id) => ({ type: 'data lake resource', id, name: null })),
    ...(verb === 'give'
      ? { grantees: [...new Set(accounts)].filter((account) => account !== own), begins: states }
      : { ends: states, removes: whole.map(partOf) }),
    ...(undone.length > 0 && { failed: undone.map(textOfGrant) }),
  };
}

function grantText({ who, on, permissions, more }: Grant, verb: 'give' | 'remove'): string {
  const what = `${names(permissions)} on ${shortened(on.name, 120)}${on.partsText}${more}`;
  return verb === 'give' ? `${who} ${what}` : `${what} from ${who}`;
}

function grantOf(entry: Json, own: string | null, catalog: string | undefined): Grant | undefined {
  const principal = textOf(memberAt(entry, 'principal', 'dataLakePrincipalIdentifier'));
  const permissions = textsIn(entry, 'permissions');
  if (principal === undefined || permissions.length === 0) return undefined;
  const whoWhole = principalText(principal, own);
  const resource = memberOf(entry, 'resource') ?? null;
  const { name, parts, partsText } = placeOf(resource);
  const of = catalogOf(resource) ?? textMember(entry, 'catalogId') ?? catalog ?? own;
  const on = { name: of === own ? name : `${name} of catalog ${of}`, parts, partsText };
  const who = shortened(whoWhole, LONGEST);
  return {
    id: textMember(entry, 'id'),
    who,
    whoWhole,
    account: accountIn(principal),
    on,
    permissions,
    more: optionText(entry),
  };
}

/** With the account, if it is another: each account may have a role `admin`, and a user `admin`. */
function principalText(id: string, own: string | null): string {
  const [, service, account = '', rest = ''] =
    /^arn:[^:]*:([^:]*):[^:]*:([^:]*):(.+)$/s.exec(id) ?? [];
  if (service === undefined) {
    const [, whole, all] = /^([0-9]{12})(:IAMPrincipals)?$/.exec(id) ?? [];
    if (whole === undefined) return id;
    return all === undefined ? `account ${whole}` : `all principals of account ${whole}`;
  }
  const of = account === '' || account === own ? '' : ` of account ${account}`;
  const kind = service === 'iam' || service === 'organizations' ? '' : `${service} `;
  return `${kind}${rest.replace('/', ' ')}${of}`;
}

/**
 * An account, all of its principals (`111122223333:IAMPrincipals`), or one of them by its ARN. The account in the ARN of an
 * organization is the one that manages it, which may be that of the own organization.
 */
function accountIn(id: string): string | undefined {
  return (
    /^([0-9]{12})(?::|$)/.exec(id)?.[1] ??
    /^arn:[^:]*:(?!organizations:)[^:]*:[^:]*:([0-9]{12}):/.exec(id)?.[1]
  );
}

function optionText(entry: Json): string {
  const given = textsIn(entry, 'permissionsWithGrantOption');
  return given.length === 0 ? '' : `, with grant option for ${names(given)}`;
}

function statesOf(grant: Grant): readonly State[] {
  const { whoWhole, on, permissions } = grant;
  return permissions.flatMap((permission) =>
    on.parts.length === 0
      ? [{ resource: on.name, what: `${permission} for ${whoWhole}`, part: partOf(grant) }]
      : // No part: that it is taken for the whole says nothing certain of what is given for a part.
        on.parts.map((part) => ({
          resource: on.name,
          what: `${permission} of ${part} for ${whoWhole}`,
        })),
  );
}

function partOf({ whoWhole, on }: Grant): string {
  return `permissions for ${whoWhole} of ${on.name}`;
}

/** The catalog that the resource names itself. */
function catalogOf(resource: Json): string | undefined {
  const [of] = isObject(resource) ? Object.values(resource) : [];
  return of === undefined ? undefined : firstText(of, 'catalogId', 'tableCatalogId', 'id');
}

function placeOf(resource: Json): Place {
  const [[kind, of] = ['catalog', null]] = isObject(resource) ? Object.entries(resource) : [];
  switch (kind.toLowerCase()) {
    case 'database':
      return wholeOf(`database ${textMember(of, 'name') ?? 'unknown'}`);
    case 'table':
    case 'tablewithcolumns':
      return tableOf(of);
    case 'datalocation':
      return wholeOf(`location ${textMember(of, 'resourceArn') ?? 'unknown'}`);
    case 'datacellsfilter':
      return wholeOf(`filter ${textMember(of, 'name') ?? 'unknown'} of ${tableOf(of).name}`);
    case 'lftag':
      return tagOf(of);
    case 'lftagpolicy':
      return wholeOf(policyText(of));
    case 'lftagexpression':
      return wholeOf(`LF-tag expression ${textMember(of, 'name') ?? 'unknown'}`);
    case 'catalog':
      return wholeOf('the catalog');
    default:
      return wholeOf(`${kind} of the catalog`);
  }
}

function wholeOf(name: string): Place {
  return { name, parts: [], partsText: '' };
}

function tableOf(table: Json): Place {
  const within = textMember(table, 'databaseName') ?? 'unknown';
  const own = firstText(table, 'tableName', 'name');
  const name =
    own === undefined ? `tables of database ${within}` : `table ${own} of database ${within}`;
  const columns = textsIn(table, 'columnNames');
  const but = textsIn(memberOf(table, 'columnWildcard') ?? null, 'excludedColumnNames');
  if (columns.length > 0)
    return {
      name,
      parts: columns.map((column) => `column ${column}`),
      partsText: ` (${columns.length === 1 ? 'column' : 'columns'} ${names(columns)})`,
    };
  if (but.length === 0) return wholeOf(name);
  const parts = [`all columns but ${but.toSorted().join(', ')}`];
  return { name, parts, partsText: ` (all columns but ${names(but)})` };
}

function tagOf(tag: Json): Place {
  const values = textsIn(tag, 'tagValues');
  return {
    name: `LF-tag ${textMember(tag, 'tagKey') ?? 'unknown'}`,
    parts: values.map((value) => `value ${value}`),
    partsText: values.length === 0 ? '' : `: ${names(values)}`,
  };
}

/** Whatever has these tags, now or later. The order of tags and values means nothing. */
function policyText(policy: Json): string {
  const type = textMember(policy, 'resourceType')?.toLowerCase();
  const what = type === undefined ? 'what has' : `${type}s with`;
  const saved = textMember(policy, 'expressionName');
  if (saved !== undefined) return `${what} LF-tag expression ${saved}`;
  const tags = itemsOf(memberOf(policy, 'expression')).map(
    (tag) =>
      `${textMember(tag, 'tagKey') ?? 'unknown'}: ${textsIn(tag, 'tagValues').toSorted().join(' or ')}`,
  );
  return `${what} LF-tags ${tags.toSorted().join(' and ')}`;
}
