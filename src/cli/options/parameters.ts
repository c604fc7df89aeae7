/** `--set NAME=VALUE`: values for a rule's parameters. */
import { HuntError } from '../../errors.js';
import type { Setting, Settings } from '../../rule/bind.js';

/** Settings by name, options before configuration. Throws a HuntError on what is no NAME=VALUE, or a name set twice. */
export function readSettings(
  options: readonly string[],
  config: ReadonlyMap<string, readonly string[] | 'any'>,
): Settings {
  const settings = new Map<string, Setting>();
  for (const [name, values] of config) settings.set(name, { values, source: 'config' });
  const seen = new Set<string>();
  for (const option of options) {
    const [, name, value] = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/s.exec(option) ?? [];
    if (name === undefined || value === undefined)
      throw new HuntError(
        'USAGE',
        `--set ${JSON.stringify(option)} is no NAME=VALUE, like PROD_ACCOUNT_IDS=123456789012`,
      );
    if (seen.has(name))
      throw new HuntError(
        'USAGE',
        `--set ${name} is given twice: put its values in one, split by commas`,
      );
    seen.add(name);
    settings.set(name, { values: readValue(value, name), source: 'option' });
  }
  return settings;
}

/** Commas split, unless the value is a JSON list: user agents contain commas. */
function readValue(value: string, name: string): readonly string[] | 'any' {
  if (value === 'any') return 'any';
  if (value.startsWith('[')) return readList(value, name);
  const items = value.split(',').map((item) => item.trim());
  if (items.includes('any'))
    throw new HuntError('USAGE', `--set ${name}: any stands alone, not among other values`);
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
  throw new HuntError('USAGE', `--set ${name}: ${value} is no JSON list of strings`);
}
