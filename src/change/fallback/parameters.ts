/** All scalars of a request or response, as a line that is short whatever the log holds. */
import { isObject, type Json } from '../../cloudtrail/json.js';
import { textOf } from '../request/request.js';
import { listed, shortened } from '../sentence.js';
import { mayBeSecret, withoutQuery } from './secrets.js';

const PARAMETERS_SHOWN = 10;
const VALUES_SHOWN = 6;
const LONGEST_NAME = 60;
const LONGEST_VALUE = 80;
// The sender decides how large a request is and how deeply it is nested, so both are limited here.
const DEEPEST = 8;
const MOST_VALUES = 1000;
/** The ends of names of parameters whose values are names or IDs. */
export const NAMING = /(?:^id|^arn|^name|Id|Arn|ARN|Name|Identifier)$/;
/** Members that only hold a list or a value: they say nothing. */
const HOLDERS = new Set(['items', 'item', 'member', 'content', 'value', 'Value']);
/** Members that differ in every call, or say nothing of the change. */
const IGNORED = new Set([
  'clientToken',
  'ClientToken',
  'clientRequestToken',
  'fullyQualifiedArn',
  'changeToken',
  'idempotencyToken',
  'ifMatch',
  'lockToken',
  'requestId',
  'tag',
  'updateToken',
  'xmlns',
]);

const tagMember = /^(?:key|value|tag)$/i;

/** A parameter, by its dotted path, and its values: several if it is in a list. */
export interface Parameter {
  readonly path: string;
  /** The last name in the path. */
  readonly name: string;
  readonly values: readonly string[];
}

/** The parameters of a value, the outermost first. */
export function parametersOf(value: Json): readonly Parameter[] {
  const found = new Map<string, Parameter & { readonly values: string[] }>();
  const queue: Member[] = [{ path: '', name: '', value, depth: 0 }];
  for (let next = 0; next < queue.length && next < MOST_VALUES; next++) {
    const member = queue[next];
    if (member === undefined || member.depth > DEEPEST) continue;
    const text = textOf(member.value);
    if (text === undefined) {
      addMembers(queue, member);
      continue;
    }
    const { path, name } = member;
    const known = found.get(path);
    if (known === undefined) found.set(path, { path, name, values: [text] });
    else known.values.push(text);
  }
  return [...found.values()];
}

/**
 * The same, and the members of the request that are set to empty text: that takes away what was set before. Where all others only name
 * something, also what is empty deeper inside, and the lists and objects that are empty: then they are what the call sets. Elsewhere they
 * say nothing: EC2 writes one for each list that a call does not give, and a whole configuration has a text for each setting.
 */
export function parametersOrNone(
  value: Json,
  isName: (parameter: Parameter) => boolean = ({ name }) => NAMING.test(name),
): readonly Parameter[] {
  const all = parametersOf(value);
  return all.every(isName) ? [...all, ...emptyMembers(value)] : [...all, ...emptiedTexts(value)];
}

/** The members of a request that are set to empty text, with the value `none`. */
export function emptiedTexts(value: Json): readonly Parameter[] {
  return emptyMembers(value, isEmptyText).filter(({ path, name }) => path === name);
}

function isEmptyText(value: Json): boolean {
  return value === '';
}

function isEmpty(value: Json): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) ? Object.keys(value).length === 0 : isEmptyText(value);
}

/** What is empty, with the value `none`, the outermost first. */
function emptyMembers(
  value: Json,
  counts: (value: Json) => boolean = isEmpty,
): readonly Parameter[] {
  const found: Parameter[] = [];
  const queue: Member[] = [{ path: '', name: '', value, depth: 0 }];
  for (let next = 0; next < queue.length && next < MOST_VALUES; next++) {
    const member = queue[next];
    if (member === undefined || member.depth > DEEPEST) continue;
    const { path, name, value: own } = member;
    // Some services write empty text for what they keep secret.
    if (isEmptyText(own) && mayBeSecret(path, [''])) continue;
    if (!counts(own)) addMembers(queue, member);
    else if (path !== '') found.push({ path, name, values: ['none'] });
  }
  return found;
}

/** `roleName admin, policyArns arn:… arn:…`; of what may be secret only that it is set. */
export function parametersText(parameters: readonly Parameter[]): string {
  // Only what is shown is made text: a hostile request has thousands.
  const parts = parameters.slice(0, PARAMETERS_SHOWN).map(({ path, values }) => {
    if (mayBeSecret(path, values)) return `${shortPath(path)} set`;
    const texts = values.map((value) =>
      shortened(withoutLayout(withoutQuery(value)), LONGEST_VALUE),
    );
    return `${shortPath(path)} ${listed(texts, ' ', VALUES_SHOWN)}`;
  });
  const more = parameters.length - parts.length;
  return [...parts, ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
}

/** JSON that is laid out over lines, on one line. Its texts have no line breaks, so it stays the same. Other texts are kept exactly. */
function withoutLayout(text: string): string {
  return /^\s*[[{]/.test(text) ? text.replaceAll(/[\r\n]\s*/g, ' ') : text;
}

/** The end of a path says what the value is, so a long one is cut in the middle: `rules.….owner`. */
function shortPath(path: string): string {
  if (path.length <= LONGEST_NAME) return path;
  const start = /^[^.]{1,20}\./.exec(path)?.[0] ?? '';
  const end = path.slice(start.length - LONGEST_NAME);
  const whole = end.indexOf('.');
  return `${start}…${whole === -1 ? shortened(end, LONGEST_NAME) : end.slice(whole)}`;
}

interface Member {
  readonly path: string;
  readonly name: string;
  readonly value: Json;
  readonly depth: number;
}

/** Adds what is inside of a member, to be read after all that is further out. */
function addMembers(queue: Member[], { path, name, value, depth }: Member): void {
  const within = depth + 1;
  if (Array.isArray(value)) {
    for (const item of value.slice(0, MOST_VALUES) as readonly Json[])
      queue.push({ path, name, value: item, depth: within });
    return;
  }
  if (!isObject(value)) return;
  const tag = tagOf(value);
  if (tag !== undefined) {
    queue.push({ path, name, value: tag, depth: within });
    return;
  }
  for (const [key, inner] of Object.entries(value).slice(0, MOST_VALUES)) {
    if (IGNORED.has(key)) continue;
    if (isTransparent(key, depth)) queue.push({ path, name, value: inner, depth: within });
    else
      queue.push({
        path: path === '' ? key : `${path}.${key}`,
        name: key,
        value: inner,
        depth: within,
      });
  }
}

/** `CreateFlowLogsRequest` holds the whole request. */
function isTransparent(key: string, depth: number): boolean {
  return depth === 0 ? /^[A-Z]\w*(?:Request|Response)$/.test(key) : HOLDERS.has(key);
}

/** `Name=web` of an object that is a tag. */
function tagOf(value: { readonly [key: string]: Json }): string | undefined {
  const key = textOf(value['key'] ?? value['Key']);
  const text = textOf(value['value'] ?? value['Value']);
  const isTag = key !== undefined && Object.keys(value).every((name) => tagMember.test(name));
  return isTag ? `${key}=${text ?? ''}` : undefined;
}
