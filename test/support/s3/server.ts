/** An S3 server in this process, for the SDK's client. A test can inject faults. */
import { once, setMaxListeners } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault, Faults } from './faults.js';
import { listing } from './listing.js';
import { escapeXml, sendError, S3Error } from './protocol.js';

export interface S3Options {
  /** The objects of the bucket, by key. */
  readonly objects: Readonly<Record<string, Buffer>>;
  /** How many keys and prefixes are on a page. The default is 1000, as in S3. */
  readonly pageSize?: number;
  readonly faults?: Faults;
  /** What is kept beside an object, by key: its `x-amz-meta-` headers. */
  readonly metadata?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface S3Call {
  readonly kind: 'list' | 'get';
  /** The prefix of a listing, or the key of an object. */
  readonly key: string;
  readonly range: string | undefined;
  /** The `If-Match` header: the tag that the object must have. */
  readonly ifMatch: string | undefined;
}

export interface S3Server {
  /** The client's `endpoint`. */
  readonly url: string;
  /** Every call that arrived, answered or not. */
  readonly calls: readonly S3Call[];
  /** The highest number of calls that were open at the same time. */
  readonly mostAtOnce: number;
  close(): Promise<void>;
}

export const BUCKET = 'example-trail';

/** Starts a server with one bucket on a free local port. The caller closes it. */
export async function startS3({
  objects,
  pageSize = 1000,
  faults,
  metadata = {},
}: S3Options): Promise<S3Server> {
  const calls: S3Call[] = [];
  const over = new AbortController();
  setMaxListeners(0, over.signal);
  let atOnce = 0;
  let mostAtOnce = 0;

  const answer = (call: S3Call, query: URLSearchParams, response: ServerResponse): Buffer => {
    if (call.kind === 'list') {
      response.setHeader('content-type', 'application/xml');
      return Buffer.from(listing(Object.entries(objects), query, pageSize));
    }
    const body = objects[call.key];
    if (body === undefined)
      throw new S3Error(404, 'NoSuchKey', 'The specified key does not exist.');
    response.setHeader('etag', `"${body.length}"`);
    for (const [name, value] of Object.entries(metadata[call.key] ?? {}))
      response.setHeader(`x-amz-meta-${name}`, value);
    const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(call.range ?? '') ?? [];
    if (from === undefined || to === undefined) return body;
    response.statusCode = 206;
    response.setHeader('content-range', `bytes ${from}-${to}/${body.length}`);
    return body.subarray(Number(from), Number(to) + 1);
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const call = callOf(request, url);
    calls.push(call);
    const count = calls.filter((other) => isRepeat(call, other)).length;
    const fault: Fault | undefined = faults?.({ ...call, count });
    if (fault?.kind === 'delay')
      await sleep(fault.milliseconds, undefined, { signal: over.signal });
    if (fault?.kind === 'answer') throw fault.error;
    const body = answer(call, url.searchParams, response);
    response.setHeader('content-length', body.length);
    if (fault?.kind === 'break' || fault?.kind === 'stall') {
      response.write(body.subarray(0, Math.ceil(body.length / 2)));
      // A reset would discard what was written.
      if (fault.kind === 'break') request.socket.destroySoon();
    } else response.end(body);
  };

  const server = createServer((request, response) => {
    atOnce += 1;
    mostAtOnce = Math.max(mostAtOnce, atOnce);
    response.on('close', () => (atOnce -= 1));
    serve(request, response).catch((error: unknown) => {
      if (request.socket.destroyed || over.signal.aborted) return;
      // A mistake in a test or in this server. The SDK does not retry a 501.
      sendError(
        response,
        error instanceof S3Error
          ? error
          : new S3Error(501, 'TestServerDefect', escapeXml(String(error))),
      );
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    get mostAtOnce() {
      return mostAtOnce;
    },
    close: async () => {
      over.abort();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function isRepeat(a: S3Call, b: S3Call): boolean {
  return a.kind === b.kind && a.key === b.key && a.range === b.range;
}

/** Throws an S3Error if the request is no known call for this bucket. */
function callOf({ method, headers }: IncomingMessage, { pathname, searchParams }: URL): S3Call {
  const [, bucket = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(decodeURIComponent(pathname)) ?? [];
  if (method !== 'GET') throw new S3Error(405, 'MethodNotAllowed', 'only GET is known here');
  if (bucket !== BUCKET)
    throw new S3Error(404, 'NoSuchBucket', 'The specified bucket does not exist');
  if (searchParams.get('list-type') === '2')
    return {
      kind: 'list',
      key: searchParams.get('prefix') ?? '',
      range: undefined,
      ifMatch: undefined,
    };
  return { kind: 'get', key, range: headers.range, ifMatch: headers['if-match'] };
}
