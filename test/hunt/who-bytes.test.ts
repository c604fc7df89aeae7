/** What `hunt who` asks for is told from the bytes of nearly every record: a question that is too much for the fast reader has all parsed. */
import { expect, test } from 'vitest';
import { PlainReader } from '../../src/dump/fast/plain.js';
import { questionAbout } from '../../src/hunt/who/question.js';
import { buildQuery } from '../../src/query/build.js';
import { requirementOf } from '../../src/query/required.js';
import { bind } from '../../src/rule/bind.js';
import { whoRule } from '../../src/rule/catalog/built-in.js';
import { indicatorOf, NOTHING_FOLLOWED } from '../../src/rule/subject.js';
import { openedGroup } from '../support/hunt-events.js';

const KEY = 'ASIAEXAMPLEWEB000001';
const ALL_TIME = { since: undefined, until: undefined };

/** Roles have names of any length. */
const arnOf = (index: number): string =>
  `arn:aws:sts::112233445566:assumed-role/Web${'x'.repeat(index % 40)}/i-${String(index).padStart(17, '0')}`;

function calledBy(arn: string, accessKeyId: string): unknown {
  return openedGroup({
    eventName: 'DescribeInstances',
    readOnly: true,
    userIdentity: { type: 'AssumedRole', arn, accessKeyId },
  });
}

const records = [
  calledBy(arnOf(0), 'ASIAEXAMPLEWEB000002'),
  calledBy(arnOf(0), KEY),
  calledBy(arnOf(500), 'ASIAEXAMPLEWEB000003'),
  calledBy('arn:aws:iam::112233445566:user/ann', 'AKIAEXAMPLEANN000000'),
];

test.each([1, 5, 12, 200])(
  'parses no other calls for a key where the calls of %i instances are compared',
  (count) => {
    const instances = Array.from({ length: count }, (_, index) => arnOf(index));
    const { rules, filters, counted } = questionAbout(
      [indicatorOf(KEY)],
      { followed: NOTHING_FOLLOWED, hasInstances: true, instances },
      whoRule(),
    );
    const query = buildQuery(
      rules.map((rule) => bind(rule, new Map())),
      ALL_TIME,
      { exclusions: true, filters, calls: { among: counted } },
    );
    const reader = new PlainReader({ required: requirementOf(query), window: ALL_TIME });
    const read = reader.read(Buffer.from(JSON.stringify({ Records: records })));
    expect(read?.toParse.map(({ number }) => number)).toEqual([1, 2]);
  },
);
