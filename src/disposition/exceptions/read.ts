/** Reads `exceptions.yml`. A mistake in it is an error: a misunderstood exception would accept the wrong changes. */
import { isAccountId } from '../../cloudtrail/account.js';
import { isDayText } from '../../cloudtrail/time/time.js';
import { HuntError } from '../../errors.js';
import { testsOf, type Condition } from '../../rule/condition/condition.js';
import { readTool } from '../../rule/exclusions/tool.js';
import { readDetection } from '../../rule/panther/detection.js';
import { MappingReader, textOf } from '../../yaml/mapping.js';
import { parseYaml, type YamlNode } from '../../yaml/parse.js';
import { findingCondition } from '../finding-condition.js';
import type { Exception, ExceptionMatch } from './exception.js';

const CODE = 'CONFIG';
const KEYS = ['id', 'reason', 'owner', 'expires', 'match', 'ticket', 'approver'];
const MATCH_KEYS = ['eventID', 'principal', 'resource', 'change', 'account', 'tool', 'where'];
/** A report repeats these texts. */
const LONGEST = 2000;
const LONGEST_ID = 100;

/** The exceptions of a file, in its order. Throws a HuntError with line and column on anything unknown. */
export function readExceptions(text: string, file: string): readonly Exception[] {
  const node = parseYaml(text, file, CODE);
  if (node.kind === 'scalar' && node.text === '') return [];
  if (node.kind !== 'list')
    throw new HuntError(CODE, `${file} must be a list of exceptions: - id: EX-1 …`, {
      at: node.at,
    });
  const ids = new Set<string>();
  return node.items.map((item) => {
    const exception = readException(item);
    if (ids.has(exception.id))
      throw new HuntError(CODE, `there are two exceptions with the id ${exception.id}`, {
        at: item.at,
      });
    ids.add(exception.id);
    return exception;
  });
}

function readException(node: YamlNode): Exception {
  const mapping = new MappingReader(node, KEYS, { what: 'an exception', code: CODE });
  const bounded = (key: string, text: string): string =>
    text.length <= LONGEST ? text : mapping.fail(`${key} is too long: at most ${LONGEST}`, key);
  const id = mapping.required('id');
  if (id.length > LONGEST_ID || !/^\S+$/.test(id))
    mapping.fail(`id must be one word of at most ${LONGEST_ID} characters`, 'id');
  const expires = mapping.required('expires');
  if (!isDayText(expires))
    mapping.fail(`expires "${expires}" is not a day: write 2026-12-31`, 'expires');
  const required = (key: string): string =>
    bounded(key, mapping.required(key).trim() || mapping.fail(`an exception needs ${key}`, key));
  const optional = (key: string): string | null =>
    bounded(key, mapping.text(key)?.trim() ?? '') || null;
  return {
    id,
    reason: required('reason'),
    owner: required('owner'),
    approver: optional('approver'),
    ticket: optional('ticket'),
    expires,
    match: readMatch(mapping.get('match') ?? mapping.fail(`exception ${id} needs match`), id),
  };
}

function readMatch(node: YamlNode, id: string): ExceptionMatch {
  const what = `exception ${id}: match`;
  const mapping = new MappingReader(node, MATCH_KEYS, { what, code: CODE });
  const patterns = (key: string): readonly string[] => {
    const texts = mapping.texts(key) ?? [];
    const every = texts.find((text) => /^[*?]*$/.test(text));
    if (every !== undefined)
      mapping.fail(`${what}: ${key} "${every}" says nothing: name one, or leave it out`, key);
    return texts;
  };
  const accounts = mapping.texts('account') ?? [];
  const wrong = accounts.find((account) => !isAccountId(account));
  if (wrong !== undefined)
    mapping.fail(`${what}: "${wrong}" is not an account of 12 digits`, 'account');
  const match: ExceptionMatch = {
    // No patterns: each is one event.
    eventIDs: mapping.texts('eventID') ?? [],
    principals: patterns('principal'),
    resources: patterns('resource'),
    changes: patterns('change'),
    accounts,
    tools: readTools(mapping.get('tool'), what),
    where: readWhere(mapping.get('where')),
  };
  const { tools, accounts: _, where, ...named } = match;
  if (where === null && Object.values(named).every((texts) => texts.length === 0))
    mapping.fail(
      tools.length > 0
        ? `${what} needs more than a tool: anyone can write a user agent`
        : `${what} needs an eventID, principal, resource, change or where`,
    );
  return match;
}

function readTools(node: YamlNode | undefined, what: string): readonly Condition[] {
  if (node === undefined) return [];
  const items = node.kind === 'list' ? node.items : [node];
  return items.map(
    (item) => readTool({ text: textOf(item, `${what}: tool`, CODE), at: item.at }, what).condition,
  );
}

/** Match expressions: all of them must hold. */
function readWhere(node: YamlNode | undefined): Condition | null {
  if (node === undefined) return null;
  const condition = readDetection(node, 'where', (_, at) => {
    throw new HuntError(CODE, 'Use cannot be here: an exception is no rule', { at });
  });
  for (const { values, at } of testsOf(condition))
    if ('parameter' in values)
      throw new HuntError(CODE, `an exception has no parameters: $${values.parameter}`, { at });
  // A regular expression with a mistake is found here, and not in the middle of a report.
  findingCondition(condition);
  return condition;
}
