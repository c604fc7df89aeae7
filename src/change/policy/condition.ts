/** The conditions of a statement, and which of them keep most of the world out. */
import { isAccountId } from '../../cloudtrail/account.js';
import { isObject, type Json } from '../../cloudtrail/json.js';
import { accountsIn } from '../request/account.js';
import { everyoneIn } from '../request/address.js';
import { textOf } from '../request/request.js';
import { listed, shortened } from '../sentence.js';

const LONGEST_KEY = 48;
const LONGEST_VALUE = 80;

export interface Condition {
  /** In lower case, without `ForAnyValue:` and `IfExists`. */
  readonly operator: string;
  /** Whether the condition also holds for requests that lack the key. */
  readonly holdsWithoutKey: boolean;
  readonly key: string;
  readonly values: readonly string[];
}

/** Keys that name a part of the world: an account, an organisation, a network, a resource. The caller cannot choose them. */
const NARROWING: ReadonlySet<string> = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:principalservicename',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceip',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:sourceowner',
  'aws:sourcevpc',
  'aws:sourcevpcarn',
  'aws:sourcevpce',
  'aws:userid',
  'aws:vpceaccount',
  'aws:vpceorgid',
  'kms:calleraccount',
  's3:dataaccesspointaccount',
  's3:dataaccesspointarn',
]);
const ACCOUNTS: ReadonlySet<string> = new Set([
  'aws:principalaccount',
  'aws:principalarn',
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceowner',
  'aws:vpceaccount',
  'kms:calleraccount',
  's3:dataaccesspointaccount',
  's3:dataaccesspointarn',
]);
const EQUAL =
  /^(?:string(?:equals|like)(?:ignorecase)?|stringequalsignorecase|arn(?:equals|like)|ipaddress)$/;
const COMPARISONS: Readonly<Record<string, string>> = {
  lessthan: '<',
  lessthanequals: '≤',
  greaterthan: '>',
  greaterthanequals: '≥',
};

/** One for each pair of operator and key. What has another shape is left out. */
export function conditionsOf(value: Json | undefined): readonly Condition[] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([operator, keys]) =>
    isObject(keys)
      ? Object.entries(keys).map(([key, values]) => conditionOf(operator, key, values))
      : [],
  );
}

function conditionOf(given: string, key: string, values: Json): Condition {
  const operator = given.toLowerCase();
  return {
    operator: operator.replace(/^for(?:any|all)values?:/, '').replace(/ifexists$/, ''),
    holdsWithoutKey: operator.startsWith('forall') || operator.endsWith('ifexists'),
    key,
    values: (Array.isArray(values) ? values : [values]).flatMap((item: Json) => textOf(item) ?? []),
  };
}

/** Whether the condition leaves only a part of the world of `Principal: *`. */
export function narrows(condition: Condition): boolean {
  const { operator, holdsWithoutKey, key, values } = condition;
  const name = key.toLowerCase();
  if (holdsWithoutKey || values.length === 0) return false;
  if (name === 'aws:principalisawsservice') return operator === 'bool' && values[0] === 'true';
  if (!NARROWING.has(name) || !EQUAL.test(operator)) return false;
  return name === 'aws:sourceip'
    ? everyoneIn(values).length === 0
    : values.every(
        (value) =>
          isFixed(value, operator) && (!name.endsWith('arn') || /^arn:|[0-9]{12}/i.test(value)),
      );
}

/** Whether a pattern names something. An ARN does if its account does, or the name of a bucket, which belongs to no account. */
function isFixed(pattern: string, operator: string): boolean {
  const [, , , , account = '', ...resource] = pattern.split(':');
  if (/^arn:/i.test(pattern))
    return account === '' ? /^[^*?]{3}/.test(resource.join(':')) : isAccountId(account);
  if (!hasWildcards(operator)) return /[^*?]/.test(pattern);
  // The first part must be whole, or so long that nobody else's begins alike: `AROA…:*`, `o-1/*`; not `o-*` or `*:session`.
  return /^[^*?:/]+(?:[:/]|$)|^[^*?:/]{16}/.test(pattern);
}

/** `StringEquals` takes `*` as it stands. */
function hasWildcards(operator: string): boolean {
  return /like|^arn/.test(operator);
}

/** Whether a condition on a claim of a token (its subject, audience …) names whose token it is: `repo:org/*`, not `repo:*`. */
export function identifies({ operator, values }: Condition): boolean {
  if (!EQUAL.test(operator) || values.length === 0) return false;
  if (!hasWildcards(operator)) return true;
  return values.every((value) => {
    if (!/[*?]/.test(value)) return true;
    const start = value.indexOf(':') + 1;
    return !/[*?]/.test(value.slice(0, start)) && /^[^*?:/]+(?:[:/]|$)/.test(value.slice(start));
  });
}

/** Whether the condition lets in nobody but the account itself. */
export function keepsTo(condition: Condition, own: string | null): boolean {
  return (
    namesAccounts(condition) &&
    condition.values.every((value) => accountsIn([value], null)[0] === own)
  );
}

/** Whether the condition lets in nobody but the accounts that it names. */
export function namesAccounts({ operator, holdsWithoutKey, key, values }: Condition): boolean {
  return (
    !holdsWithoutKey &&
    values.length > 0 &&
    ACCOUNTS.has(key.toLowerCase()) &&
    EQUAL.test(operator) &&
    values.every((value) => accountsIn([value], null).length > 0)
  );
}

/** The accounts that a condition names, if it names accounts. */
export function accountsOf({ operator, key, values }: Condition): readonly string[] {
  return ACCOUNTS.has(key.toLowerCase()) && EQUAL.test(operator) ? accountsIn(values, null) : [];
}

/** `aws:SourceIp 10.0.0.0/8 and aws:SecureTransport true`. Empty without conditions. */
export function conditionsText(conditions: readonly Condition[]): string {
  return listed(
    conditions.map((condition) => conditionText(condition)),
    ' and ',
    2,
  );
}

function conditionText({ operator, key, values }: Condition): string {
  const name = shortened(key, LONGEST_KEY);
  if (operator === 'null') return `${name} is ${values[0] === 'true' ? 'missing' : 'present'}`;
  const comparison = COMPARISONS[operator.replace(/^(?:numeric|date)/, '')];
  const relation = comparison ?? (operator.includes('not') ? 'is not' : '');
  const text = listed(
    values.map((value) => shortened(value, LONGEST_VALUE)),
    ' or ',
    2,
  );
  return [name, relation, text].filter((part) => part !== '').join(' ');
}
