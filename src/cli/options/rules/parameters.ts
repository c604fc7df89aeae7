/** The values of rule parameters, from `--set NAME=VALUE` and from `hunt.yml`. */
import { HuntError } from '../../../errors.js';
import type { ParameterSetting, ParameterSettings } from '../../../rule/bind.js';

/**
 * Settings by parameter name; an option wins over the configuration. Throws a HuntError if an option is not NAME=VALUE,
 * or where two options set the same name.
 */
export function parameterSettings(
  options: readonly string[],
  config: ReadonlyMap<string, readonly string[] | 'any'>,
): ParameterSettings {
  const settings = new Map<string, ParameterSetting>();
  for (const [name, values] of config) settings.set(name, { values, source: 'config' });
  const seen = new Set<string>();
  for (const option of options) {
    const [, name, value] = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/s.exec(option) ?? [];
    if (name === undefined || value === undefined)
      throw new HuntError(
        'USAGE',
        `--set ${JSON.stringify(option)} is not NAME=VALUE: write, for example, PROD_ACCOUNT_IDS=123456789012`,
      );
    if (seen.has(name))
      throw new HuntError(
        'USAGE',
        `--set ${name} is given twice: write all its values in one option, separated by commas`,
      );
    seen.add(name);
    settings.set(name, { values: readValue(value, name), source: 'option' });
  }
  return settings;
}

/** Commas separate values, unless the value is a JSON list: user agents contain commas. */
function readValue(value: string, name: string): readonly string[] | 'any' {
  if (value === 'any') return 'any';
  if (value.startsWith('[')) return readList(value, name);
  const items = value.split(',').map((item) => item.trim());
  if (items.includes('any'))
    throw new HuntError('USAGE', `--set ${name}: any cannot be combined with other values`);
  return items.filter((item) => item !== '');
}

function readList(value: string, name: string): readonly string[] {
  let list: unknown;
  try {
    list = JSON.parse(value);
  } catch {
    list = undefined;
  }
  if (Array.isArray(list) && list.every((item) => typeof item === 'string')) return list;
  throw new HuntError('USAGE', `--set ${name}: ${value} is not a JSON list of strings`);
}
