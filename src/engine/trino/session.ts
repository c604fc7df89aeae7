/** Speaks to one Trino as one user: what each request carries, and what its answer means. */
import { HuntError } from '../../errors.js';
import type { Answer, Request } from './exchange.js';
import { readPage, type Page } from './page.js';
import { persist, type Patience } from './persist.js';
import type { TrinoServer } from './server.js';

/** How long a cancellation may take, in milliseconds: someone who pressed Ctrl+C waits for it. */
const CANCELLING = 10_000;

/** How long nobody may be there before the first answer, in milliseconds: the address may be wrong. */
const CONNECTING = 8000;

export class TrinoSession {
  private readonly server: TrinoServer;
  private readonly patience: Patience;
  private readonly headers: Readonly<Record<string, string>>;
  /** Whether anything has ever answered. */
  private reached = false;

  constructor(server: TrinoServer, patience: Patience) {
    this.server = server;
    this.patience = patience;
    this.headers = headersOf(server);
  }

  /** The first page of a statement, which Trino does not run before the next page is asked for. */
  post(sql: string, signal: AbortSignal): Promise<Page> {
    return this.page('POST', `${this.server.url}/v1/statement`, sql, signal);
  }

  /** A page that the page before named. Trino keeps it, so asking twice gives the same. */
  get(uri: string, signal: AbortSignal): Promise<Page> {
    return this.page('GET', uri, undefined, signal);
  }

  /** Ends the query whose next page this is. Throws where Trino cannot be told so. */
  async cancel(uri: string): Promise<void> {
    const request = this.request('DELETE', uri, undefined);
    const { wait } = this.patience;
    const patience = { wait, silence: CANCELLING, total: CANCELLING };
    const { status } = await persist(request, patience, new AbortController().signal);
    // 404 and 410: the query is over, and Trino has forgotten it.
    if (status >= 300 && status !== 404 && status !== 410)
      throw new HuntError('ENGINE', `Trino at ${this.server.url}: HTTP ${status}`);
  }

  private async page(
    method: 'POST' | 'GET',
    url: string,
    body: string | undefined,
    signal: AbortSignal,
  ): Promise<Page> {
    const patience = this.reached ? this.patience : { ...this.patience, connecting: CONNECTING };
    const answer = await persist(this.request(method, url, body), patience, signal);
    this.reached = true;
    if (answer.status !== 200) throw this.refusal(answer);
    const page = readPage(answer.body);
    if (page === undefined)
      throw new HuntError('ENGINE', `${this.server.url} answers, but not as Trino does`);
    const elsewhere = page.next !== undefined && originOf(page.next) !== this.server.url;
    if (elsewhere)
      throw new HuntError(
        'ENGINE',
        `Trino at ${this.server.url} sends on to ${originOf(page.next)}, which is another address, and gets no ` +
          'login of yours. Name that address, or let the proxy before Trino pass on Host or X-Forwarded-Host, ' +
          '-Proto and -Port (http-server.process-forwarded=true)',
      );
    return page;
  }

  private request(method: Request['method'], url: string, body: string | undefined): Request {
    return { method, url, headers: this.headers, body };
  }

  private refusal({ status, headers, body }: Answer): HuntError {
    const { url, user, password, token } = this.server;
    const said = this.excerpt(body);
    const fail = (text: string): HuntError =>
      new HuntError('ENGINE', `Trino at ${url} ${text}${said && `: ${said}`}`);
    switch (status) {
      case 401:
        if (token !== undefined) return fail('does not accept TRINO_TOKEN (HTTP 401)');
        if (password === undefined)
          return fail(
            'wants a login (HTTP 401); set TRINO_USER and TRINO_PASSWORD, or TRINO_TOKEN',
          );
        return fail(
          `does not accept user "${user}" with this password (HTTP 401); set TRINO_USER and TRINO_PASSWORD`,
        );
      case 403:
        return fail(
          `refuses user "${user}" (HTTP 403); set TRINO_USER, and TRINO_PASSWORD or TRINO_TOKEN, to who may read the table`,
        );
      case 404:
      case 410:
        return fail(
          `does not know the query any more (HTTP ${status}); it may have been started anew`,
        );
      default: {
        const location = headers.get('location');
        const elsewhere = location !== null && URL.canParse(location, url);
        const to = elsewhere ? ` and sends on to ${new URL(location, url).origin}` : '';
        return fail(`answers HTTP ${status}${to}`);
      }
    }
  }

  /** The beginning of a body that is no page, on one line, in which no password is shown. */
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
  return uri !== undefined && URL.canParse(uri) ? new URL(uri).origin : 'an address that is none';
}
