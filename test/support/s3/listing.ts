/** Answers ListObjectsV2. Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
import { byCodePoint } from '../../../src/cloudtrail/canonical.js';
import { escapeXml } from './protocol.js';

/** A page of the listing. A continuation token is the last name of the page before. */
export function listing(
  objects: readonly (readonly [key: string, body: Buffer])[],
  query: URLSearchParams,
  pageSize: number,
): string {
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const most = Math.min(Number(query.get('max-keys') ?? pageSize), pageSize);
  const after = query.get('continuation-token') ?? '';
  const sizes = new Map<string, number | undefined>();
  for (const [key, { length }] of objects) {
    if (!key.startsWith(prefix)) continue;
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    if (end < 0) sizes.set(key, length);
    else sizes.set(key.slice(0, end + delimiter.length), undefined);
  }
  const names = [...sizes.keys()].toSorted(byCodePoint).filter((name) => name > after);
  const page = names.slice(0, most);
  const last = names.length > most ? page.at(-1) : undefined;
  const encoded = query.get('encoding-type') === 'url';
  const written = (name: string): string => (encoded ? encodeKey(name) : escapeXml(name));
  const entries = page.map((name) => {
    const size = sizes.get(name);
    return size === undefined
      ? `<CommonPrefixes><Prefix>${written(name)}</Prefix></CommonPrefixes>`
      : `<Contents><Key>${written(name)}</Key><Size>${size}</Size></Contents>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?><ListBucketResult>',
    `<KeyCount>${page.length}</KeyCount><IsTruncated>${last !== undefined}</IsTruncated>`,
    encoded ? '<EncodingType>url</EncodingType>' : '',
    last === undefined ? '' : `<NextContinuationToken>${escapeXml(last)}</NextContinuationToken>`,
    ...entries,
    '</ListBucketResult>',
  ].join('');
}

/** URL-encoded as in a form, except for slashes. */
function encodeKey(key: string): string {
  return encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/');
}
