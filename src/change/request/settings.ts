/**
 * All settings of a call, for a describer that knows only the name of what the call changes. Its sentence would otherwise say less than
 * that of a call without a describer.
 */
import type { ChangeEvent } from '../change.js';
import {
  emptiedTexts,
  NAMING,
  parametersOf,
  parametersOrNone,
  parametersText,
  type Parameter,
} from '../fallback/parameters.js';
import { shortened } from '../sentence.js';
import type { Subject } from './subject.js';

const LONGEST = 300;
/** What stands for a value that the log does not have. */
const HIDDEN = /^(?:HIDDEN_DUE_TO_\w+|<?sensitiveDataRemoved>?|\*+)$/;
/** Of IAM Identity Center, of which an organization has one. */
const FORMAL = /^(?:identityStoreId|directoryId|instanceArn)$/i;

/** `: protocol TLSv1.2, logging off`; nothing where the request only names the resource. */
export function settingsText({ resource }: Subject, { requestParameters }: ChangeEvent): string {
  const said = new Set([resource.id, resource.name]);
  const isSaid = ({ values: [value, ...others] }: Parameter): boolean =>
    value !== undefined && others.length === 0 && (said.has(value) || endsWithOne(value, said));
  const rest = parametersOrNone(
    requestParameters,
    (one) => NAMING.test(one.name) || isSaid(one),
  ).filter(
    (one) =>
      !FORMAL.test(one.name) && !one.values.every((value) => HIDDEN.test(value)) && !isSaid(one),
  );
  return rest.length === 0 ? '' : `: ${shortened(parametersText(rest), LONGEST)}`;
}

/** For a describer that says some settings: the others. `said` are members of the request, or paths. */
export function otherSettings(
  { requestParameters }: ChangeEvent,
  said: readonly string[],
): readonly string[] {
  const all = [...parametersOf(requestParameters), ...emptiedTexts(requestParameters)];
  const rest = all.filter(
    ({ path }) => !said.includes(path) && !said.includes(path.split('.')[0] ?? ''),
  );
  return rest.length === 0 ? [] : [shortened(parametersText(rest), LONGEST)];
}

/** Whether a value is an ARN of one of the names. */
function endsWithOne(value: string, names: ReadonlySet<string | null>): boolean {
  return (
    value.startsWith('arn:') &&
    [...names].some(
      (name) => name !== null && (value.endsWith(`/${name}`) || value.endsWith(`:${name}`)),
    )
  );
}
