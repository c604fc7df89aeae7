/** Values that a field never has, for the fields of which CloudTrail says what they hold. A test for such a value finds nothing. */
import { distance } from 'fastest-levenshtein';
import { fieldNames, locationOf } from '../../cloudtrail/field/fields.js';
import { readNetwork } from '../../network/addresses.js';
import { nearestOf } from '../../text/did-you-mean.js';
import { truncate } from '../../text/width.js';
import type { FieldPath, Test } from './condition.js';
import { fieldNotation } from './notation.js';
import { operatorRow } from './operators.js';

/** In columns. */
const LONGEST_VALUE = 100;
const NO_WILDCARD = '* and ? stand for themselves here: use MatchesWildcard';

/** What is wrong with a value, as the end of a sentence; undefined if it is not known to be wrong. */
type Judge = (value: string, test: Test) => string | undefined;

const BOOLEAN = oneOf(['true', 'false']);

/** By the lower-case path of the field. */
const JUDGES: ReadonlyMap<string, Judge> = new Map([
  ['eventname', wrongCall],
  ['eventsource', wrongService],
  ['awsregion', wrongRegion],
  // Of `recipientAccountId`, a hunt says ACCOUNT_ID_MALFORMED.
  ['useridentity.accountid', wrongAccount],
  ['sourceipaddress', wrongAddress],
  ['readonly', BOOLEAN],
  ['sessioncredentialfromconsole', BOOLEAN],
  ['useridentity.sessioncontext.attributes.mfaauthenticated', BOOLEAN],
  ['eventcategory', near(['Management', 'Data', 'Insight', 'NetworkActivity'])],
  [
    'eventtype',
    near(['AwsApiCall', 'AwsConsoleAction', 'AwsConsoleSignIn', 'AwsServiceEvent', 'AwsVpceEvent']),
  ],
  [
    'useridentity.type',
    near([
      'AssumedRole',
      'AWSAccount',
      'AWSService',
      'Directory',
      'FederatedUser',
      'IAMUser',
      'IdentityCenterUser',
      'Role',
      'Root',
      'SAMLUser',
      'Unknown',
      'WebIdentityUser',
    ]),
  ],
]);

/** The sentences about values that no event has in the field of a test. */
export function impossibleValues(test: Test): readonly string[] {
  const column = columnOf(test.field);
  if (column === 'eventtime') return impossibleTimes(test);
  const judge = column === undefined || !isList(test) ? undefined : JUDGES.get(column);
  if (judge === undefined) return [];
  return valuesOf(test).flatMap((value) => sentence(test, value, judge(value, test)));
}

function sentence({ field }: Test, value: string, wrong: string | undefined): readonly string[] {
  const short = JSON.stringify(truncate(value, LONGEST_VALUE));
  return wrong === undefined ? [] : [`no event has the ${fieldNotation(field)} ${short}: ${wrong}`];
}

function wrongCall(value: string): string | undefined {
  if (/[*?]/.test(value)) return NO_WILDCARD;
  if (/^[\w-]+(?:\.amazonaws\.com)?:\w+$/.test(value)) {
    const [service = '', name = ''] = value.split(':');
    const call = `${service.replace(/\.amazonaws\.com$/, '').toLowerCase()}:${name}`;
    return `it is the name alone, ${name}. For the call of one service, use Calls: [${call}]`;
  }
  return /\s/.test(value) ? 'a name has no blank' : undefined;
}

function wrongService(value: string): string | undefined {
  if (/[*?]/.test(value)) return NO_WILDCARD;
  return /^[\w-]+$/.test(value)
    ? `it is a domain. Did you mean "${value.toLowerCase()}.amazonaws.com"?`
    : undefined;
}

function wrongRegion(value: string, { ignoreCase }: Test): string | undefined {
  if (/[*?]/.test(value)) return NO_WILDCARD;
  const [, region, zone] = /^([a-z]{2}(?:-[a-z]+)+-\d)([a-z]?)$/i.exec(value) ?? [];
  if (region === undefined) return undefined;
  const isWritten = ignoreCase || region === region.toLowerCase();
  return zone === '' && isWritten ? undefined : `the region is "${region.toLowerCase()}"`;
}

