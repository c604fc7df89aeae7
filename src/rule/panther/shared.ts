/**
 * Reads the file `shared.yml`, which several rules share: parameters, and match expressions that rules use by name with `Use`.
 * A rule sees the file in its own folder, or else in the folder above it, so a pack of rules can be copied together with its
 * shared file. A rule outside hunt's own pack does not see the shared file of that pack.
 */
import { HuntError, type SourcePosition } from '../../errors.js';
import { didYouMean } from '../../text/did-you-mean.js';
import { MappingReader } from '../../yaml/mapping.js';
import type { YamlNode } from '../../yaml/parse.js';
import { testsOf, type Condition } from '../condition/condition.js';
import type { Parameter } from '../rule.js';
import { readMatchExpression } from './detection.js';
import { checkParameters, readParameters } from './parameters.js';

export interface Shared {
  /** The path of the file. */
  readonly file: string;
  readonly parameters: readonly Parameter[];
  readonly expressions: ReadonlyMap<string, Condition>;
}

const KEYS = ['AnalysisType', 'Description', 'Parameters', 'MatchExpressions'];

/** Whether a document is shared by rules, and not itself a rule. */
export function isShared(document: YamlNode): boolean {
  return (
    document.kind === 'map' &&
    document.entries.some(
      ({ key, value }) =>
        key === 'AnalysisType' && value.kind === 'scalar' && value.text === 'shared',
    )
  );
}

/** Reads a shared document. Throws a HuntError with line and column on anything unknown. */
export function readShared(document: YamlNode, file: string): Shared {
  const mapping = new MappingReader(document, KEYS, { what: 'the shared file', code: 'RULE' });
  if (!isShared(document)) mapping.fail('AnalysisType must be shared', 'AnalysisType');
  const parameters = readParameters(mapping.get('Parameters'));
  const node = mapping.get('MatchExpressions');
  if (node !== undefined && node.kind !== 'map')
    return mapping.fail('MatchExpressions must be a mapping of names', 'MatchExpressions');
  const expressions = new Map(
    node?.entries.map(({ key, value }) => [key, readMatchExpression(value)]),
  );
  checkParameters([...expressions.values()], parameters);
  return { file, parameters, expressions };
}

/** The match expression that a rule uses. `shared` is undefined if the rule sees no shared file. */
export function sharedExpression(
  shared: Shared | undefined,
  name: string,
  at: SourcePosition,
): Condition {
  if (shared === undefined)
    throw new HuntError(
      'RULE',
      `Use: ${name}: there is no shared.yml in the folder of the rule, nor in the folder above it`,
      { at },
    );
  const expression = shared.expressions.get(name);
  if (expression !== undefined) return expression;
  const near = didYouMean(name, shared.expressions.keys());
  throw new HuntError('RULE', `${shared.file} has no match expression "${name}".${near}`, { at });
}

/** The shared parameters that come with the expressions in these conditions, in the order of the shared file. */
export function sharedParameters(
  { file, parameters }: Shared,
  conditions: readonly Condition[],
): readonly Parameter[] {
  const names = new Set(
    conditions
      .flatMap(testsOf)
      .flatMap(({ values, at }) =>
        at.file === file && 'parameter' in values ? values.parameter : [],
      ),
  );
  return parameters.filter(({ name }) => names.has(name));
}
