/** What the people of the company change by hand, and what attackers change with the names of its machines. */
import {
  assumed,
  DAYS,
  eventOf,
  instant,
  sessionKey,
  sessionOf,
  someChange,
  userOf,
  type Random,
  type Told,
} from './event.js';
import { TERRAFORM, type Company } from './machines.js';

const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/126.0.0.0 Safari/537.36';
export const CLI = 'aws-cli/2.15.30 md/awscrt#0.19.19 ua/2.0 os/linux#6.1.0 lang/python#3.11.8';

/** People: in the console, with a command line, with Terraform on a laptop, and with roles that they assume. */
export function* people(random: Random, company: Company): Generator<Told> {
  const names = ['dana', 'lee', 'kim', 'alex', 'robin', 'sam'].slice(0, 3 + random.below(4));
  for (const [index, name] of names.entries()) {
    const account = random.of(company.accounts);
    const home = `203.0.113.${20 + index}`;
    const way = random.below(5);
    for (let day = random.below(3); day < DAYS; day += 1 + random.below(5)) {
      const minute = 480 + random.below(540);
      const time = (later: number): string => instant(day, minute + later);
      const by = { account, address: home, time: time(1) };
      const sso = sessionOf(
        account,
        `aws-reserved/sso.amazonaws.com/eu-west-1/AWSReservedSSO_Admin_0123456789abcdef`,
        {
          session: `${name}@example.com`,
          key: sessionKey(random),
        },
      );
      const user = userOf(account, name, `AKIA${name.toUpperCase().padEnd(16, '0')}`);
      const changes = 1 + random.below(3);
      const key = sessionKey(random);
      // A role that people and the pipeline share, or one of people alone.
      const role = way === 4 ? company.terraformRole : 'Operations';
      if (way >= 3)
        yield assumed(
          random,
          { ...by, time: time(0), identity: user, agent: CLI },
          { role, name, key },
        );
      for (let one = 0; one < changes; one += 1) {
        const call = { ...someChange(random), account, address: home, time: time(2 + one) };
        const assumedSession = sessionOf(account, role, { session: name, key });
        const event = [
          () =>
            eventOf(random, {
              ...call,
              identity: sso,
              agent: BROWSER,
              more: { sessionCredentialFromConsole: 'true' },
            }),
          () => eventOf(random, { ...call, identity: sso, agent: random.of([CLI, TERRAFORM]) }),
          () => eventOf(random, { ...call, identity: user, agent: random.of([CLI, TERRAFORM]) }),
          () => eventOf(random, { ...call, identity: assumedSession, agent: CLI }),
          () => eventOf(random, { ...call, identity: assumedSession, agent: TERRAFORM }),
        ][way];
        if (event !== undefined) yield { event: event(), truth: 'by hand' };
      }
    }
  }
}

/** Attackers with Terraform's user agent. */
export function* attackers(random: Random, company: Company): Generator<Told> {
  const address = `198.51.100.${200 + random.below(50)}`;
  const [account] = company.accounts;
  const day = 12 + random.below(10);
  const way = company.attack;
  const key =
    way === 'stolen session'
      ? (company.terraformKeys.at(day) ?? sessionKey(random))
      : sessionKey(random);
  const days = way === 'for days' ? 8 : 1;
  for (let later = 0; later < days; later += 1)
    for (let one = 0; one < 6; one += 1) {
      const call = {
        ...someChange(random),
        account,
        address,
        time: instant(day + later, 130 + one),
      };
      const session = sessionOf(account, company.terraformRole, { session: 'ci-1337000', key });
      const identity =
        way === 'stolen user key' ? userOf(account, 'backup', 'AKIABACKUP0000000000') : session;
      const agent = way === 'command line' ? CLI : TERRAFORM;
      yield { event: eventOf(random, { ...call, identity, agent }), truth: 'by hand' };
    }
}
