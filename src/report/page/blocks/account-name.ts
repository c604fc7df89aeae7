/** Accounts as a page names them: by the name that hunt.yml gives them, and by their ID. */
import type { HuntSource } from '../../report.js';
import { text, value, type Text } from './text.js';

/** Names by account ID. */
export type AccountNames = ReadonlyMap<string, string>;

/** The names by ID; empty without a configuration. */
export function accountNames({ config }: Pick<HuntSource, 'config'>): AccountNames {
  return new Map(config?.accounts.map(({ id, name }) => [id, name]));
}

/** `prod-web (112233445566)`; the ID alone where it has no name. */
export function accountText(id: string, names: AccountNames): Text {
  const name = names.get(id);
  return name === undefined ? [value(id)] : text`${name} (${id})`;
}
