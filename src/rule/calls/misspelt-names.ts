/**
 * Finds calls that no service has as a rule spells them (`AuthorizeSecuritGroupIngress`), and calls of another service than the rule
 * asks for. Such a rule finds nothing, and its zero would look like a result. It is only said of a name that hunt does not know and
 * that is nearly one that it knows.
 */
import { distance } from 'fastest-levenshtein';
import { serviceDomain } from '../condition/calls.js';
import type { Condition, Test } from '../condition/condition.js';
import { requiredValues } from '../condition/required-values.js';
import { callNames, isWordOfNames, withoutVersion, wordsOf } from './names.js';

/** A test of `eventName`, and the conditions that must hold beside it. */
interface NameTest {
  readonly test: Test;
  readonly beside: readonly Condition[];
}

/** A sentence for each name of a call that a condition tests, and that is probably another. */
export function misspeltNames(condition: Condition): readonly string[] {
  return [...new Set(nameTests(condition, []).flatMap(doubtsOf))];
}

function nameTests(condition: Condition, beside: readonly Condition[]): readonly NameTest[] {
  switch (condition.kind) {
    case 'all':
      return condition.of.flatMap((part) => nameTests(part, [...beside, ...condition.of]));
    case 'any':
    case 'exactly':
      return condition.of.flatMap((part) => nameTests(part, beside));
    // An exclusion may name calls of more services than its rule.
    case 'not':
      return nameTests(condition.of, []);
    case 'test': {
      const { field, op } = condition;
      const isName = field.length === 1 && field[0]?.toLowerCase() === 'eventname';
      return isName && (op === 'equals' || op === 'in') ? [{ test: condition, beside }] : [];
    }
    case 'element':
    case 'compare':
    case 'constant':
      return [];
    default:
      return condition satisfies never;
  }
}

function doubtsOf({ test, beside }: NameTest): readonly string[] {
  const { values, ignoreCase } = test;
  if ('parameter' in values) return [];
  const services = servicesOf(beside);
  // Of other values, as `iam:CreateUser`, more is said elsewhere.
  const names = values.filter((value) => /^\w+$/.test(value));
  return names.flatMap((name) => {
    const owners = ownersOf(name, ignoreCase);
    if (owners.length > 0) return otherService(name, owners, services);
    const near = nearName(name, services, ignoreCase);
    return near === undefined
      ? []
      : [
          `hunt knows no call ${name}. Did you mean "${near}"?${ignoreCase ? '' : ' An eventName counts as CloudTrail writes it'}`,
        ];
  });
}

/** The services outside which the conditions cannot hold; undefined if any may be. */
function servicesOf(beside: readonly Condition[]): readonly string[] | undefined {
  const required = requiredValues({ kind: 'all', of: beside }, 'eventSource');
  if (required === undefined || required.values.length === 0) return undefined;
  const domain = serviceDomain('');
  return required.values.map((value) => {
    const source = value.toLowerCase();
    return source.endsWith(domain) ? source.slice(0, -domain.length) : source;
  });
}

/** The services that have a call of this name, which may have the version of an API. */
function ownersOf(name: string, ignoreCase: boolean): readonly string[] {
  const { byName } = callNames();
  return [name, withoutVersion(name)].flatMap((one) =>
    (byName.get(one.toLowerCase()) ?? []).flatMap((known) =>
      ignoreCase || known.name === one ? known.services : [],
    ),
  );
}

/** A name of more services may be one of the service too: many have a call `CreateUser`, and another may get one. */
const MOST_OWNERS = 2;

function otherService(
  name: string,
  owners: readonly string[],
  services: readonly string[] | undefined,
): readonly string[] {
  // A new service may have calls of any name.
  if (!services?.every((service) => callNames().services.has(service))) return [];
  if (services.some((service) => owners.some((owner) => isAkin(service, owner)))) return [];
  const distinct = owners.filter(
    (owner, index) => !owners.slice(0, index).some((before) => isAkin(before, owner)),
  );
  if (distinct.length > MOST_OWNERS) return [];
  const [asked, known] = [services, distinct].map((each) => each.map(serviceDomain).join(' or '));
  return [
    `hunt knows ${name} only as a call of ${known}, and the rule asks for ${asked} beside it: as far as hunt knows, no event has both`,
  ];
}

/** Whether services share a part of their names, as `api.ecr` and `ecr` do: then they may be one. */
function isAkin(one: string, other: string): boolean {
  const parts = other.split(/[.-]/);
  return one === other || one.split(/[.-]/).some((part) => parts.includes(part));
}

/** The most letters in which a misspelt name differs. In a short one, two letters make another word. */
const MOST_LETTERS = 2;
const LONG_NAME = 10;

/** The known name that is meant, with the version that the rule gives it: one of the services if one is near. */
function nearName(
  name: string,
  services: readonly string[] | undefined,
  ignoreCase: boolean,
): string | undefined {
  const base = withoutVersion(name);
  const { services: known, byName } = callNames();
  const own = services?.flatMap((service) => known.get(service) ?? []) ?? [];
  const all = [...byName.values()].flatMap((names) => names.map((one) => one.name));
  const isMeant = (one: string): boolean => isTypo(base) || isOtherNumber(base, one);
  // Another service may well have the plural of a name, or the singular.
  const isMeantElsewhere = services === undefined ? isMeant : () => isTypo(base);
  const cased = (test: (one: string) => boolean) => (one: string) =>
    one.toLowerCase() === base.toLowerCase() ? !ignoreCase : test(one);
  const near =
    nearestOf(base, own, cased(isMeant)) ?? nearestOf(base, all, cased(isMeantElsewhere));
  return near === undefined ? undefined : near + name.slice(base.length);
}

/** The nearest of the known names for which a test holds. */
function nearestOf(
  name: string,
  known: readonly string[],
  test: (one: string) => boolean,
): string | undefined {
  const lower = name.toLowerCase();
  let least = (name.length < LONG_NAME ? 1 : MOST_LETTERS) + 1;
  let nearest: string | undefined;
  for (const one of known) {
    if (Math.abs(one.length - name.length) >= least) continue;
    const far = distance(lower, one.toLowerCase());
    if (far < least && test(one)) [nearest, least] = [one, far];
  }
  return nearest;
}

/**
 * Whether a name that differs from a known one by few letters is a typo. Real names differ so too, as `GetKey` and `PutKey`, but they
 * are made of words that other names have.
 */
function isTypo(name: string): boolean {
  return wordsOf(name).some((word) => !isWordOfNames(word));
}

/** Whether only the plural of a word differs. Calls that read often have both: `GetKey`, `GetKeys`. */
function isOtherNumber(name: string, known: string): boolean {
  if (/^(?:Batch)?(?:Get|List|Describe)/.test(known)) return false;
  const [words, others] = [wordsOf(name), wordsOf(known)];
  return (
    words.length === others.length &&
    words.every((word, index) => {
      const other = others[index] ?? '';
      return word === other || `${word}s` === other || word === `${other}s`;
    })
  );
}
