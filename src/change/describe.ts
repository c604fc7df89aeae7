/** What a change did, on one line: which security group was opened to whom, or what an unknown call named. */
import { isObject, type Json } from '../cloudtrail/json.js';

export interface ChangeEvent {
  readonly eventName: string | null;
  readonly requestParameters: Json;
  readonly responseElements: Json;
}

const SHOWN = 6;
const NAMES_SHOWN = 4;
const LONGEST_NAME = 40;
const LONGEST_PEER = 64;
const LONGEST_NAMED = 128;
const DEEPEST = 6;
const MOST_VALUES = 1000;
const everyone = /^(?:0\.0\.0\.0\/0|::\/0)$/;
const protocols = new Map(Object.entries({ 1: 'icmp', 6: 'tcp', 17: 'udp', 58: 'icmpv6' }));
const naming = /(?:id|name|arn)s?$/i;

/** One line that says what the call asked for; empty where it named nothing. Wrong types are passed over. */
export function describeChange(event: ChangeEvent): string {
  const request = event.requestParameters;
  const group = member(request, 'groupId') ?? member(request, 'groupName');
  if (event.eventName === 'CreateSecurityGroup') return describeCreation(event) || named(request);
  const permissions = permissionsOf(request);
  if (permissions.length === 0) return named(request);
  const preposition = event.eventName?.endsWith('Egress') ? 'to' : 'from';
  const parts = permissions
    .map((permission) => describePermission(permission, preposition))
    // A hole for everyone must not hide behind a long list.
    .toSorted((a, b) => Number(b.open) - Number(a.open));
  const lines = parts.map((part) => part.text);
  const text = listed(lines, '; ');
  return group === undefined ? text : `${shortened(group)}: ${text}`;
}

/** A long name must not push what was opened off the line. */
function shortened(name: string, longest = LONGEST_NAME): string {
  return name.length > longest ? `${name.slice(0, longest)}…` : name;
}

/** Whether a line of `describeChange` lets everyone in or out. */
export function opensToEveryone(change: string): boolean {
  return /(?:^|[\s,])(?:0\.0\.0\.0\/0|::\/0)(?=$|[,;\s])/.test(change);
}

function describeCreation({ requestParameters: request, responseElements }: ChangeEvent): string {
  const id = member(responseElements, 'groupId');
  const name = member(request, 'groupName');
  const vpc = member(request, 'vpcId');
  if (id === undefined && name === undefined) return '';
  const created = id === undefined ? `"${name}"` : id;
  const label = id === undefined || name === undefined ? '' : ` "${name}"`;
  return `${created}${label}${vpc === undefined ? '' : ` in ${vpc}`}`;
}

/** The permissions of a call: a list of them, one in the call's own members, or both: neither must hide the other. */
function permissionsOf(request: Json): readonly Json[] {
  const permissions = itemsOf(get(request, 'ipPermissions')).filter(isObject);
  const flat = ['cidrIp', 'cidrIpv6', 'ipProtocol', 'sourceSecurityGroupName'];
  return flat.some((name) => member(request, name) !== undefined)
    ? [...permissions, request]
    : permissions;
}

function describePermission(permission: Json, preposition: string) {
  const peers = [
    ...texts(permission, 'ipRanges', ['cidrIp']),
    ...texts(permission, 'ipv6Ranges', ['cidrIpv6']),
    ...texts(permission, 'prefixListIds', ['prefixListId']),
    ...texts(permission, 'groups', ['groupId', 'groupName']),
    ...['cidrIp', 'cidrIpv6', 'sourceSecurityGroupName'].flatMap(
      (n) => member(permission, n) ?? [],
    ),
  ].toSorted((a, b) => Number(everyone.test(b)) - Number(everyone.test(a)));
  const traffic = shortened(describeTraffic(permission), LONGEST_PEER);
  const shortPeers = peers.map((peer) => shortened(peer, LONGEST_PEER));
  return {
    text: peers.length === 0 ? traffic : `${traffic} ${preposition} ${listed(shortPeers, ', ')}`,
    open: peers.some((peer) => everyone.test(peer)),
  };
}

function describeTraffic(permission: Json): string {
  const given = member(permission, 'ipProtocol');
  const protocol = protocols.get(given ?? '') ?? given;
  if (protocol === undefined || protocol === '-1') return 'all traffic';
  const from = member(permission, 'fromPort');
  const to = member(permission, 'toPort');
  // For ICMP they are a type and a code.
  if (from === undefined || from === '-1') return protocol;
  if (/icmp/i.test(protocol)) return `${protocol} type ${from}`;
  return to === undefined || to === from ? `${protocol} ${from}` : `${protocol} ${from}-${to}`;
}

/** IDs and names anywhere in a request, for calls that have no words of their own. */
function named(request: Json): string {
  const found: string[] = [];
  const queue: { value: Json; depth: number }[] = [{ value: request, depth: 0 }];
  for (let next = 0; next < queue.length && next < MOST_VALUES; next++) {
    const { value, depth } = queue[next] ?? { value: null, depth: 0 };
    if (depth >= DEEPEST || typeof value !== 'object' || value === null) continue;
    for (const [key, inner] of Object.entries(value).slice(0, MOST_VALUES)) {
      const values = naming.test(key) ? textsOf(inner) : [];
      if (values.length > 0)
        found.push(`${key} ${shortened(values.slice(0, SHOWN).join(' '), LONGEST_NAMED)}`);
      else if (typeof inner === 'object') queue.push({ value: inner, depth: depth + 1 });
    }
  }
  return listed(found, ', ', NAMES_SHOWN);
}

function listed(parts: readonly string[], separator: string, shown = SHOWN): string {
  const more = parts.length - shown;
  const text = parts.slice(0, shown).join(separator);
  return more > 0 ? `${text}${separator}and ${more} more` : text;
}

function texts(value: Json, list: string, names: readonly string[]): readonly string[] {
  return itemsOf(get(value, list)).flatMap(
    (item) => textOf(item) ?? names.flatMap((name) => member(item, name) ?? []).slice(0, 1),
  );
}

/** A list as EC2 writes it, `{"items": […]}`, or a plain one. */
function itemsOf(value: Json | undefined): readonly Json[] {
  if (Array.isArray(value)) return value;
  const items = isObject(value) ? value['items'] : undefined;
  if (Array.isArray(items)) return items;
  return items === undefined || items === null ? [] : [items];
}

function textsOf(value: Json): readonly string[] {
  return (Array.isArray(value) ? value : [value]).flatMap((item) => textOf(item) ?? []);
}

function get(value: Json, name: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function member(value: Json, name: string): string | undefined {
  return textOf(get(value, name));
}

function textOf(value: Json | undefined): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
