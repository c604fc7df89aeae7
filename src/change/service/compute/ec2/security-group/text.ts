/** What permissions of a security group say in a sentence, and the states that they are. */
import {
  breadthOf,
  everyoneIn,
  exposureTo,
  rangeState,
  rangeText,
} from '../../../../request/address.js';
import type { Exposure, State } from '../../../../change.js';
import { listed, shortened } from '../../../../sentence.js';
import type { Direction, Peer, Permission } from './permission.js';

const PERMISSIONS_SHOWN = 4;
const PEERS_SHOWN = 5;
const LONGEST_TEXT = 400;
const LONGEST_PEER = 64;
const LONGEST_TRAFFIC = 40;
const LONGEST_DESCRIPTION = 48;

export interface PermissionsText {
  /** `tcp 22 to everyone (0.0.0.0/0); tcp 443 to 10.0.0.0/8, sg-2 of 111122223333`. */
  readonly text: string;
  readonly exposure: Exposure | null;
}

/** What is open to many comes first, so that a long list does not hide it. */
export function describePermissions(
  permissions: readonly Permission[],
  direction: Direction,
): PermissionsText {
  const parts = merged(permissions)
    .map((permission) => describePermission(permission, direction))
    .toSorted((a, b) => rankOf(a) - rankOf(b));
  const all = listed(
    parts.map((part) => part.text),
    '; ',
    PERMISSIONS_SHOWN,
  );
  return { text: shortened(all, LONGEST_TEXT), exposure: parts[0]?.exposure ?? null };
}

/** `: "office", "vpn"`; empty without descriptions. */
export function descriptionsText(descriptions: readonly (string | null)[]): string {
  const all = new Set(descriptions.filter((one) => one !== null));
  const quoted = [...all].map((one) => `"${shortened(one, LONGEST_DESCRIPTION)}"`);
  return quoted.length === 0 ? '' : `: ${listed(quoted, ', ', 2)}`;
}

/** One state for each traffic and peer. */
export function statesOf(
  group: { readonly key: string } | undefined,
  permissions: readonly Permission[],
  direction: Direction,
): readonly State[] {
  if (group === undefined) return [];
  const states = new Map<string, State>();
  for (const { traffic, peers, ruleId } of permissions)
    for (const peer of peers) {
      const what = `${trafficText(traffic, direction)} open to ${peerState(peer)}`;
      const part = ruleId ?? states.get(what)?.part;
      states.set(what, { resource: group.key, what, ...(part !== undefined && { part }) });
    }
  return [...states.values()];
}

/** Permissions for the same traffic are one: their ranges may contain everyone together. */
function merged(permissions: readonly Permission[]): readonly Permission[] {
  const peers = new Map<string, Peer[]>();
  for (const permission of permissions) {
    const known = peers.get(permission.traffic) ?? [];
    // Item by item: a call with hundreds of thousands of arguments would throw.
    for (const peer of permission.peers) known.push(peer);
    peers.set(permission.traffic, known);
  }
  return [...peers].map(([traffic, all]) => ({ traffic, peers: all }));
}

/** The lower, the more are let in. */
function rankOf({ exposure }: PermissionsText): number {
  return exposure === null ? 2 : Number(exposure.peer !== 'everyone');
}

function describePermission({ traffic, peers }: Permission, direction: Direction): PermissionsText {
  // Only a range can contain everyone: a prefix list or a group may be *named* 0.0.0.0/0.
  const ranges = peers.flatMap(({ kind, id }) => (kind === 'range' ? [id] : []));
  const everyone = new Set(everyoneIn(ranges));
  const others = peers
    .filter(({ kind, id }) => kind !== 'range' || !everyone.has(id))
    .toSorted((a, b) => Number(isWide(b)) - Number(isWide(a)))
    .map(peerText);
  const all = [
    ...(everyone.size === 0 ? [] : [`everyone (${listed([...everyone].map(short), ', ', 3)})`]),
    ...new Set(others),
  ];
  const to = all.length === 0 ? '' : ` to ${listed(all, ', ', PEERS_SHOWN)}`;
  return {
    text: `${trafficText(traffic, direction)}${to}`,
    exposure: exposureTo(ranges, direction),
  };
}

function isWide({ kind, id }: Peer): boolean {
  return kind === 'range' && breadthOf(id) !== undefined;
}

function peerState({ kind, id }: Peer): string {
  return kind === 'range' ? rangeState(id, short(id)) : short(id);
}

function peerText({ kind, id, account }: Peer): string {
  if (kind === 'range') return rangeText(id, short(id));
  return account === null ? short(id) : `${short(id)} of ${shortened(account)}`;
}

function trafficText(traffic: string, direction: Direction): string {
  const text = shortened(traffic, LONGEST_TRAFFIC);
  if (direction === 'ingress') return text;
  return text === 'all traffic' ? 'all outbound traffic' : `outbound ${text}`;
}

function short(id: string): string {
  return shortened(id, LONGEST_PEER);
}
