/**
 * The first contact with a server: one connection, without a request and without retries, so that a wrong address is known
 * at once. A server that accepts the connection may then take its time to answer.
 */
import { connect } from 'node:net';
import { codeOf, HuntError, reasonOf } from '../errors.js';

/** Milliseconds. The second packet of a connection is sent after one second, where the first one was lost. */
const CONNECTING = 2500;

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Host and port of a URL. */
export function addressOf({ protocol, hostname, port }: URL): Address {
  const byProtocol = protocol === 'http:' ? 80 : 443;
  return {
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: port === '' ? byProtocol : Number(port),
  };
}

/** Connects, and closes the connection. Throws a HuntError that says why that failed. */
export async function contact(address: Address, signal: AbortSignal): Promise<void> {
  const name = `${address.host}:${address.port}`;
  const fail = (reason: string, cause?: unknown): HuntError =>
    new HuntError('ENGINE', reason, { cause });
  return new Promise((resolve, reject) => {
    const socket = connect({ ...address, autoSelectFamily: true });
    const end = (error?: HuntError): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', interrupt);
      socket.destroy();
      if (error === undefined) resolve();
      else reject(error);
    };
    const interrupt = (): void => end(new HuntError('INTERRUPTED', 'interrupted'));
    const timer = setTimeout(() => {
      // A process that was busy for as long first takes a connection that is there by now.
      setImmediate(() =>
        end(fail(`${name} does not accept a connection within ${CONNECTING / 1000} s`)),
      );
    }, CONNECTING);
    signal.addEventListener('abort', interrupt);
    socket.on('connect', () => end());
    socket.on('error', (error) => end(fail(whyNot(error, address.host, name), error)));
  });
}

function whyNot(error: Error, host: string, name: string): string {
  const code = codeOf(error) ?? '';
  switch (code) {
    case 'ENOTFOUND':
      return `there is no host with the name ${host} (${code})`;
    case 'EAI_AGAIN':
      return `the name ${host} cannot be looked up: the name server does not answer (${code})`;
    case 'ECONNREFUSED':
      return `nothing listens at ${name} (${code})`;
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `there is no way to ${name} in the network (${code})`;
    default:
      return `no connection to ${name}: ${reasonOf(error) || code}`;
  }
}
