/** Tells what happened to the resource of `hunt what`, and its state at the end, from the findings in order of time. */
import { isAccountId } from '../../cloudtrail/account.js';
import type { ResourceHistory } from '../../report/history.js';
import type { Finding, Findings } from '../../report/finding.js';
import {
  beforeName,
  isNameOf,
  type NamedResource,
  type PlacedId,
} from '../../rule/resource/named-resource.js';
import { arnOf } from '../../rule/resource/arn.js';
import { isUniqueId } from '../../rule/resource/unique.js';
import { outlives } from '../../story/guard.js';
import { regionOf, resourceKey } from '../../story/place.js';
import { stateKey } from '../../story/state-key.js';
import { kindIn, kindsWith, type Kind } from './kind.js';
import { answeredIds } from './answered-ids.js';
import { letsIn, mayLetIn } from './let-in.js';
import { OtherNames } from './other-names.js';
import { ownerIn } from './owner.js';
import { taggedIds } from './tagged-ids.js';

/** Only hostile logs have more of anything that is listed. */
const MOST = 1000;
/** What describers say of a thing that is made. */
const EXISTS = 'exists';

export interface ResourceAnswer {
  readonly history: ResourceHistory;
  /** The other IDs, with where they were found. */
  readonly others: readonly PlacedId[];
  /** The IDs of parts of states that last: a call that ends one may name the part alone, as an association. */
  readonly openParts: readonly string[];
}

/** The history in findings that are in order of time. */
export function historyOf(findings: Findings, asked: NamedResource): ResourceAnswer {
  const fold = new HistoryFold(asked);
  for (const finding of findings) fold.add(finding);
  return { history: fold.history(), others: fold.others(), openParts: fold.openParts() };
}

interface Mutable {
  readonly kinds: Map<string, Kind>;
  /** What only names of parameters say. */
  readonly guesses: Map<string, Kind>;
  readonly made: Map<string, ResourceHistory['made'][number]>;
  readonly deleted: Map<string, ResourceHistory['deleted'][number]>;
  readonly renamed: Map<string, ResourceHistory['renamed'][number]>;
  readonly lasting: Map<string, Lasting>;
  /** States of other things, which calls that name the resource began. */
  readonly lastingOfOthers: Map<string, Lasting>;
}

type Lasting = ResourceHistory['lasting'][number];

