/** The tools that `allow` in `hunt.yml` can name: `queries/tools.yml`. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SourcePosition } from '../../errors.js';
import { PACKAGE } from '../../package-files.js';
import type { Condition } from '../condition/condition.js';
import { Shared } from '../panther/shared.js';
import { compiledExpressions } from './compiled.js';
import { documentOf } from './documents.js';
import { ruleSource } from './rule-text.js';
import { SHARED } from './surroundings.js';

const FILE = join(fileURLToPath(new URL('queries/', PACKAGE)), 'tools.yml');

let tools: Shared | undefined;

function all(): Shared {
  return (tools ??= new Shared(
    FILE,
    (file) => documentOf(file, ruleSource(file)),
    // Tools are made of expressions that the rules of the pack share too.
    compiledExpressions(join(dirname(FILE), SHARED)),
  ));
}

/** The words, in the order of the file. */
export function toolNames(): readonly string[] {
  return all().ownNames();
}

/** The condition that a call was sent by a tool. Throws a HuntError at this position if there is no such tool. */
export function toolCondition(name: string, at: SourcePosition): Condition {
  return all().use(name, at);
}
