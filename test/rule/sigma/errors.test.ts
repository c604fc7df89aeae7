import { describe, expect, test } from 'vitest';
import { readRule } from '../../../src/rule/catalog/read.js';
import { sigmaText } from '../../support/sigma.js';

const read = (text: string) => () => readRule(text, 'sigma.yml');
const entry = (text: string): string => sigmaText(`  one:\n    ${text}\n  condition: one`);

describe('what cannot be hunted is an error that names it and its place', () => {
  test.each([
    ['process_creation', 'category: process_creation, product: windows'],
    ['guardduty', 'product: aws, service: guardduty'],
    ['azure', 'product: azure, service: cloudtrail'],
    ['product: aws', 'product: aws'],
  ])('the log source %s', (named, logsource) =>
    expect(
      read(`title: t\nlogsource: { ${logsource} }\ndetection: { a: { b: c }, condition: a }`),
    ).toThrow(new RegExp(`^sigma.yml:2:\\d+: the rule is about other logs \\(.*${named}`)),
  );
  test.each([
    [
      'product: aws, service: cloudtrial',
      'unknown service "cloudtrial" in logsource. Did you mean "cloudtrail"?',
    ],
    ['service: cloud-trail', 'unknown service "cloud-trail" in logsource'],
    [
      'product: asw, service: CloudTrail',
      'unknown product "asw" in logsource. Did you mean "aws"?',
    ],
  ])('the misspelt log source %s', (logsource, message) =>
    expect(
      read(`title: t\nlogsource: { ${logsource} }\ndetection: { a: { b: c }, condition: a }`),
    ).toThrow(message),
  );
  test.each([
    ['correlation: { type: event_count }', '1:1: correlation: a correlation counts events'],
    ['action: glbal\ndetection: {}', '1:9: action must be global, repeat or reset'],
    [`${entry('userAgent: a')}---\n${entry('userAgent: b')}`, '9:1: the file has several rules'],
  ])('the document %j', (text, message) => expect(read(text)).toThrow(`sigma.yml:${message}`));
  test.each([
    ["userAgent|wide: 'a'", 'the modifier wide makes bytes, which a log does not have'],
    ["userAgent|wide|utf16|base64: 'a'", 'the modifiers wide, utf16, base64 do not go together'],
    ["userAgent|base64|base64offset: 'a'", 'the modifiers base64, base64offset do not go together'],
    ["userAgent|base64|re: 'a'", 'the modifier base64 goes with a comparison of texts only'],
    ['userAgent|hour: 3', 'the hour of userAgent: only eventTime is a time'],
    ['eventTime|hour: 24', '"24" is not the hour of a time'],
    ['eventTime|hour: null', 'null is not the hour of a time'],
    ['eventTime|hour: late', '"late" is not the hour of a time'],
    ['eventTime|hour|contains: 2', 'the modifier hour goes with lt, lte, gt, gte and neq only'],
    ['eventTime|hour|day: 2', 'the modifiers hour and day do not go together'],
    ['users[0].type: a', '"users[0].type" has an index: write users.type, which holds if any'],
    ['requestParameters.users[0].type: a', 'write requestParameters.users.type'],
    ['requestParameters.users[].type: a', 'write requestParameters.users.type'],
    ["userAgent|expand: '%agents%'", 'the modifier expand has no meaning here: placeholders'],
    ['userAgent|contain: a', 'unknown modifier "contain". Did you mean "contains"?'],
    ['userAgent|contains|endswith: a', 'contains and endswith do not go together'],
    ['userAgent|i: a', 'the modifiers i, m and s go with re only'],
    ['userAgent|re|cased: a', 'the modifiers re and cased do not go together'],
    ['userAgnet: a', 'the CloudTrail table has no field userAgnet. Did you mean "userAgent"?'],
    ['userIdentity.role: a', 'the CloudTrail table has no field userIdentity.role'],
    [
      'userIdentity|contains: a',
      'userIdentity is a struct and has no text to compare: test its members',
    ],
    ['tlsDetails|re: a', 'tlsDetails is a struct and has no text to compare'],
    [
      'resources: a',
      'resources is a list of structs and has no text to compare: test its members, resources.arn',
    ],
    ['userAgent|fieldref: userIdentity', 'userIdentity is a struct and has no text to compare'],
    ['userAgent: []', 'userAgent needs a value'],
    ['userAgent: [{}]', 'a value of userAgent must be a text'],
    ['userIdentity: { type: Root }', 'or null: for a field in it, write userIdentity.type'],
    ['userAgent|exists: maybe', 'exists must be true or false'],
    ['userAgent|contains: null', 'contains cannot be compared with null'],
    ['userAgent|lt: many', '"many" is not a number'],
    ['sourceIPAddress|cidr: 10.0.0.0/64', '"10.0.0.0/64" is not a network'],
    ['userAgent|fieldref: nothng.at.all', undefined],
    ["'|all': [a, b]", 'keywords search a whole event'],
    ["userAgent|windash: '-a -b -c -d -e'", 'windash: more than 4 flags'],
  ])('the entry %s', (text, message) => {
    if (message === undefined) expect(read(entry(text))).not.toThrow();
    else expect(read(entry(text))).toThrow(message);
    if (message !== undefined) expect(read(entry(text))).toThrow(/^sigma\.yml:5:\d+: /);
  });
  test.each([
    ['one: [a, b]', '4:9: one: keywords search a whole event'],
    ['one: a', '4:8: one: keywords search a whole event'],
    ['one: {}', '4:8: one: no field is tested'],
    [
      'timeframe: 5m',
      '4:3: timeframe: a hunt tests each event alone and does not count events; remove it, and hunt the selection alone',
    ],
  ])('the search %s', (search, message) =>
    expect(read(sigmaText(`  ${search}\n  condition: one`))).toThrow(`sigma.yml:${message}`),
  );
});

describe('a mistake in a condition names its place', () => {
  test.each([
    ['selection and not filtr', '6:32: the detection has no "filtr". Did you mean "filter"?'],
    ["'selection and filtr'", '6:29: the detection has no "filtr"'],
    ['1 of sel_*', '6:19: the detection has no "sel_*"'],
    ['2 of them', '6:14: "2 of" is not supported'],
    ['selection filter', '6:24: "filter" is out of place'],
    ['(selection or filter', '6:14: a closing parenthesis is missing'],
    ['selection and', '6:14: the condition ends where a search is expected'],
    ['selection | count() by a > 5', '6:24: "| count" is an aggregation'],
    [
      'selection | near filter',
      '6:24: "| near" is an aggregation: a hunt tests each event alone and does not count events; remove it, and hunt the selection alone',
    ],
    ['[]', '6:14: condition must be a text'],
  ])('%s', (condition, message) =>
    expect(
      read(
        sigmaText(
          `  selection: { userAgent: a }\n  filter: { userAgent: b }\n  condition: ${condition}`,
        ),
      ),
    ).toThrow(`sigma.yml:${message}`),
  );
  test.each([
    ['title: t\ndetection: {}', '1:1: the rule needs logsource'],
    ['title: t\nlogsorce: {}\ndetection: {}', 'the rule needs logsource. Did you mean "logsorce"?'],
    ['title: t\nlogsource: { product: aws, service: cloudtrail }', 'the rule needs detection'],
    [sigmaText('  one: { userAgent: a }'), '4:3: detection needs a condition'],
    [entry('userAgent: a').replace('title', 'name'), '1:1: the rule needs title'],
    [`${entry('userAgent: a')}level: hihg\n`, '8:8: unknown level "hihg". Did you mean "high"?'],
  ])('%j', (text, message) => expect(read(text)).toThrow(message));
});
