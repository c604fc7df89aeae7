/** A proxy between a client and the tests' Trino. It records requests and injects faults. */
import { once } from 'node:events';
import {
  createServer,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { inject } from 'vitest';
import type { GateAnswer } from '../trino/setup.js';

/** A request that reached the proxy. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** The statement, or nothing. */
  readonly body: string;
  /** Counts from 1 the requests with this method and path. */
  readonly attempt: number;
}

export type Fault =
  /** An answer without a request to Trino. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  /** The connection breaks before Trino receives the request, or after it has answered. */
  | { readonly kind: 'reset'; readonly handled: boolean }
  /** The connection breaks in the middle of Trino's answer. */
  | { readonly kind: 'cut' }
  /** Trino's answer never comes. */
  | { readonly kind: 'silence' }
  /** Trino's answer, whose next page is said to be at another origin. */
  | { readonly kind: 'send on'; readonly origin: string }
  /** Trino's answer, whose next page is said to be this page again. */
  | { readonly kind: 'again' };

/** The address of the tests' Trino; inside `describeWithTrino` only, whose promise has waited until it is up. */
export async function trinoUrl(): Promise<string> {
  const answer = (await (await fetch(inject('trinoGate'))).json()) as GateAnswer;
  if ('missing' in answer) throw new Error(answer.missing);
  return answer.url;
}

export class TrinoProxy {
  readonly asked: Asked[] = [];
  /** The fault for a request; undefined passes the request on. */
  fault: (asked: Asked) => Fault | undefined = () => undefined;
  private readonly server: Server;
  private readonly target: string;

  private constructor(target: string) {
    this.target = target;
    this.server = createServer((request, response) => {
      this.serve(request, response).catch(() => response.destroy());
    });
  }

  static async start(target: string): Promise<TrinoProxy> {
    const proxy = new TrinoProxy(target);
    proxy.server.listen(0, '127.0.0.1');
    await once(proxy.server, 'listening');
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url: path = '', headers } = request;
    const body = await text(request);
    const same = this.asked.filter((asked) => asked.method === method && asked.path === path);
    const asked = { method, path, headers, body, attempt: same.length + 1 };
    this.asked.push(asked);
    const fault = this.fault(asked);
    if (fault?.kind === 'answer') {
      response.writeHead(fault.status, fault.headers).end(fault.body);
      return;
    }
    if (fault?.kind === 'reset' && !fault.handled) {
      request.socket.resetAndDestroy();
      return;
    }
    const answer = await this.passOn(asked);
    const page = await buffer(answer);
    const { statusCode = 0, headers: answered } = answer;
    switch (fault?.kind) {
      case undefined:
        response.writeHead(statusCode, answered).end(page);
        return;
      case 'reset':
        request.socket.resetAndDestroy();
        return;
      case 'cut':
        response.writeHead(statusCode, { ...answered, 'content-length': String(page.length) });
        response.write(page.subarray(0, page.length / 2), () => request.socket.resetAndDestroy());
        return;
      case 'silence':
        return;
      case 'send on': {
        const { 'content-length': _length, ...others } = answered;
        response
          .writeHead(statusCode, others)
          .end(page.toString().replaceAll(this.url, fault.origin));
        return;
      }
      case 'again': {
        const { 'content-length': _length, ...others } = answered;
        response
          .writeHead(statusCode, others)
          .end(JSON.stringify({ ...JSON.parse(page.toString()), nextUri: this.url + path }));
        return;
      }
      default:
        fault satisfies never;
    }
  }

  /** Keeps Host, from which Trino makes the next page's address; leaves out what a Trino without logins refuses. */
  private async passOn(asked: Asked): Promise<IncomingMessage> {
    const { authorization: _login, 'accept-encoding': _packed, ...headers } = asked.headers;
    const onward = httpRequest(this.target + asked.path, { method: asked.method, headers });
    onward.end(asked.body);
    const [answer] = (await once(onward, 'response')) as [IncomingMessage];
    return answer;
  }
}
