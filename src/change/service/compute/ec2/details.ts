/** Parts of sentences about resources of EC2. */
import type { Json } from '../../../../cloudtrail/json.js';
import { accountOf, accountsIn } from '../../../request/account.js';
import type { ChangedResource, ChangeEvent } from '../../../change.js';
import { memberOf } from '../../../request/request.js';
import { listed, phrase, shortened } from '../../../sentence.js';
import { list, text } from '../../../request/ec2-shape.js';

const LONGEST_ID = 80;

/** A word, and the parameters of which the first that is there follows it: `['in', 'vpcId']` gives `in vpc-1`. */
export type Detail = readonly [word: string, ...names: readonly string[]];

/** `in vpc-1 from snap-1`; a detail that the values do not have is left out. */
export function details(value: Json | undefined, all: readonly Detail[]): string {
  return phrase(
    ...all.map(([word, ...names]) => {
      const found = text(value, ...names);
      return found === undefined ? undefined : phrase(word, shortId(found));
    }),
  );
}

/** An ID as a sentence shows it; hostile text is cut. */
export function shortId(id: string): string {
  return shortened(id, LONGEST_ID);
}

/** `i-1, i-2, and 8 more`. */
export function shortIds(ids: readonly string[]): string {
  return listed(ids.map(shortId), ', ', 4);
}

/** A name in quotation marks, cut; undefined where there is none. */
export function quoted(name: string | undefined): string | undefined {
  return name === undefined ? undefined : `"${shortId(name)}"`;
}

/** The tag `Name` that a new resource gets. */
export function nameTagOf(request: Json): string | undefined {
  const specifications = list(request, 'tagSpecificationSet', 'tagSpecification');
  // In the newer shape `Tag` has the tags, and `tag` is the number of the item.
  const tags = specifications.flatMap((one) => [
    ...list(one, 'tags'),
    ...list(memberOf(one, 'Tag')),
  ]);
  return text(
    tags.find((tag) => text(tag, 'key') === 'Name'),
    'value',
  );
}

/** A resource as a finding lists it: `name` is null where it has none but its ID. */
export function resource(type: string, id: string, name?: string): ChangedResource {
  return { type, id, name: name ?? null };
}

/** What states name where the event has no ID: a name is unique among resources of one type only. */
export function nameKey(type: string, name: string): string {
  return `${type} ${name}`;
}

/** Whoever has the key of another account may lock the owner of the data out. */
export function foreignKey(request: Json, { recipientAccountId }: ChangeEvent): string | undefined {
  const [account] = accountsIn([text(request, 'kmsKeyId') ?? ''], recipientAccountId);
  return account && `with a key of account ${account}`;
}

/** The account of a parameter, unless it is the event's own. */
export function otherAccount(
  value: Json | undefined,
  { recipientAccountId }: ChangeEvent,
  ...names: readonly string[]
): string | undefined {
  const account = accountOf(text(value, ...names));
  return account === recipientAccountId ? undefined : account;
}