class HistoryFold {
  readonly #asked: NamedResource;
  readonly #others: OtherNames;
  readonly #of: Mutable = {
    kinds: new Map(),
    guesses: new Map(),
    made: new Map(),
    deleted: new Map(),
    renamed: new Map(),
    lasting: new Map(),
    lastingOfOthers: new Map(),
  };
  /** The IDs of parts of states, and when the states ended. */
  readonly #parts = new Map<string, string | null>();
  #ended = 0;

  constructor(asked: NamedResource) {
    this.#asked = asked;
    this.#others = new OtherNames(asked);
  }

  add(finding: Finding): void {
    this.#addKinds(finding);
    if (finding.outcome === 'failed' || finding.kinds.includes('network activity')) return;
    // Of an ARN, the calls have the name, and this may be the name of another thing.
    if (arnOf(this.#asked.text) === undefined)
      for (const idsOf of [answeredIds, taggedIds])
        for (const id of idsOf(finding, this.#asked.text)) this.#others.add(finding, id);
    if (finding.change === null) return;
    this.#addRemovals(finding);
    this.#addRenames(finding);
    this.#addStates(finding);
  }

  history(): ResourceHistory {
    const { kinds, guesses, made, deleted, renamed, lasting, lastingOfOthers } = this.#of;
    return {
      kinds: kindsWith([...kinds.values()], [...guesses.values()], this.#asked.text),
      otherIds: [...new Set(this.others().map(({ id }) => id))].filter((id) => !this.#isOwn(id)),
      isFollowed: false,
      made: [...made.values()],
      deleted: [...deleted.values()],
      renamed: [...renamed.values()],
      lasting: [...(this.#knowsItself() ? lasting : lastingOfOthers).values()],
      ended: this.#ended,
    };
  }

  /** Else all that is known of the calls is what they did to other things, as a call about a detector switches off its account's. */
  #knowsItself(): boolean {
    const { made, deleted, renamed, lasting } = this.#of;
    return this.#ended > 0 || [made, deleted, renamed, lasting].some(({ size }) => size > 0);
  }

  others(): readonly PlacedId[] {
    return this.#others.all();
  }

  /** The parts of states that last, and of those that lasted until the resource was deleted: a call may have ended one before. */
  openParts(): readonly string[] {
    const deletions = new Set([...this.#of.deleted.values()].map(({ eventTime }) => eventTime));
    return [...this.#parts].flatMap(([part, until]) =>
      until === null || deletions.has(until) ? [part] : [],
    );
  }

  #isOwn(name: string | undefined | null): boolean {
    return name !== undefined && name !== null && isNameOf(this.#asked, name);
  }

  /** Not a part of it, as `route 0.0.0.0/0 of rtb-1` is: that may be deleted alone. */
  #isItself(name: string): boolean {
    const before = beforeName(this.#asked, name);
    return before !== undefined && !(before.endsWith(' ') && before.includes(' of '));
  }

  #addKinds(finding: Finding): void {
    const owned = ownerIn(finding, this.#asked);
    const region = regionOf(finding) || null;
    const { kinds } = this.#of;
    const types = new Set<string>();
    for (const { type, id, name } of finding.change?.resources ?? []) {
      if (!this.#isOwn(id) && !this.#isOwn(name)) continue;
      if (!this.#isOwn(id)) this.#others.add(finding, id);
      types.add(type);
    }
    for (const type of types) count(kinds, { type, ...owned, region });
    if (letsIn(finding, this.#asked.text)) {
      count(kinds, { type: 'account', account: null, isOwner: false, region: null });
      return;
    }
    const guess = types.size === 0 ? kindIn(finding, this.#asked) : undefined;
    if (guess !== undefined) count(this.#of.guesses, { type: guess, ...owned, region });
  }

  #addRemovals(finding: Finding): void {
    const { account } = ownerIn(finding, this.#asked);
    const { made, deleted } = this.#of;
    const { removes: all = [], ends = [], begins = [] } = finding.change ?? {};
    // A part that the call puts in place of itself goes on, as a rule that lets in others from now on.
    const again = new Set(begins.map(({ part }) => part));
    const removes = all.filter((one) => !again.has(one));
    const ended = ends.filter(({ what }) => what === EXISTS).map(({ resource }) => resource);
    const own = [...new Set([...removes, ...ended])].filter((one) => this.#isItself(one));
    const short = own.filter((one) => !one.includes(' arn:'));
    // A call may say one thing by its name and by its ARN.
    for (const resource of short.length > 0 ? short : own) {
      const key = resourceKey({ ...finding, ownAccount: account }, resource);
      // What the service reports later, of its own work, does not say who deleted it.
      if (finding.eventType === 'AwsServiceEvent' && deleted.has(key)) continue;
      put(deleted, key, { resource, account, ...eventOf(finding) });
      const before = made.get(key);
      if (before !== undefined && before.until === null)
        made.set(key, { ...before, until: finding.eventTime });
      this.#endLasting(key);
    }
  }

  /** Where only the ARN says that two records are of one account, their findings do not say that the deletion ended the state. */
  #endLasting(deleted: string): void {
    const { lasting } = this.#of;
    for (const [key, { resource, what }] of lasting) {
      if (key !== stateKey(deleted, what) || outlives(resource, what)) continue;
      lasting.delete(key);
      this.#ended += 1;
    }
  }

  #addRenames(finding: Finding): void {
    const { account } = ownerIn(finding, this.#asked);
    const { made, deleted, renamed } = this.#of;
    for (const { resource, name, newResource, newName } of finding.change?.renames ?? []) {
      if (!this.#isItself(resource) && !this.#isItself(newResource)) continue;
      const known = this.#isItself(resource) ? name : newName;
      this.#others.rename(finding, known, { old: name, new: newName });
      const keyOf = (one: string): string => resourceKey({ ...finding, ownAccount: account }, one);
      put(renamed, `${renamed.size}`, { resource, newResource, account, ...eventOf(finding) });
      const before = made.get(keyOf(resource));
      made.delete(keyOf(resource));
      if (before !== undefined) put(made, keyOf(newResource), before);
      // What had the new name before was deleted, or the call would have failed.
      deleted.delete(keyOf(newResource));
    }
  }

  #addStates(finding: Finding): void {
    const { made, deleted, lasting } = this.#of;
    const { account } = ownerIn(finding, this.#asked);
    const isAccount = isAccountId(this.#asked.text);
    const parts = new Map(
      (finding.change?.begins ?? []).map(({ resource, what, part }) => [
        JSON.stringify([resource, what]),
        part,
      ]),
    );
    for (const { resource, what, end, until } of finding.states) {
      const part = parts.get(JSON.stringify([resource, what]));
      const isOwn = this.#isOwn(resource) || this.#isOwn(part) || this.#isOwn(what);
      const key = resourceKey({ ...finding, ownAccount: account }, resource);
      const isOpen = until === null && end !== 'seen' && end !== 'deleted';
      if (!isOwn && !mayLetIn(finding, what, this.#asked.text)) {
        // That another thing is there says nothing of this one. The call that ends a state may name the other thing alone.
        if (isOpen && what !== EXISTS && !isAccount)
          begin(this.#of.lastingOfOthers, stateKey(key, what), {
            resource,
            account,
            what,
            isKnown: false,
            ...eventOf(finding),
          });
        continue;
      }
      const isMade = what === EXISTS && this.#isItself(resource);
      if (isMade) {
        put(made, key, { resource, account, until, ...eventOf(finding) });
        const before = deleted.get(key);
        // At one instant the order is not known: then what ended the state came later.
        if (before !== undefined && until === null) deleted.delete(key);
        continue;
      }
      if (part !== undefined && isUniqueId(part)) put(this.#parts, part, until);
      // A part is there again with a new state of it.
      if (part !== undefined && until === null)
        deleted.delete(resourceKey({ ...finding, ownAccount: account }, part));
      if (!isOpen) this.#ended += 1;
      else
        begin(lasting, stateKey(key, what), {
          resource,
          account,
          what,
          // What is open to an account may be closed by a call that does not name the account.
          isKnown: end === 'not seen' && !(isAccount && !this.#isOwn(resource)),
          ...eventOf(finding),
        });
    }
  }
}

function count(kinds: Map<string, Kind>, kind: Omit<Kind, 'events'>): void {
  const key = JSON.stringify([kind.type, kind.account, kind.region]);
  const known = kinds.get(key);
  const isOwner = kind.isOwner || known?.isOwner === true;
  put(kinds, key, { ...kind, isOwner, events: (known?.events ?? 0) + 1 });
}

/** A state that is begun again lasts since it first began. */
function begin(states: Map<string, Lasting>, key: string, state: Lasting): void {
  if (!states.has(key)) put(states, key, state);
}

function put<T>(map: Map<string, T>, key: string, value: T): void {
  if (map.has(key) || map.size < MOST) map.set(key, value);
}

function eventOf(finding: Finding) {
  const { eventSource, eventTime, eventID, actor } = finding;
  return { region: regionOf(finding) || null, eventSource, eventTime, eventID, by: actor.name };
}
