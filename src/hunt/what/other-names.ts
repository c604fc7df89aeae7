/** Other names and IDs of the resource of `hunt what`: each with the place where it was found, and the times when it has the name. */
import type { Finding } from '../../report/finding.js';
import { namesIn, type NamedResource, type PlacedId } from '../../rule/resource/named-resource.js';
import type { Span } from '../../rule/resource/span.js';
import { regionOf, resourceKey } from '../../story/place.js';
import { accountIn } from './owner.js';

/** Only hostile logs have more. */
const MOST = 1000;

export class OtherNames {
  readonly #asked: NamedResource;
  readonly #others = new Map<string, PlacedId>();

  constructor(asked: NamedResource) {
    this.#asked = asked;
  }

  all(): readonly PlacedId[] {
    return [...this.#others.values()];
  }

  /** An ID is its own at all times, another name while it has it. */
  add(finding: Finding, id: string, spans?: readonly Span[]): void {
    const { eventSource } = finding;
    const region = regionOf(finding) || undefined;
    const account = accountIn(finding, this.#asked) ?? undefined;
    const place = eventSource === null ? undefined : { eventSource, account, region };
    const key = this.#keyOf(finding, id);
    const known = this.#others.get(key);
    if (known === undefined && this.#others.size >= MOST) return;
    this.#others.set(key, { id, place, spans: spans ?? known?.spans });
  }

  /** `known` is the name that is asked for: one of the two. */
  rename(finding: Finding, known: string, names: { readonly old: string; readonly new: string }) {
    for (const id of this.#spelt(known, names.old)) this.#end(finding, id);
    for (const id of this.#spelt(known, names.new)) this.#begin(finding, id);
  }

  #begin(finding: Finding, id: string): void {
    const since = finding.eventTime ?? undefined;
    this.add(finding, id, [...this.#spansOf(finding, id), { since, until: undefined }]);
  }

  #end(finding: Finding, id: string): void {
    const until = finding.eventTime ?? undefined;
    const spans = this.#spansOf(finding, id);
    const last = spans.at(-1);
    const isOpen = last !== undefined && last.until === undefined;
    const since = isOpen ? last.since : undefined;
    this.add(finding, id, [...(isOpen ? spans.slice(0, -1) : spans), { since, until }]);
  }

  #spansOf(finding: Finding, id: string): readonly Span[] {
    return this.#others.get(this.#keyOf(finding, id))?.spans ?? [];
  }

  #keyOf(finding: Finding, id: string): string {
    return resourceKey({ ...finding, ownAccount: accountIn(finding, this.#asked) }, id);
  }

  /** As it was asked for: the ARN of a user does not mean a role of that name. */
  #spelt(known: string, other: string): readonly string[] {
    const arns = namesIn(this.#asked)
      .filter((one) => one.startsWith('arn:') && /[:/]$/.test(one.slice(0, -known.length)))
      .filter((one) => one.endsWith(known))
      .map((one) => `${one.slice(0, -known.length)}${other}`);
    return arns.length > 0 ? arns : [other];
  }
}
