/**
 * The SQL of one test of a text, one line for each operator. Each is TRUE or FALSE and never NULL, so that a `NOT` around
 * it means what the rule says. SQL that differs between the engines is in the dialect.
 */
import { NOT_PUBLIC_NETWORKS, PRIVATE_NETWORKS, readNetwork } from '../../network/addresses.js';
import type { Test } from '../../rule/condition/condition.js';
import type { Operator } from '../../rule/condition/operators.js';
import { portableRegex } from '../../rule/regex/translate.js';
import type { Dialect } from '../dialect/dialect.js';
import { likeEscapedWildcard, likePattern, likeText, likeWildcard, literal } from '../literal.js';
import { inNetworks, isAddress } from './address.js';
import { chain } from './chain.js';
import { numberSql, ORDER_SIGNS } from './number.js';

/** A test as its operator needs it. */
interface Leaf {
  readonly test: Test;
  /** The text that is tested, as SQL; NULL if the value is missing. */
  readonly text: string;
  readonly values: readonly string[];
  readonly dialect: Dialect;
}

const LEAVES: Readonly<Record<Operator, (leaf: Leaf) => string>> = {
  equals: isOneOf,
  in: isOneOf,
  startsWith: (leaf) => likeAny(leaf, (value) => `${likeText(value)}%`),
  endsWith: (leaf) => likeAny(leaf, (value) => `%${likeText(value)}`),
  contains: (leaf) => likeAny(leaf, (value) => `%${likeText(value)}%`),
  wildcard: (leaf) => likeAny(leaf, likeWildcard),
  escapedWildcard: (leaf) => likeAny(leaf, likeEscapedWildcard),
  regex: (leaf) =>
    anyOf(leaf, (value) => leaf.dialect.finds(leaf.text, portableRegex(value, leaf.test.at))),
  // In JSON a string stands in quotes, escaped as JSON escapes it.
  mentions: (leaf) => likeAny(leaf, (value) => `%${likeText(JSON.stringify(value))}%`),
  isNull: ({ text }) => `(${text} IS NULL)`,
  isNotNull: ({ text }) => `(${text} IS NOT NULL)`,
  isNullOrEmpty: ({ text }) => `COALESCE(${text} = '', TRUE)`,
  isNotNullOrEmpty: ({ text }) => neverNull(`${text} <> ''`),
  greaterThan: (leaf) => inOrder(leaf, ORDER_SIGNS.greaterThan),
  greaterThanOrEquals: (leaf) => inOrder(leaf, ORDER_SIGNS.greaterThanOrEquals),
  lessThan: (leaf) => inOrder(leaf, ORDER_SIGNS.lessThan),
  lessThanOrEquals: (leaf) => inOrder(leaf, ORDER_SIGNS.lessThanOrEquals),
  isAddress: ({ text, dialect }) => neverNull(isAddress(text, dialect)),
  inCidr: isInNetwork,
  isPrivateAddress: ({ text, dialect }) => neverNull(inNetworks(text, PRIVATE_NETWORKS, dialect)),
  isPublicAddress: ({ text, dialect }) =>
    neverNull(`NOT ${inNetworks(text, NOT_PUBLIC_NETWORKS, dialect)}`),
};

/** The SQL of a test of a text expression. Its parameters must be bound. */
export function leafSql(test: Test, whole: string, dialect: Dialect): string {
  const values = 'parameter' in test.values ? [] : test.values;
  const { part } = test;
  const text = part === undefined ? whole : dialect.timePart(dialect.instant(whole), part);
  return LEAVES[test.op]({ test, text, values, dialect });
}

function isOneOf({ test, text, values, dialect }: Leaf): string {
  if (values.length === 0) return 'FALSE';
  const literals = values.map((value) => folded(literal(value), test.ignoreCase));
  return neverNull(dialect.isOneOf(folded(text, test.ignoreCase), literals));
}

function likeAny(leaf: Leaf, patternOf: (value: string) => string): string {
  const { ignoreCase } = leaf.test;
  const text = folded(leaf.text, ignoreCase);
  return anyOf(leaf, (value) => {
    const { pattern, escape } = likePattern(patternOf(value));
    return `${text} LIKE ${folded(pattern, ignoreCase)}${escape}`;
  });
}

function inOrder(leaf: Leaf, sign: string): string {
  const number = numberSql(leaf.text, leaf.dialect);
  return anyOf(leaf, (value) => `${number} ${sign} CAST(${literal(value)} AS DOUBLE)`);
}

function isInNetwork({ text, values, dialect }: Leaf): string {
  const networks = values.flatMap((value) => readNetwork(value) ?? []);
  return networks.length === 0 ? 'FALSE' : neverNull(inNetworks(text, networks, dialect));
}

function anyOf({ values }: Leaf, test: (value: string) => string): string {
  return values.length === 0 ? 'FALSE' : neverNull(chain(values.map(test), 'OR'));
}

/** `lower()` of the SQL, where the case of letters is ignored. */
export function folded(sql: string, ignoreCase: boolean): string {
  return ignoreCase ? `lower(${sql})` : sql;
}

/** The SQL with FALSE instead of NULL: a missing value fails the test. */
export function neverNull(sql: string): string {
  return `COALESCE(${sql}, FALSE)`;
}
