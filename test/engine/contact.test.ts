/** The first contact with a server tells at once why there is none. */
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { addressOf, contact } from '../../src/engine/contact.js';

const going = new AbortController().signal;

/** The port of a server that accepts connections and says nothing. */
async function silentServer(): Promise<number> {
  const server = createServer((socket) => void socket.on('error', () => undefined));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

test('a server that accepts the connection is there, though it says nothing', async () => {
  const port = await silentServer();
  await expect(contact({ host: '127.0.0.1', port }, going)).resolves.toBeUndefined();
});

test('a port at which nothing listens', async () => {
  await expect(contact({ host: '127.0.0.1', port: 1 }, going)).rejects.toThrow(
    'nothing listens at 127.0.0.1:1 (ECONNREFUSED)',
  );
});

test('a name that does not exist', async () => {
  // A machine without a name server cannot know that.
  await expect(contact({ host: 'nothing.invalid', port: 443 }, going)).rejects.toThrow(
    /no host with the name nothing\.invalid|nothing\.invalid cannot be looked up/,
  );
});

test('an interruption', async () => {
  const abort = new AbortController();
  const waiting = contact({ host: 'nothing.invalid', port: 443 }, abort.signal);
  abort.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'INTERRUPTED' });
});

test.each([
  ['https://athena.example', { host: 'athena.example', port: 443 }],
  ['http://trino.example', { host: 'trino.example', port: 80 }],
  ['https://[::1]:8443', { host: '::1', port: 8443 }],
])('%s is an address', (url, address) => {
  expect(addressOf(new URL(url))).toEqual(address);
});
