/** `--sign kms:…`: signed by a key that never leaves KMS, and checked with its public key. A local server stands in for KMS. */
import {
  createPublicKey,
  generateKeyPairSync,
  constants,
  privateEncrypt,
  verify,
} from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { awsEnvironment } from '../support/athena/aws-environment.js';
import { emptyFolder, hunt, SAMPLE } from '../support/run-hunt.js';

const ARN = 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555';
const RSA = 'RSASSA_PKCS1_V1_5_SHA_256';
/** The beginning of a SHA-256 digest in a signature. Source: RFC 8017, section 9.2, note 1. */
const DIGEST_INFO = Buffer.from('3031300d060960864801650304020105000420', 'hex');

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
let server: Server;
let algorithms: readonly string[] = [RSA];

interface SignRequest {
  readonly Message: string;
  readonly MessageType: string;
}

function answerTo(action: string, body: string): object {
  if (action === 'TrentService.GetPublicKey')
    return {
      KeyId: ARN,
      SigningAlgorithms: algorithms,
      PublicKey: keys.publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    };
  const { Message: message, MessageType: type } = JSON.parse(body) as SignRequest;
  expect(type).toBe('DIGEST');
  const digest = Buffer.concat([DIGEST_INFO, Buffer.from(message, 'base64')]);
  const padding = constants.RSA_PKCS1_PADDING;
  return {
    Signature: privateEncrypt({ key: keys.privateKey, padding }, digest).toString('base64'),
  };
}

beforeAll(async () => {
  server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const action = String(request.headers['x-amz-target']);
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      response.end(JSON.stringify(answerTo(action, Buffer.concat(pieces).toString())));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

function signed(cwd: string, key: string) {
  const { port } = server.address() as AddressInfo;
  return hunt([SAMPLE, '--output', 'changes.csv', '--sign', key], {
    cwd,
    environment: { ...awsEnvironment(), AWS_ENDPOINT_URL_KMS: `http://127.0.0.1:${port}` },
  });
}

test('the manifest is signed by the key, and its public key proves it', async () => {
  algorithms = [RSA, 'RSASSA_PSS_SHA_256'];
  const cwd = emptyFolder();
  const run = await signed(cwd, `kms:${ARN}`);
  expect(run.code, run.stderr).toBe(0);
  const manifest = readFileSync(join(cwd, 'changes.manifest.json'));
  const signature = readFileSync(join(cwd, 'changes.manifest.sig'));
  expect(verify('sha256', manifest, keys.publicKey, signature)).toBe(true);
  const pem = createPublicKey(keys.publicKey.export({ type: 'spki', format: 'pem' }));
  writeFileSync(join(cwd, 'public.pem'), pem.export({ type: 'spki', format: 'pem' }));
  const proven = await hunt(
    ['prove', 'changes.manifest.json', '--public-key', 'public.pem', '--no-hunt'],
    { cwd },
  );
  expect(proven.stdout).toMatch(/^yes {2}signature .*RSA-SHA256/m);
});

test('a key that cannot sign so is an error before the hunt', async () => {
  algorithms = ['ECDSA_SHA_256'];
  const run = await signed(emptyFolder(), `kms:${ARN}`);
  expect(run).toMatchObject({ code: 2, stdout: '' });
  expect(run.stderr).toContain(`--sign kms:${ARN}: the key does not sign with ${RSA}`);
});
