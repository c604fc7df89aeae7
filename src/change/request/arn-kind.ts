/**
 * What an ARN says of a thing: its kind and its name. Some calls take any kind of thing by its ARN, such as `PutResourcePolicy`, and
 * the call that deletes it, such as `DeleteTable`, may know it by its name.
 */

interface Named {
  /** `table` of `arn:…:table/orders`, in words. */
  readonly kind: string;
  readonly name: string;
}

/** Kinds that ARNs write as one word. */
const JOINED: Readonly<Record<string, string>> = {
  resourceconfiguration: 'resource configuration',
  servicenetwork: 'service network',
};
/** The kind of a thing by what its ID begins with, where a call takes IDs of several kinds. */
const BY_ID: readonly (readonly [RegExp, string])[] = [
  [/^svc-[0-9a-f]+$/, 'service'],
  [/^sn-[0-9a-f]+$/, 'service network'],
];

/**
 * Undefined where the text says no kind, or names what is within another thing or in another account: that may have the same name.
 */
export function namedByArn(text: string, own: string | null): Named | undefined {
  const byId = BY_ID.find(([form]) => form.test(text))?.[1];
  if (byId !== undefined) return { kind: byId, name: text };
  const form = /^arn:[^:]*:[^:]*:[^:]*:([^:]*):([A-Za-z-]+)[/:]([^/:]+)$/;
  const [, account, type, name] = form.exec(text) ?? [];
  if (type === undefined || name === undefined || isOther(account, own)) return undefined;
  const kind = type.toLowerCase();
  const words = Object.hasOwn(JOINED, kind) ? JOINED[kind] : kind.replaceAll('-', ' ');
  return { kind: words ?? kind, name };
}

/** `table orders`; of what says no more than that it is an ARN, `resource arn:…`. */
export function keyByArn(arn: string, own: string | null): string {
  const named = namedByArn(arn, own);
  return named === undefined ? `resource ${arn}` : `${named.kind} ${named.name}`;
}

/** Whether an ARN names a thing of another account. */
export function isForeignArn(text: string, own: string | null): boolean {
  return isOther(/^arn:[^:]*:[^:]*:[^:]*:([^:]*):/.exec(text)?.[1], own);
}

function isOther(account: string | undefined, own: string | null): boolean {
  return account !== undefined && account !== '' && own !== null && account !== own;
}
