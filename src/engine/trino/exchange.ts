/** One HTTP request and its whole answer, without a second try. */
import { reasonOf } from '../../errors.js';

export interface Request {
  readonly method: 'POST' | 'GET' | 'DELETE';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** No answer came, or only a part of one. */
export class NoAnswer extends Error {
  /** Whether the request certainly never reached a server. */
  readonly unsent: boolean;

  constructor(reason: string, unsent: boolean) {
    super(reason);
    this.unsent = unsent;
  }
}

/** What Node says where no connection came about, and a later one may. */
const NOT_CONNECTED = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** What to do where OpenSSL's own words would not tell. Source: https://nodejs.org/docs/latest-v20.x/api/tls.html */
const OWN_AUTHORITY =
  'the certificate of your own authority goes in a file that NODE_EXTRA_CA_CERTS names';
const TLS_HINTS: Readonly<Record<string, string>> = {
  ERR_SSL_WRONG_VERSION_NUMBER: 'no TLS is spoken there; is it http://?',
  DEPTH_ZERO_SELF_SIGNED_CERT: `a self-signed certificate; ${OWN_AUTHORITY}`,
  SELF_SIGNED_CERT_IN_CHAIN: `a certificate of an unknown authority; ${OWN_AUTHORITY}`,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: `a certificate of an unknown authority; ${OWN_AUTHORITY}`,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: `a certificate of an unknown authority; ${OWN_AUTHORITY}`,
};

/**
 * Follows no redirection, which would carry what is secret elsewhere. Throws NoAnswer where the connection fails or
 * `silence` milliseconds pass without a byte, and the signal's reason where it aborts.
 */
export async function exchange(
  { method, url, headers, body }: Request,
  silence: number,
  signal: AbortSignal,
): Promise<Answer> {
  signal.throwIfAborted();
  const over = new AbortController();
  const stop = (): void => over.abort();
  // By hand and not AbortSignal.any: a long query makes thousands of requests under one signal.
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
    // `fetch` says only that it failed; why is in the cause, which has no message where a name has several addresses.
    const cause = (error instanceof Error && error.cause) || error;
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    throw new NoAnswer(TLS_HINTS[code] ?? (reasonOf(cause) || code), NOT_CONNECTED.has(code));
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}
