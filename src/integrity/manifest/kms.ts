/** Signs manifests with an RSA key of AWS KMS, which never leaves AWS. Anybody can check the signature with its public key. */
import { createHash, createPublicKey } from 'node:crypto';
import type { KMSClient } from '@aws-sdk/client-kms';
import { HuntError, reasonOf } from '../../errors.js';
import { safeLine } from '../../text/safe-text.js';
import { signedByOf, type SigningKey } from './sign.js';

/** The only algorithm of KMS with which the same manifest always has the same signature, and that `hunt prove` checks. */
const ALGORITHM = 'RSASSA_PKCS1_V1_5_SHA_256';

export interface KmsSettings {
  /** A profile of the AWS configuration files. */
  readonly profile: string | undefined;
  /** For a key that is not named by its ARN. */
  readonly region: string | undefined;
}

/** Whether `--sign` names a key of KMS: `kms:` and its ARN, ID or alias. */
export function isKmsKey(name: string): boolean {
  return /^(?:kms:|arn:[a-z-]+:kms:)/.test(name);
}

/** The key, by a name for which `isKmsKey` holds. Asks KMS for its public part. Throws a HuntError if it cannot be used. */
export async function openKmsKey(name: string, settings: KmsSettings): Promise<SigningKey> {
  const id = name.replace(/^kms:/, '');
  const {
    KMSClient: Client,
    GetPublicKeyCommand,
    SignCommand,
  } = await import('@aws-sdk/client-kms');
  const region = /^arn:[a-z-]+:kms:([^:]+):/.exec(id)?.[1] ?? settings.region;
  const client: KMSClient = new Client({
    ...(region === undefined ? {} : { region }),
    ...(settings.profile === undefined ? {} : { profile: settings.profile }),
  });
  const what = `--sign ${safeLine(name)}`;
  const { PublicKey: der, SigningAlgorithms: algorithms = [] } = await asking(
    what,
    'kms:GetPublicKey',
    () => client.send(new GetPublicKeyCommand({ KeyId: id })),
  );
  if (der === undefined || !algorithms.includes(ALGORITHM))
    throw new HuntError(
      'USAGE',
      `${what}: the key does not sign with ${ALGORITHM}; make an asymmetric RSA key for signing`,
    );
  const publicKey = createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' });
  return {
    signedBy: signedByOf(publicKey, publicKey, what),
    sign: async (bytes) => {
      const digest = createHash('sha256').update(bytes).digest();
      const { Signature: signature } = await asking(what, 'kms:Sign', () =>
        client.send(
          new SignCommand({
            KeyId: id,
            Message: digest,
            MessageType: 'DIGEST',
            SigningAlgorithm: ALGORITHM,
          }),
        ),
      );
      if (signature === undefined) throw new HuntError('USAGE', `${what}: KMS gave no signature`);
      return signature;
    },
  };
}

async function asking<T>(what: string, action: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw new HuntError(
      'USAGE',
      `${what}: KMS does not allow it or cannot be reached (it needs ${action}): ${safeLine(reasonOf(error))}`,
      { cause: error },
    );
  }
}
