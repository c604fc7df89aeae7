/** Answers ListObjectsV2. Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
import { hash } from 'node:crypto';
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
  const bodies = new Map<string, Buffer | undefined>();
  for (const [key, body] of objects) {
    if (!key.startsWith(prefix)) continue;
    const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    if (end < 0) bodies.set(key, body);
    else bodies.set(key.slice(0, end + delimiter.length), undefined);
  }
  const names = [...bodies.keys()].toSorted(byCodePoint).filter((name) => name > after);
  const page = names.slice(0, most);
  const last = names.length > most ? page.at(-1) : undefined;
  const encoded = query.get('encoding-type') === 'url';
  const written = (name: string): string => (encoded ? encodeKey(name) : escapeXml(name));
  const entries = page.map((name) => {
    const body = bodies.get(name);
    return body === undefined
      ? `<CommonPrefixes><Prefix>${written(name)}</Prefix></CommonPrefixes>`
      : `<Contents><Key>${written(name)}</Key><Size>${body.length}</Size><ETag>&quot;${hash('md5', body)}&quot;</ETag></Contents>`;
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
