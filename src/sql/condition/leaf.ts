/** One test of a text, or of two, as SQL that is TRUE or FALSE and never NULL. */
import { NOT_PUBLIC_NETWORKS, PRIVATE_NETWORKS, readNetwork } from '../../rule/addresses.js';
import type { Comparison, Test } from '../../rule/condition.js';
import { portableRegex } from '../../rule/regex/translate.js';
import { inNetworks, isAddress } from './address.js';
import type { Dialect } from '../dialect/dialect.js';
import { like, likeEscapedWildcard, likeText, likeWildcard, literal } from '../literal.js';

/** What counts as a number where numbers are compared: the engines' casts take more, and differ. */
export const NUMBER_PATTERN = '-?[0-9]{1,100}([.][0-9]{1,100})?([eE][+-]?[0-9]{1,2})?';

const ORDER = {
  greaterThan: '>',
  greaterThanOrEquals: '>=',
  lessThan: '<',
  lessThanOrEquals: '<=',
} as const;

/** A test of the text expression; NULL text is a missing value. */
export function leafSql(test: Test, text: string, dialect: Dialect): string {
  const values = 'parameter' in test.values ? [] : test.values;
  const value = folded(text, test.ignoreCase);
  const fold = (sql: string): string => folded(sql, test.ignoreCase);
  const anyOf = (one: (value: string) => string): string =>
    values.length === 0 ? 'FALSE' : coalesced(values.map(one).join(' OR '));
  switch (test.op) {
    case 'equals':
    case 'in':
      if (values.length === 0) return 'FALSE';
      return coalesced(
        dialect.isOneOf(
          value,
          values.map((item) => fold(literal(item))),
        ),
      );
    case 'startsWith':
      return anyOf((item) => like(value, `${likeText(item)}%`, fold));
    case 'endsWith':
      return anyOf((item) => like(value, `%${likeText(item)}`, fold));
    case 'contains':
      return anyOf((item) => like(value, `%${likeText(item)}%`, fold));
    case 'wildcard':
      return anyOf((item) => like(value, likeWildcard(item), fold));
    case 'escapedWildcard':
      return anyOf((item) => like(value, likeEscapedWildcard(item), fold));
    case 'regex':
      return anyOf((item) => dialect.finds(text, portableRegex(item, test.at)));
    case 'mentions':
      // A string of a JSON text stands there in its quotes, escaped as JSON escapes it.
      return anyOf((item) => like(value, `%${likeText(JSON.stringify(item))}%`, fold));
    case 'isNullOrEmpty':
      return `COALESCE(${text} = '', TRUE)`;
    case 'isNotNullOrEmpty':
      return coalesced(`${text} <> ''`);
    case 'greaterThan':
    case 'greaterThanOrEquals':
    case 'lessThan':
    case 'lessThanOrEquals': {
      const sign = ORDER[test.op];
      return anyOf((item) => `${number(text, dialect)} ${sign} CAST(${literal(item)} AS DOUBLE)`);
    }
    case 'inCidr': {
      const networks = values.flatMap((item) => readNetwork(item) ?? []);
      return networks.length === 0 ? 'FALSE' : coalesced(inNetworks(text, networks, dialect));
    }
    case 'isAddress':
      return coalesced(isAddress(text, dialect));
    case 'isPrivateAddress':
      return coalesced(inNetworks(text, PRIVATE_NETWORKS, dialect));
    case 'isPublicAddress':
      return coalesced(`NOT ${inNetworks(text, NOT_PUBLIC_NETWORKS, dialect)}`);
    case 'isNull':
    case 'isNotNull':
      return test.op === 'isNull' ? `(${text} IS NULL)` : `(${text} IS NOT NULL)`;
    default:
      return test.op satisfies never;
  }
}

/** A comparison of two text expressions. */
export function comparisonSql(
  { op, ignoreCase }: Pick<Comparison, 'op' | 'ignoreCase'>,
  left: string,
  right: string,
  dialect: Dialect,
): string {
  const [a, b] = [folded(left, ignoreCase), folded(right, ignoreCase)];
  switch (op) {
    case 'equals':
      return coalesced(`${a} = ${b}`);
    case 'startsWith':
      return coalesced(`substr(${a}, 1, length(${b})) = ${b}`);
    case 'endsWith':
      return coalesced(
        `substr(${a}, length(${a}) - length(${b}) + 1) = ${b} AND length(${a}) >= length(${b})`,
      );
    case 'contains':
      return coalesced(`strpos(${a}, ${b}) > 0`);
    case 'greaterThan':
    case 'greaterThanOrEquals':
    case 'lessThan':
    case 'lessThanOrEquals':
      return coalesced(`${number(left, dialect)} ${ORDER[op]} ${number(right, dialect)}`);
    default:
      return op satisfies never;
  }
}

function number(text: string, dialect: Dialect): string {
  return `CASE WHEN ${dialect.matches(text, NUMBER_PATTERN)} THEN TRY_CAST(${text} AS DOUBLE) END`;
}

function folded(sql: string, ignoreCase: boolean): string {
  return ignoreCase ? `lower(${sql})` : sql;
}

function coalesced(sql: string): string {
  return `COALESCE(${sql}, FALSE)`;
}
