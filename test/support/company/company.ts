/**
 * A company for thirty days: people, machines and an attacker, with the truth about each change. The same number makes the same
 * company. Nobody in it exists.
 */
import { Random, type Told } from './event.js';
import { machines, type Company } from './machines.js';
import { attackers, people } from './people.js';

export interface CompanyLogs {
  readonly company: Company;
  readonly events: readonly Readonly<Record<string, unknown>>[];
  /** The IDs of the changes that somebody made by hand. */
  readonly byHand: ReadonlySet<string>;
  readonly automation: ReadonlySet<string>;
}

export function companyOf(number: number, parts: Partial<Company> = {}): CompanyLogs {
  const random = new Random(number);
  const accounts = ['111122223333', '222233334444', '333344445555'] as const;
  const company: Company = {
    accounts: [accounts[0], ...accounts.slice(1, 1 + random.below(3))],
    terraformRole: random.of(['ci/terraform', 'TerraformDeploy']),
    terraform: random.of(['chain', 'opaque']),
    attack: random.of([
      'none',
      'stolen session',
      'own session',
      'for days',
      'stolen user key',
      'command line',
    ]),
    ciAddresses: random.of([['52.30.0.1'], ['52.30.0.1', '52.30.0.2']]),
    terraformKeys: [],
    ...parts,
  };
  const told: readonly Told[] = [
    ...machines(random, company),
    ...people(random, company),
    ...(company.attack === 'none' ? [] : attackers(random, company)),
  ];
  const idsOf = (truth: Told['truth']): ReadonlySet<string> =>
    new Set(told.flatMap((one) => (one.truth === truth ? String(one.event['eventID']) : [])));
  return {
    company,
    events: told
      .map(({ event }) => event)
      .toSorted((a, b) => (String(a['eventTime']) < String(b['eventTime']) ? -1 : 1)),
    byHand: idsOf('by hand'),
    automation: idsOf('automation'),
  };
}
