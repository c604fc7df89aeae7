/**
 * Reads policy documents. A request has them as JSON, as JSON text, or as JSON text encoded for a URL. What cannot be read is
 * undefined, so that a broken policy never reads as an empty one.
 */
import { isObject, parseJson, type Json } from '../../cloudtrail/json.js';
import { listOf, textOf } from '../request/request.js';
import { conditionsOf, type Condition } from './condition.js';
import { principalsOf, type Principal } from './principal.js';

export interface Statement {
  /** `Sid`: its name in the policy. */
  readonly id: string | undefined;
  readonly effect: 'allow' | 'deny';
  /** Undefined in a policy of a user, group or role: the principal is whoever has the policy. */
  readonly principals: readonly Principal[] | undefined;
  /** The statement is about all principals, actions or resources *but* those that it names. */
  readonly allBut: {
    readonly principals: boolean;
    readonly actions: boolean;
    readonly resources: boolean;
  };
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions: readonly Condition[];
}

/** The statements of a policy; undefined if it cannot be read. `own` is the account of the resource or identity. */
export function statementsOf(policy: Json, own: string | null): readonly Statement[] | undefined {
  const document = documentOf(policy);
  if (!isObject(document)) return undefined;
  // AWS refuses a policy with two members `Statement`; a failed call may have them. It also refuses one without: then the record is
  // not complete.
  const members = Object.entries(document).filter(([name]) => name.toLowerCase() === 'statement');
  if (members.length === 0) return undefined;
  const statements = members.flatMap(([, value]) => listOf(value));
  return statements.every(isObject)
    ? statements.map((statement) => statementOf(statement, own))
    : undefined;
}

function statementOf(statement: Json, own: string | null): Statement {
  const element = (name: string): Json | undefined => elementOf(statement, name);
  const principal = element('principal');
  const notPrincipal = element('notprincipal');
  const either = principal ?? notPrincipal;
  return {
    id: textOf(element('sid')),
    effect: textOf(element('effect'))?.toLowerCase() === 'deny' ? 'deny' : 'allow',
    principals: either === undefined ? undefined : principalsOf(either, own),
    allBut: {
      principals: principal === undefined && notPrincipal !== undefined,
      actions: element('action') === undefined && element('notaction') !== undefined,
      resources: element('resource') === undefined && element('notresource') !== undefined,
    },
    actions: textsOf(element('action') ?? element('notaction')),
    resources: textsOf(element('resource') ?? element('notresource')),
    conditions: conditionsOf(element('condition')),
  };
}

function documentOf(policy: Json): Json | undefined {
  if (typeof policy !== 'string') return policy;
  const once = parsed(policy);
  // A document may be the text of a text, encoded once more.
  return typeof once === 'string' ? parsed(once) : once;
}

function parsed(text: string): Json | undefined {
  try {
    return parseJson(/^\s*%7B/i.test(text) ? decodeURIComponent(text) : text);
  } catch {
    return undefined;
  }
}

/** A member in any spelling of upper and lower case. */
function elementOf(value: Json, name: string): Json | undefined {
  if (!isObject(value)) return undefined;
  const key = Object.keys(value).find((candidate) => candidate.toLowerCase() === name);
  return key === undefined ? undefined : value[key];
}

function textsOf(value: Json | undefined): readonly string[] {
  return listOf(value).flatMap((item) => textOf(item) ?? []);
}
