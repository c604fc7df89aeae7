/** Asks CloudTrail for its public keys: `ListPublicKeys`, which anybody with credentials of any account may call. */
import type { CloudTrailClientConfig, PublicKey } from '@aws-sdk/client-cloudtrail';
import pLimit from 'p-limit';
import { HOUR } from '../../../cloudtrail/time/window.js';
import { reasonOf } from '../../../errors.js';
import type { NeededKeys } from './needed.js';

export interface KeyService {
  /** A profile of the AWS configuration files. */
  readonly profile: string | undefined;
}

/** What one region answered. */
export interface ListedKeys {
  readonly region: string;
  readonly keys: readonly PublicKey[];
  /** Why it did not answer; undefined if it did. */
  readonly failure: string | undefined;
}

/** A key is used from the start of its validity to its end; the clock of a digest may differ a little from that. */
const MARGIN = 2 * HOUR;
const REGIONS_AT_ONCE = 8;
const ATTEMPTS = 3;
const CONNECT_MS = 5_000;
const IDLE_MS = 15_000;

/** Never throws: without keys, the digests are not proven, and that is all. */
export async function listKeys(
  needed: readonly NeededKeys[],
  service: KeyService,
  signal?: AbortSignal,
): Promise<readonly ListedKeys[]> {
  const limit = pLimit(REGIONS_AT_ONCE);
  return Promise.all(needed.map((region) => limit(() => keysOf(region, service, signal))));
}

async function keysOf(
  { region, since, until }: NeededKeys,
  { profile }: KeyService,
  signal: AbortSignal | undefined,
): Promise<ListedKeys> {
  const keys: PublicKey[] = [];
  try {
    const { CloudTrailClient, ListPublicKeysCommand } = await import('@aws-sdk/client-cloudtrail');
    const config: CloudTrailClientConfig = {
      region,
      maxAttempts: ATTEMPTS,
      requestHandler: { connectionTimeout: CONNECT_MS, requestTimeout: IDLE_MS },
      ...(profile === undefined ? {} : { profile }),
    };
    const client = new CloudTrailClient(config);
    try {
      let token: string | undefined;
      do {
        const page: { PublicKeyList?: PublicKey[]; NextToken?: string } = await client.send(
          new ListPublicKeysCommand({
            StartTime: new Date(since - MARGIN),
            EndTime: new Date(until + MARGIN),
            ...(token === undefined ? {} : { NextToken: token }),
          }),
          signal ? { abortSignal: signal } : {},
        );
        keys.push(...(page.PublicKeyList ?? []));
        token = page.NextToken === token ? undefined : page.NextToken;
      } while (token !== undefined);
    } finally {
      client.destroy();
    }
    return { region, keys, failure: undefined };
  } catch (error) {
    return { region, keys, failure: reasonOf(error) };
  }
}
