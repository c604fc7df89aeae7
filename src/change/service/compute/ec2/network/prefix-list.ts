/** Lists of address ranges. Every security group with a rule for a list lets in what the list has. */
import type { Json } from '../../../../../cloudtrail/json.js';
import {
  canonicalRange,
  everyoneIn,
  exposureTo,
  rangeState,
  rangeText,
  wideFirst,
} from '../../../../request/address.js';
import type { ChangeEvent, Description, State } from '../../../../change.js';
import type { Describers } from '../../../../describers.js';
import { phrase } from '../../../../sentence.js';
import { resource, shortId, shortIds } from '../details.js';
import { lifecycles } from '../lifecycle.js';
import { list, requestOf, text, texts } from '../../../../request/ec2-shape.js';

const TYPE = 'prefix list';

export const prefixLists: Describers = {
  CreateManagedPrefixList: describeCreation,
  ModifyManagedPrefixList: describeModification,
};

function describeCreation(event: ChangeEvent): Description | undefined {
  const created = lifecycles['CreateManagedPrefixList']?.(event);
  const ranges = rangesIn(event, 'entry', 'entries');
  if (created === undefined || ranges.length === 0) return created;
  const id = created.begins?.[0]?.resource;
  return {
    ...created,
    object: `${created.object} of ${rangesText(ranges)}`,
    begins: [...(created.begins ?? []), ...(id === undefined ? [] : statesOf(id, ranges))],
  };
}

/** Undefined if the ranges stay as they are. */
function describeModification(event: ChangeEvent): Description | undefined {
  const id = text(requestOf(event), 'prefixListId');
  const added = rangesIn(event, 'addEntry', 'addEntries');
  const removed = rangesIn(event, 'removeEntry', 'removeEntries');
  if (id === undefined || added.length + removed.length === 0) return undefined;
  const adds = added.length > 0;
  return {
    verb: adds ? 'add' : 'remove',
    object: phrase(
      rangesText(adds ? added : removed),
      `${adds ? 'to' : 'from'} ${TYPE} ${shortId(id)}`,
      adds && removed.length > 0 ? `in place of ${rangesText(removed)}` : undefined,
    ),
    resources: [resource(TYPE, id)],
    exposure: exposureTo(added),
    begins: statesOf(id, added),
    ends: statesOf(id, removed),
  };
}

function rangesIn(event: ChangeEvent, ...names: readonly string[]): readonly string[] {
  const entries: readonly Json[] = list(requestOf(event), ...names);
  return texts(entries, 'cidr').map(canonicalRange);
}

/** What contains many comes first, so that a long list does not hide it. */
function rangesText(ranges: readonly string[]): string {
  const everyone = new Set(everyoneIn(ranges));
  const others = wideFirst(ranges.filter((range) => !everyone.has(range))).map((range) =>
    rangeText(range),
  );
  return everyone.size === 0
    ? shortIds(others)
    : [
        `everyone (${shortIds([...everyone])})`,
        ...(others.length === 0 ? [] : [shortIds(others)]),
      ].join(', ');
}

function statesOf(id: string, ranges: readonly string[]): readonly State[] {
  return ranges.map((range) => ({
    resource: id,
    what: `has ${rangeState(range, shortId(range))}`,
  }));
}