const DIGITS = 12;

function wrongAccount(value: string): string | undefined {
  const digits = value.replaceAll('-', '');
  if (/^\d{4}-\d{4}-\d{4}$/.test(value)) return `an account is written "${digits}"`;
  return /^\d{10,11}$/.test(value)
    ? `an account has ${DIGITS} digits. Did you mean "${value.padStart(DIGITS, '0')}"?`
    : undefined;
}

function wrongAddress(value: string): string | undefined {
  if (/[*?]/.test(value)) return NO_WILDCARD;
  return value.includes('/') && readNetwork(value) !== undefined
    ? 'it is a network: use IsIPAddressInCIDR (in Sigma, |cidr)'
    : undefined;
}

/** One of a few values, and no other. */
function oneOf(known: readonly string[]): Judge {
  return (value, { ignoreCase }) =>
    known.includes(ignoreCase ? value.toLowerCase() : value)
      ? undefined
      : `it is ${known.map((one) => `"${one}"`).join(' or ')}`;
}

/** So few letters differ in a value with a typo. */
const MOST_LETTERS = 2;

/** Nearly one of these: AWS may add others. */
function near(known: readonly string[]): Judge {
  return (value, { ignoreCase }) => {
    const lower = value.toLowerCase();
    if (known.some((one) => one === value || (ignoreCase && one.toLowerCase() === lower)))
      return undefined;
    const meant = nearestOf(value, known);
    return meant !== undefined && distance(meant.toLowerCase(), lower) <= MOST_LETTERS
      ? `did you mean "${meant}"?`
      : undefined;
  };
}

/** A time as CloudTrail writes it. */
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/;
const EXAMPLE = '2026-01-14T09:30:00Z';

function impossibleTimes(test: Test): readonly string[] {
  if (test.part !== undefined) return [];
  const advice = 'For a window of time, use --since and --until';
  if (operatorRow(test.op).takes === 'numbers')
    return [
      `${fieldNotation(test.field)} is a text and no number, so the test holds for no event. ${advice}`,
    ];
  const isBeginning = test.op === 'startsWith';
  if (!isBeginning && !isList(test)) return [];
  const wrong = `CloudTrail writes it in UTC, as ${EXAMPLE}. ${advice}`;
  return valuesOf(test).flatMap((value) => {
    const time = test.ignoreCase ? value.toUpperCase() : value;
    const isTime = TIME.test(time) || (isBeginning && beginsTime(time));
    return sentence(test, value, isTime ? undefined : wrong);
  });
}

function beginsTime(text: string): boolean {
  return TIME.test(text + EXAMPLE.slice(text.length)) || TIME.test(`${text}Z`);
}

/** The sentences about values that are the names of fields: a rule that means the field would compare with its name. */
export function namesOfFields(test: Test): readonly string[] {
  return valuesOf(test)
    .filter((value) => isFieldName(value))
    .map(
      (value) =>
        `"${value}" is compared as a text. For the value of the field, write Value: { KeyPath: ${value} } (in Sigma, |fieldref)`,
    );
}

const PARAMETER = /^(?:requestParameters|responseElements|additionalEventData)\.[\w.]+$/;

function isFieldName(value: string): boolean {
  return PARAMETER.test(value) || (value.includes('.') && fieldNames().includes(value));
}

/** The lower-case path of a text column or of a text in a struct; undefined for every other field. */
export function columnOf(field: FieldPath): string | undefined {
  const location = locationOf(field);
  return location?.kind === 'text' ? location.path.join('.') : undefined;
}

/** Whether a test asks whether its field is one of its values. */
export function isList({ op, part }: Test): boolean {
  return (op === 'equals' || op === 'in') && part === undefined;
}

export function valuesOf({ values }: Test): readonly string[] {
  return 'parameter' in values ? [] : values;
}
