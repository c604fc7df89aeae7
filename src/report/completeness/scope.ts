/** The accounts that a report is about: those that its rules look at. */
import type { Report } from '../report.js';

export interface ReportScope {
  /** Whether some rule can match events of every account. Then `ids` are those that have a name or a record. */
  readonly isEveryAccount: boolean;
  readonly ids: readonly string[];
  /** Names by account ID, from hunt.yml. */
  readonly names: ReadonlyMap<string, string>;
  /** How many records each account has in the window. */
  readonly records: ReadonlyMap<string, number>;
}

/** With a rule that looks at every account, those that are configured and those that have records. */
export function reportScope({
  sections,
  coverage,
  source,
}: Pick<Report, 'sections' | 'coverage' | 'source'>): ReportScope {
  const names = new Map(source.config?.accounts.map(({ id, name }) => [id, name]));
  const records = new Map(
    coverage.accounts.flatMap(({ name, events }) => (name === null ? [] : [[name, events]])),
  );
  const lists = sections.map(({ rule }) => rule.accounts);
  const isEveryAccount = lists.includes(null);
  const ids = isEveryAccount
    ? [...names.keys(), ...records.keys()]
    : lists.flatMap((list) => list ?? []);
  return { isEveryAccount, ids: [...new Set(ids)], names, records };
}

/** `prod-web (112233445566)`; the ID alone where it has no name. */
export function accountName(id: string, names: ReportScope['names']): string {
  const name = names.get(id);
  return name === undefined ? id : `${name} (${id})`;
}
