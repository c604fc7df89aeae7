/** The AWS SDK's client for Athena. It finds credentials as every AWS tool does. */
import type { AthenaClient } from '@aws-sdk/client-athena';
import { checkAnswers } from './answer.js';

export interface AwsSettings {
  /** A profile of the AWS configuration files. */
  readonly profile: string | undefined;
  readonly region: string | undefined;
  /** The URL of another server than AWS. */
  readonly endpoint: string | undefined;
}

/** How often a call is made, and after how many milliseconds without an answer it is made again. */
export interface CallLimits {
  readonly attempts: number;
  readonly timeout: number;
}

/**
 * The SDK pauses up to 20 s between tries, and a busy account may be throttled for a minute: hence 12 attempts. Without a timeout, the
 * SDK waits for an answer for ever. The timeout is long, because a server that stands in for Athena may run the query before it answers.
 */
const CALLS: CallLimits = { attempts: 12, timeout: 300_000 };

/** For the first calls of a command: if there is no answer, the user should learn it soon. */
export const FIRST_CALLS: CallLimits = { attempts: 6, timeout: 30_000 };

/** Milliseconds. */
const CONNECTING = 10_000;

/**
 * A client that calls within these limits. The caller destroys it. The SDK is loaded here and not at start,
 * because only hunts in Athena need it.
 */
export async function openAthenaClient(
  settings: AwsSettings,
  { attempts, timeout }: CallLimits = CALLS,
): Promise<AthenaClient> {
  const { AthenaClient: Client } = await import('@aws-sdk/client-athena');
  const client = new Client({
    ...given(settings),
    maxAttempts: attempts,
    retryMode: 'standard',
    requestHandler: {
      connectionTimeout: CONNECTING,
      requestTimeout: timeout,
      throwOnRequestTimeout: true,
      socketTimeout: timeout,
    },
  });
  checkAnswers(client);
  return client;
}

/** Thrown in place of a call, once its address is known. */
class AddressFound extends Error {
  readonly url: URL;

  constructor(url: URL) {
    super('the address is known');
    this.url = url;
  }
}

/** The address of the server that a client calls. Nothing is sent, and credentials are not looked for. Throws the SDK's errors. */
export async function endpointOf(settings: AwsSettings): Promise<URL> {
  const { AthenaClient: Client, ListWorkGroupsCommand } = await import('@aws-sdk/client-athena');
  const credentials = { accessKeyId: 'none', secretAccessKey: 'none' };
  const client = new Client({ ...given(settings), credentials });
  const command = new ListWorkGroupsCommand({});
  // Only the SDK knows how region, profile and environment become an address.
  command.middlewareStack.add(
    () =>
      ({ request }) => {
        const { protocol, hostname, port } = request as HttpTarget;
        throw new AddressFound(new URL(`${protocol}//${hostname}:${port ?? ''}`));
      },
    { step: 'build', name: 'findAddress' },
  );
  try {
    await client.send(command);
  } catch (error) {
    if (error instanceof AddressFound) return error.url;
    throw error;
  } finally {
    client.destroy();
  }
  throw new Error('the SDK sent a call that was to be stopped');
}

/** The settings that are set: an undefined one would replace what the SDK finds. */
function given(settings: AwsSettings): Partial<Record<keyof AwsSettings, string>> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

interface HttpTarget {
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number | undefined;
}
