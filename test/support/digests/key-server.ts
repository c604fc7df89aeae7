/** A server that answers `ListPublicKeys` as CloudTrail does, a page for each key. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { SigningKey } from './keys.js';

export interface KeyServer {
  readonly url: string;
  /** The requests that came, and the regions whose keys they asked for. */
  readonly asked: readonly {
    readonly region: string;
    readonly StartTime: number;
    readonly EndTime: number;
    readonly NextToken?: string;
  }[];
}

/** Runs until the test ends. `keys` has the keys of each region. */
export async function startKeyServer(
  keys: Readonly<Record<string, readonly SigningKey[]>>,
): Promise<KeyServer> {
  const asked: KeyServer['asked'][number][] = [];
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      const region = /Credential=[^/]+\/\d+\/([^/]+)\//.exec(
        String(request.headers.authorization),
      )?.[1];
      if (!String(request.headers['x-amz-target']).endsWith('.ListPublicKeys') || !region) {
        response.statusCode = 501;
        response.end('{}');
        return;
      }
      const body = JSON.parse(Buffer.concat(pieces).toString()) as Omit<
        KeyServer['asked'][number],
        'region'
      >;
      asked.push({ region, ...body });
      const own = keys[region] ?? [];
      const page = Number(body.NextToken ?? 0);
      response.end(
        JSON.stringify({
          PublicKeyList: own.slice(page, page + 1).map(({ der, fingerprint }) => ({
            Value: der.toString('base64'),
            ValidityStartTime: 1_767_225_600,
            ValidityEndTime: 1_798_761_600,
            Fingerprint: fingerprint,
          })),
          ...(page + 1 < own.length ? { NextToken: String(page + 1) } : {}),
        }),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}
