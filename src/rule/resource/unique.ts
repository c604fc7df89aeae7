import { isAccountId } from '../../cloudtrail/account.js';

/** `sg-0a1b2c3d`, or the ID of a KMS key. A multi-region key (`mrk-…`) has one ID in all of its regions, so its ID is not unique. */
const UNIQUE =
  /^(?!mrk-)(?:[a-z]+(?:-[a-z]+)*-[0-9a-f]{8,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Whether no two resources have this ID. */
export function isUniqueId(id: string): boolean {
  return UNIQUE.test(id);
}

/** Whether a text that somebody asks for means one thing, whatever calls call it. */
export function meansOneThing(text: string): boolean {
  return text.startsWith('arn:') || isUniqueId(text) || isAccountId(text);
}
