/** The kinds of calls: what an event was for, by `queries/kinds.yml`. */
import { callTable, type TextOf } from './call-table.js';

const NAMED = ['change', 'access', 'credential', 'operation'] as const;

/**
 * `read` and `other` are alone: an event of none of the kinds before them. `network activity` is alone too: a second record of a
 * call, by the VPC endpoint that it went through.
 */
export type CallKind = (typeof NAMED)[number] | 'read' | 'other' | 'network activity';

export type KindsOf = (textOf: TextOf) => readonly CallKind[];

let known: KindsOf | undefined;

/** The kinds of an event by its fields, in the order of the list. The tables are read for the first event. */
export const kindsOf: KindsOf = (textOf) => (known ??= readKinds())(textOf);

function readKinds(): KindsOf {
  const table = callTable([
    'mutating',
    'kind-network',
    ...NAMED.map((kind) => `kind-${kind}` as const),
  ]);
  return (textOf) => {
    const holding = table(textOf);
    if (holding.includes('kind-network')) return ['network activity'];
    const own = NAMED.filter((kind) => holding.includes(`kind-${kind}`));
    return own.length > 0 ? own : [holding.includes('mutating') ? 'other' : 'read'];
  };
}
