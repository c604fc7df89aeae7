/**
 * Decides which findings belong together. A finding joins the open story of its actor; else one that is open on the same
 * resource; else the one with the change that it undoes; else it begins a story. Stories never merge, so that what a number
 * means does not depend on what follows. An actor is followed to the credentials that the actor's calls issued.
 */
import { keyIn } from '../change/actor/issued-key.js';
import { isService } from '../change/actor/origin.js';
import type { Finding } from '../report/finding.js';
import { resourceKey, type PlacedFinding } from './place.js';
import { Recent } from './recent.js';

/** In milliseconds. A person at work pauses to read; a longer silence ends the story. */
const LONGEST_PAUSE = 30 * 60 * 1000;
/** Actors, resources and credentials that are remembered, each. */
const REMEMBERED = 50_000;
/** A call that names more resources is about these. */
const RESOURCES = 4;

export type GroupedFinding = PlacedFinding &
  Pick<Finding, 'outcome' | 'responseElements' | 'change'> & {
    readonly actor: Pick<
      Finding['actor'],
      'name' | 'principal' | 'accessKey' | 'origin' | 'behind'
    >;
  };

interface OpenStory {
  readonly story: number;
  readonly last: number;
}

export class Grouping {
  readonly #byActor = new Recent<OpenStory>(REMEMBERED);
  readonly #byResource = new Recent<OpenStory>(REMEMBERED);
  /** From an access key to the actor whose call issued it. */
  readonly #issuers = new Recent<string>(REMEMBERED);
  #stories = 0;

  /** The story of the next finding, counted from 0. `undone` is the story with the change that the finding undoes. */
  add(finding: GroupedFinding, instant: number, undone: number | undefined): number {
    const actor = this.#actorOf(finding);
    const resources = resourcesOf(finding);
    const own = actor === undefined ? undefined : openAt(this.#byActor.get(actor), instant);
    const others = resources
      .map((key) => openAt(this.#byResource.get(key), instant))
      .find((open) => open !== undefined);
    const joined = own ?? others ?? undone;
    const story = joined ?? this.#stories++;
    // Who touches another's resource once does not take part in the rest of that story.
    if (actor !== undefined && (own !== undefined || joined === undefined))
      this.#byActor.set(actor, { story, last: instant });
    for (const key of resources) this.#byResource.set(key, { story, last: instant });
    const issued = finding.outcome === 'failed' ? undefined : keyIn(finding.responseElements);
    if (actor !== undefined && issued !== undefined) this.#issuers.set(issued, actor);
    return story;
  }

  /** Undefined for a service: it acts for others, and all of its calls together are no story. */
  #actorOf({ actor, ownAccount }: GroupedFinding): string | undefined {
    if (isService(actor.origin)) return undefined;
    // Whoever is behind a session is the same actor as without it.
    if (actor.behind !== null) return actor.behind.principal ?? actor.behind.name;
    const issuer = actor.accessKey === null ? undefined : this.#issuers.get(actor.accessKey);
    return issuer ?? actor.principal ?? JSON.stringify([ownAccount, actor.name]);
  }
}

function openAt(open: OpenStory | undefined, instant: number): number | undefined {
  return open !== undefined && instant - open.last <= LONGEST_PAUSE ? open.story : undefined;
}

/** A policy of AWS is the same resource for all accounts, and says nothing of who belongs together. */
function resourcesOf(finding: GroupedFinding): readonly string[] {
  return (finding.change?.resources ?? [])
    .filter(({ id }) => !id.includes(':iam::aws:'))
    .slice(0, RESOURCES)
    .map(({ type, id }) => `${type}${resourceKey(finding, id)}`);
}
