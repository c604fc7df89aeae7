/** Hostile events, as the JSON text that stands in a log. */
import * as fc from 'fast-check';
import { jsonNumber, KEYS, text } from './arbitrary-text.js';

/** JSON text of an object; a key may stand twice. */
function objectText(members: readonly (readonly [key: string, value: string])[]): string {
  return `{${members.map(([key, value]) => `${JSON.stringify(key)}:${value}`).join(',')}}`;
}

/** A string in JSON, perhaps with every sign as an escape. */
const stringText: fc.Arbitrary<string> = fc.tuple(text, fc.boolean()).map(([value, escaped]) =>
  escaped
    ? `"${value
        .split('')
        .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
        .join('')}"`
    : JSON.stringify(value),
);

const scalarText = fc.oneof(
  { weight: 6, arbitrary: stringText },
  { weight: 2, arbitrary: jsonNumber },
  { weight: 1, arbitrary: fc.constantFrom('true', 'false') },
  { weight: 2, arbitrary: fc.constant('null') },
);

const commonKey = fc.constantFrom('a', 'b', 'items', '0', '1');
const key = fc.oneof(
  { weight: 3, arbitrary: commonKey },
  { weight: 2, arbitrary: fc.constantFrom(...KEYS) },
);

const optional = (name: string, value: fc.Arbitrary<string>): fc.Arbitrary<[string, string][]> =>
  fc
    .option(value, { freq: 4, nil: undefined })
    .map((given) => (given === undefined ? [] : [[name, given]]));

const list = (value: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.array(value, { maxLength: 3 }).map((items) => `[${items.join(',')}]`);

/** JSON that a text holds. Its numbers are those that all engines print alike. */
const { held: heldJson } = fc.letrec<{ held: string }>((tie) => ({
  held: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 4, arbitrary: stringText },
    { weight: 1, arbitrary: fc.constantFrom('null', 'true', '0', '-1', '22', '1.5') },
    { weight: 3, arbitrary: list(tie('held')) },
    { weight: 5, arbitrary: object(tie('held'), tie('held')) },
    { weight: 1, arbitrary: tie('held').map((json) => JSON.stringify(json)) },
  ),
}));

/** A text that holds JSON, or nearly does. */
const heldText = fc
  .tuple(
    heldJson,
    fc.constantFrom('', '', '', ' ', '\n\t', '\ufeff', '\u00a0', 'x', '['),
    fc.constantFrom('', '', '', ' ', '\n', ',', ' {}', '\0', ']', ',{}', '}, ["end"'),
    fc.constantFrom(
      '',
      '',
      '',
      '',
      ',}',
      ',]',
      ', ]',
      'NaN',
      '-Infinity',
      'nan',
      '\\ud83d',
      '\\udc00"',
      '/**/',
    ),
  )
  .map(([json, before, after, inside]) => {
    const middle = Math.floor(json.length / 2);
    const damaged =
      inside === ''
        ? json
        : json.slice(0, middle) + inside + json.slice(inside.length > 3 ? middle : middle + 1);
    return JSON.stringify(before + damaged + after);
  });

const { value: jsonText } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 4, arbitrary: scalarText },
    { weight: 2, arbitrary: heldText },
    { weight: 3, arbitrary: list(tie('value')) },
    {
      weight: 3,
      arbitrary: fc.array(fc.tuple(key, tie('value')), { maxLength: 3 }).map(objectText),
    },
    { weight: 4, arbitrary: object(tie('value'), scalarText) },
  ),
}));

/** An object of the shape that conditions are likely to ask about. */
function object(any: fc.Arbitrary<string>, scalar: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const value = fc.oneof({ weight: 3, arbitrary: scalar }, { weight: 1, arbitrary: any });
  return fc
    .tuple(
      optional('a', value),
      optional('b', any),
      optional('items', fc.oneof(list(any), list(value), any)),
    )
    .map((members) => objectText(members.flat()));
}

/** Lists and objects, far more of them than the engines' own stacks would like. */
const deepText = fc
  .tuple(fc.integer({ min: 10, max: 300 }), fc.boolean())
  .map(([depth, lists]) =>
    lists
      ? `${'['.repeat(depth)}"a"${']'.repeat(depth)}`
      : `${'{"a":'.repeat(depth)}"a"${'}'.repeat(depth)}`,
  );

/** What stands in a JSON column: a value, or a string that holds the text of one. */
const columnText = fc.oneof(
  { weight: 20, arbitrary: object(jsonText, scalarText) },
  { weight: 10, arbitrary: jsonText },
  { weight: 2, arbitrary: jsonText.map((value) => JSON.stringify(value)) },
  { weight: 1, arbitrary: deepText },
  { weight: 1, arbitrary: scalarText },
);

type Member = readonly [key: string, value: fc.Arbitrary<string>];

/** An object with some of the members, their keys spelt in some case, and perhaps something else in its place. */
function struct(...members: readonly Member[]): fc.Arbitrary<string> {
  const spelt = members.map(([name, value]) =>
    fc
      .tuple(fc.constantFrom(name, name, name.toLowerCase(), name.toUpperCase()), value)
      .map((member): readonly [string, string] => member),
  );
  const some = spelt.map((member) => fc.array(member, { minLength: 0, maxLength: 2 }));
  return fc.oneof(
    { weight: 12, arbitrary: fc.tuple(...some).map((parts) => objectText(parts.flat())) },
    { weight: 1, arbitrary: scalarText },
    { weight: 1, arbitrary: fc.constantFrom('[]', '{}', '[{"arn":"a"}]') },
  );
}

const map = fc.oneof(
  { weight: 6, arbitrary: fc.array(fc.tuple(key, jsonText), { maxLength: 4 }).map(objectText) },
  { weight: 1, arbitrary: scalarText },
);

/** A text column: mostly a scalar, at times a list or an object. */
const textValue = fc.oneof(
  { weight: 6, arbitrary: scalarText },
  { weight: 1, arbitrary: jsonText },
);

const userIdentity = struct(
  ['type', textValue],
  ['arn', textValue],
  ['userName', textValue],
  [
    'sessionContext',
    struct(
      ['attributes', struct(['mfaAuthenticated', textValue])],
      ['sessionIssuer', struct(['userName', textValue])],
      ['webIdFederationData', struct(['federatedProvider', textValue], ['attributes', map])],
    ),
  ],
);

const resource = struct(['arn', textValue], ['accountId', textValue], ['type', textValue]);
const resources = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.array(resource, { maxLength: 3 }).map((items) => `[${items.join(',')}]`),
  },
  { weight: 1, arbitrary: jsonText },
);

/** An event of a log; `eventID` marks it as one whatever else it has. */
export const eventText: fc.Arbitrary<string> = fc
  .tuple(
    fc.constant<[string, string][]>([
      ['eventID', '"1"'],
      ['eventName', '"a"'],
    ]),
    optional(
      'errorCode',
      fc.oneof(
        textValue,
        fc.constantFrom('""', '" -- "', '"None"', '"<nil>"', '"#N/A"', '"\\\\N"', '"None of it"'),
      ),
    ),
    optional('userAgent', textValue),
    optional('sourceIPAddress', textValue),
    optional('eventTime', textValue),
    optional('readOnly', textValue),
    optional('userIdentity', userIdentity),
    optional('tlsDetails', struct(['tlsVersion', textValue])),
    optional('requestParameters', columnText),
    optional('requestParameters', columnText),
    optional('responseElements', columnText),
    optional('resources', resources),
    optional('__proto__', jsonText),
  )
  .map((parts) => objectText(parts.flat()));
