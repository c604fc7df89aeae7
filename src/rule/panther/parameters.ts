/** The parameters of a Panther rule, and the check that its tests use no others. `Parameters` is hunt's own addition. */
import { HuntError, type SourcePosition } from '../../errors.js';
import { didYouMean } from '../../text/did-you-mean.js';
import { MappingReader } from '../../yaml/mapping.js';
import type { YamlNode } from '../../yaml/parse.js';
import type { Test } from '../condition/condition.js';
import type { Parameter } from '../rule.js';

/** Reads `Parameters`. */
export function readParameters(node: YamlNode | undefined): readonly Parameter[] {
  if (node === undefined) return [];
  if (node.kind !== 'map')
    throw new HuntError('RULE', 'Parameters must be a mapping', { at: node.at });
  return node.entries.map(({ key, value, at }) => {
    if (!/^[A-Z][A-Z0-9_]*$/.test(key))
      throw new HuntError('RULE', `parameter "${key}" must be upper-case, like PROD_ACCOUNT_IDS`, {
        at,
      });
    const parameter = new MappingReader(value, ['Description', 'Default'], {
      what: `parameter ${key}`,
      code: 'RULE',
    });
    return {
      name: key,
      description: parameter.text('Description'),
      default: parameter.texts('Default') ?? parameter.fail(`parameter ${key} needs a Default`),
      at,
    };
  });
}

/** Throws if a test compares with a parameter that is not among these, which `whose` has: the rule, or the file. */
export function checkParameters(
  tests: readonly Test[],
  parameters: readonly Parameter[],
  whose: string,
): void {
  const names = parameters.map(({ name }) => name);
  for (const { values, at } of tests) {
    if (!('parameter' in values)) {
      refuseQuoted(values, names, at);
      continue;
    }
    if (names.includes(values.parameter)) continue;
    const near = didYouMean(values.parameter, names);
    throw new HuntError(
      'RULE',
      `$${values.parameter} is not among the Parameters of ${whose}.${near} Put a text that begins with $ in quotes`,
      { at },
    );
  }
}

/** A parameter in quotes would be a text that no event has. */
function refuseQuoted(
  values: readonly string[],
  names: readonly string[],
  at: SourcePosition,
): void {
  const name = names.find((one) => values.includes(`$${one}`) || values.includes(`\${${one}}`));
  if (name !== undefined)
    throw new HuntError('RULE', `a parameter has no quotes: write Values: $${name}`, { at });
}
