/** Which calls may change something, as a condition. It is no judgement about what a change is: that is for rules. */
import type { SourcePosition } from '../errors.js';
import type { Condition } from '../rule/condition/condition.js';

const at: SourcePosition = { file: 'hunt', line: 1, column: 1 };

const READING = ['Get', 'List', 'Describe', 'Head', 'Lookup', 'Search', 'Select', 'BatchGet'];

/** CloudTrail says of every call whether it only reads. Records of old versions do not: there the name decides. */
export const MUTATING: Condition = {
  kind: 'any',
  of: [
    { kind: 'test', field: ['readOnly'], op: 'in', ignoreCase: true, values: ['false'], at },
    {
      kind: 'all',
      of: [
        {
          kind: 'test',
          field: ['readOnly'],
          op: 'isNullOrEmpty',
          ignoreCase: false,
          values: [],
          at,
        },
        {
          kind: 'not',
          of: {
            kind: 'test',
            field: ['eventName'],
            op: 'startsWith',
            ignoreCase: false,
            values: READING,
            at,
          },
        },
      ],
    },
  ],
};
