/** The requests to one Trino as one user, and the meaning of its answers. */
import { HuntError } from '../../errors.js';
import { fullJitter } from '../backoff.js';
import type { HttpAnswer, HttpRequest } from './exchange.js';
import { readPage, type Page } from './page.js';
import { requestWithRetries, type RetryLimits } from './retry.js';
import type { TrinoServer } from './server.js';

/** How long a cancellation may take, in milliseconds. A person who pressed Ctrl+C waits for it. */
const CANCELLING = 10_000;

/** How long the first connection is tried, in milliseconds. If it fails, the address may be wrong. */
const CONNECTING = 8000;

/** How often a page is requested that comes back as something else, and the pauses between in milliseconds. */
const MOST_TRIES = 5;
const BACKOFF = { first: 500, most: 10_000 };

export class TrinoSession {
  private readonly server: TrinoServer;
  private readonly limits: RetryLimits;
  private readonly headers: Readonly<Record<string, string>>;
  /** Whether the server has ever answered. */
  private hasAnswered = false;

  constructor(server: TrinoServer, limits: RetryLimits) {
    this.server = server;
    this.limits = limits;
    this.headers = headersOf(server);
  }

  /** Posts a statement and gives its first page. Trino starts the statement when the next page is requested. */
  post(sql: string, signal: AbortSignal): Promise<Page> {
    return this.page(this.request('POST', `${this.server.url}/v1/statement`, sql), signal);
  }

  /** A page whose address the page before it gave. Trino keeps the page, so a repeated request gives the same. */
  get(uri: string, signal: AbortSignal): Promise<Page> {
    return this.page(this.request('GET', uri, undefined), signal);
  }

  /** Cancels the query whose next page is at `uri`. Throws a HuntError if Trino does not confirm it. */
  async cancel(uri: string): Promise<void> {
    const request = this.request('DELETE', uri, undefined);
    const limits = { wait: this.limits.wait, silence: CANCELLING, total: CANCELLING };
    const { status } = await requestWithRetries(request, limits, new AbortController().signal);
    // 404 and 410 mean that the query is over and no longer known.
    if (status >= 300 && status !== 404 && status !== 410)
      throw new HuntError('ENGINE', `Trino at ${this.server.url}: HTTP ${status}`);
  }

  private async page(request: HttpRequest, signal: AbortSignal): Promise<Page> {
    const limits = this.hasAnswered ? this.limits : { ...this.limits, connecting: CONNECTING };
    let page: Page | undefined;
    for (let tries = 1; page === undefined; tries++) {
      const answer = await requestWithRetries(request, limits, signal);
      this.hasAnswered = true;
      if (answer.status !== 200) throw this.refusal(answer);
      page = readPage(answer.body);
      if (page !== undefined) break;
      // A proxy may have answered in Trino's place, or have cut the answer off. A page can be requested again.
      if (request.method !== 'GET' || tries === MOST_TRIES) throw this.notTrino(answer);
      await limits.wait(fullJitter(tries, BACKOFF), signal);
    }
    // The next request carries the login, so it must go to the server that the person named.
    if (page.next !== undefined && originOf(page.next) !== this.server.url)
      throw new HuntError(
        'ENGINE',
        `Trino at ${this.server.url} refers to ${originOf(page.next)}, another address, to which hunt does not send ` +
          'your login. Use that address, or let the proxy in front of Trino pass on Host or X-Forwarded-Host, ' +
          '-Proto and -Port (http-server.process-forwarded=true)',
      );
    return page;
  }

  /** Every page of Trino has an address of its own. */
  repeats(): HuntError {
    return new HuntError(
      'ENGINE',
      `Trino at ${this.server.url} refers to a page that it has given already, so the rows would never end. ` +
        'Does a proxy in between keep answers?',
    );
  }

  private notTrino({ status, body }: HttpAnswer): HuntError {
    const what = /^\s*</.test(body) ? 'HTML' : 'something that is no page of Trino';
    return new HuntError(
      'ENGINE',
      `the server at ${this.server.url} answers HTTP ${status} with ${what}: it is not Trino, or there is a proxy or ` +
        'a login page in between',
    );
  }

  private request(
    method: HttpRequest['method'],
    url: string,
    body: string | undefined,
  ): HttpRequest {
    return { method, url, headers: this.headers, body };
  }

  private refusal({ status, headers, body }: HttpAnswer): HuntError {
    const { url, user, password, token } = this.server;
    const excerpt = this.excerpt(body);
    const fail = (text: string): HuntError =>
      new HuntError('ENGINE', `Trino at ${url} ${text}${excerpt && `: ${excerpt}`}`);
    switch (status) {
      case 401:
        if (token !== undefined) return fail('does not accept TRINO_TOKEN (HTTP 401)');
        if (password === undefined)
          return fail(
            'requires a login (HTTP 401); set TRINO_USER and TRINO_PASSWORD, or TRINO_TOKEN',
          );
        return fail(
          `does not accept user "${user}" with this password (HTTP 401); set TRINO_USER and TRINO_PASSWORD`,
        );
      case 403:
        return fail(
          `refuses user "${user}" (HTTP 403); set TRINO_USER, and TRINO_PASSWORD or TRINO_TOKEN, to a user who may read the table`,
        );
      case 404:
      case 410:
        return fail(`no longer knows the query (HTTP ${status}); Trino may have been restarted`);
      default: {
        const location = headers.get('location');
        const isRedirection = location !== null && URL.canParse(location, url);
        const to = isRedirection ? ` and redirects to ${new URL(location, url).origin}` : '';
        return fail(`answers HTTP ${status}${to}`);
      }
    }
  }

  /** The beginning of a body that is not a page, on one line and without passwords. */
  private excerpt(body: string): string {
    if (/^\s*</.test(body)) return '';
    const { password, token } = this.server;
    const login = this.headers['Authorization']?.split(' ')[1];
    let text = body;
    for (const secret of [password, token, login])
      if (secret !== undefined) text = text.replaceAll(secret, '…');
    return text.replace(/\s+/g, ' ').trim().slice(0, 300);
  }
}

function headersOf(server: TrinoServer): Readonly<Record<string, string>> {
  const { user, password, token } = server;
  const login =
    token === undefined
      ? password !== undefined && `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
      : `Bearer ${token}`;
  return {
    'X-Trino-User': user,
    'X-Trino-Source': 'hunt',
    'X-Trino-Catalog': server.catalog,
    'X-Trino-Schema': server.schema,
    'X-Trino-Time-Zone': 'UTC',
    'X-Trino-Language': 'en',
    ...(login === false ? {} : { Authorization: login }),
  };
}

function originOf(uri: string | undefined): string {
  return uri !== undefined && URL.canParse(uri) ? new URL(uri).origin : 'an invalid address';
}
