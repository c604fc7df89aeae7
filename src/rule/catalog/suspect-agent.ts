/** User agents for which no exclusion is proposed: `queries/suspects.yml`, and what hides what it is. */
import { join } from 'node:path';
import { remembering } from '../../memory/remembering.js';
import { hides } from '../../text/safe-text.js';
import { compiled, type Holds } from '../condition/holds.js';
import { textTest } from '../condition/text-test.js';
import { Shared } from '../panther/shared.js';
import { QUERIES } from './built-in.js';
import { documentOf } from './documents.js';
import { ruleSource } from './rule-text.js';

const FILE = join(QUERIES, 'suspects.yml');

/** CloudTrail cuts user agents at 1 KB. */
const LONGEST = 2048;

export type Suspicion = 'hides' | 'tool of attackers';

/** Undefined for an agent like any other. */
export const suspectAgent = remembering(
  (agent): Suspicion | undefined => {
    if (agent.length > LONGEST || hides(agent)) return 'hides';
    return isOfAttackers(agent) ? 'tool of attackers' : undefined;
  },
  { most: 1000, longest: LONGEST },
);

let ofAttackers: Holds<string> | undefined;

function isOfAttackers(agent: string): boolean {
  ofAttackers ??= testOfAttackers();
  return ofAttackers(agent) === true;
}

function testOfAttackers(): Holds<string> {
  const names = new Shared(FILE, (file) => documentOf(file, ruleSource(file)));
  const condition = names.use('tool-of-attackers', { file: FILE, line: 1, column: 1 });
  return compiled(condition, (leaf) => {
    if (leaf.kind !== 'test') throw new Error(`a user agent has no "${leaf.kind}"`);
    return textTest(leaf);
  });
}
