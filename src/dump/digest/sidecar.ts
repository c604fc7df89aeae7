/** The signature of a digest that was copied: a copy loses what S3 keeps beside the object, so that a file beside the copy has it. */
import { readFileSync, statSync } from 'node:fs';

/** A signature has 512 characters, and what S3 says of an object some thousand. */
const LONGEST = 1 << 20;
const LONGEST_SIGNATURE = 8192;

/**
 * The signature from a file beside a local digest: its hexadecimal text (`NAME.sig`), or what `aws s3api head-object` prints
 * (`NAME.metadata.json`, `NAME.head.json`). `NAME` may be that of the digest before or after it was unpacked. Null where there is
 * no such file, or none that can be read.
 */
export function signatureBeside(path: string): string | null {
  const unpacked = path.replace(/\.gz$/, '');
  for (const name of new Set([path, unpacked, `${unpacked}.gz`])) {
    const found =
      plainSignature(textOf(`${name}.sig`)) ??
      signatureOfHead(textOf(`${name}.metadata.json`)) ??
      signatureOfHead(textOf(`${name}.head.json`));
    if (found !== undefined) return found;
  }
  return null;
}

function plainSignature(text: string | undefined): string | undefined {
  const signature = text?.trim();
  return signature === undefined || signature === '' || signature.length > LONGEST_SIGNATURE
    ? undefined
    : signature;
}

function signatureOfHead(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  try {
    const head: unknown = JSON.parse(text);
    const metadata = memberOf(head, 'Metadata') ?? memberOf(head, 'metadata') ?? head;
    const signature = memberOf(metadata, 'signature') ?? memberOf(metadata, 'x-amz-meta-signature');
    return typeof signature === 'string' ? plainSignature(signature) : undefined;
  } catch {
    return undefined;
  }
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}

function textOf(path: string): string | undefined {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    // To read a pipe or a device may never end.
    if (stats?.isFile() !== true || stats.size > LONGEST) return undefined;
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
