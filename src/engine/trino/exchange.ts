/** One HTTP request and its whole answer, without retries. */
import { codeOf, reasonOf } from '../../errors.js';

export interface HttpRequest {
  readonly method: 'POST' | 'GET' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** No answer came, or only part of an answer. */
export class NoAnswer extends Error {
  /** Whether the request certainly never reached a server. */
  readonly unsent: boolean;

  constructor(reason: string, unsent: boolean) {
    super(reason);
    this.unsent = unsent;
  }
}

/** Node's codes where no connection was made. A later attempt may succeed. */
const NOT_CONNECTED = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Explanations where OpenSSL's own messages do not help. Source: https://nodejs.org/docs/latest-v20.x/api/tls.html */
const OWN_AUTHORITY =
  'put the certificate of your own authority in a file, and name it in NODE_EXTRA_CA_CERTS';
const TLS_HINTS: Readonly<Record<string, string>> = {
  ERR_SSL_WRONG_VERSION_NUMBER:
    'the server does not use TLS; should the address begin with http://?',
  DEPTH_ZERO_SELF_SIGNED_CERT: `a self-signed certificate; ${OWN_AUTHORITY}`,
  SELF_SIGNED_CERT_IN_CHAIN: `a certificate of an unknown authority; ${OWN_AUTHORITY}`,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: `a certificate of an unknown authority; ${OWN_AUTHORITY}`,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: `a certificate of an unknown authority; ${OWN_AUTHORITY}`,
};

/**
 * Redirections are not followed, because they would send the password to another server. Throws NoAnswer if the
 * connection fails or no byte arrives for `silence` milliseconds, and the signal's reason where it aborts.
 */
export async function exchange(
  { method, url, headers, body }: HttpRequest,
  silence: number,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  signal.throwIfAborted();
  const over = new AbortController();
  const stop = (): void => over.abort();
  // Not AbortSignal.any: a long query makes thousands of requests, and each would leave a dependent signal behind.
  signal.addEventListener('abort', stop);
  let silent = false;
  const timer = setTimeout(() => {
    silent = true;
    over.abort();
  }, silence);
  try {
    const response = await fetch(url, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
      redirect: 'manual',
      signal: over.signal,
    });
    const chunks: Uint8Array[] = [];
    for await (const chunk of response.body ?? []) {
      timer.refresh();
      chunks.push(chunk);
    }
    const { status, headers: answered } = response;
    return { status, headers: answered, body: Buffer.concat(chunks).toString('utf8') };
  } catch (error) {
    signal.throwIfAborted();
    if (silent) throw new NoAnswer(`no answer for ${silence / 1000} s`, false);
    // The error of `fetch` has the reason in its cause. With several addresses the cause has a code and no message.
    const cause = (error instanceof Error && error.cause) || error;
    const code = codeOf(cause) ?? '';
    throw new NoAnswer(TLS_HINTS[code] ?? (reasonOf(cause) || code), NOT_CONNECTED.has(code));
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}
