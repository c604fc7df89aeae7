/** The block of public access, which overrules the ACLs and policies of a bucket, or of all buckets of an account. */
import { isObject, type Json } from '../../../../cloudtrail/json.js';
import type { ChangeEvent, Description } from '../../../change.js';
import { flagMember, memberOf } from '../../../request/request.js';
import { stateOf, type Subject } from '../../../request/subject.js';
import { unsaid } from './body.js';

const OFF = 'public access block off';
const OFF_IN_PART = 'public access block off in part';

/** What each part of the block keeps out. What a request leaves out is off. */
const BLOCKS = [
  ['BlockPublicAcls', 'new public ACLs'],
  ['IgnorePublicAcls', 'existing public ACLs'],
  ['BlockPublicPolicy', 'new public policies'],
  ['RestrictPublicBuckets', 'existing public policies'],
] as const;

/** What a call sets: the block as a whole on or off, or which parts of it are off. */
export function describeBlock(place: Subject, { requestParameters }: ChangeEvent): Description {
  const block = blockOf(requestParameters);
  if (block === undefined) return unsaid('public access block', place);
  const off = BLOCKS.filter(([name]) => flagMember(block, name) !== true).map(([, what]) => what);
  if (off.length === BLOCKS.length) return describeBlockOff(place);
  if (off.length === 0)
    return {
      verb: 'switch on',
      object: `public access block of ${place.text}`,
      ends: [stateOf(place, OFF), stateOf(place, OFF_IN_PART)],
    };
  // The block before may have had more parts, or fewer.
  return {
    verb: 'set',
    object: `public access block of ${place.text}: off for ${off.join(', ')}`,
    begins: [stateOf(place, OFF_IN_PART)],
    ends: [stateOf(place, OFF)],
  };
}

/** A block that is deleted, or of which every part is off. */
export function describeBlockOff(place: Subject): Description {
  return {
    verb: 'switch off',
    object: `public access block of ${place.text}`,
    begins: [stateOf(place, OFF)],
    ends: [stateOf(place, OFF_IN_PART)],
  };
}

function blockOf(request: Json): Json | undefined {
  const block = memberOf(request, 'PublicAccessBlockConfiguration');
  if (isObject(block)) return block;
  return BLOCKS.some(([name]) => flagMember(request, name) !== undefined) ? request : undefined;
}
