/** Whether a report is to be proven, which is checked before the hunt: `write-proof.ts` writes the proof. */
import { existsSync } from 'node:fs';
import { HuntError } from '../../../errors.js';
import { isKmsKey, openKmsKey, type KmsSettings } from '../../../integrity/manifest/kms.js';
import { readSigningKey, type SigningKey } from '../../../integrity/manifest/sign.js';
import { proofFiles } from '../../../integrity/manifest/names.js';
import { checkTargets } from '../../../report/targets.js';
import type { CommandContext } from '../../context.js';
import { startOf } from '../../files/read-file.js';
import { refuseEvidence } from '../../reports/outputs.js';
import type { Preparation } from '../prepare-hunt.js';

/** That a report is to be proven, and how. */
export interface Proof {
  readonly key: SigningKey | undefined;
}

interface ProofOptions {
  readonly manifest: boolean;
  /** A PEM file, or a key of KMS. */
  readonly sign: string | undefined;
}

/** Undefined if no manifest is asked for. `--sign` asks for one. Throws a HuntError if the key cannot be used. */
export async function proofOf(
  { manifest, sign }: ProofOptions,
  aws: KmsSettings,
  { environment }: Pick<CommandContext, 'environment'>,
): Promise<Proof | undefined> {
  if (sign === undefined) return manifest ? { key: undefined } : undefined;
  if (!isKmsKey(sign)) return { key: readSigningKey(sign, environment['HUNT_KEY_PASSPHRASE']) };
  return { key: await openKmsKey(sign, aws) };
}

/** Throws a HuntError if the manifest of a report could not be written, or would replace evidence. */
export function checkProof(
  { outputs, target }: Pick<Preparation, 'outputs' | 'target'>,
  { key }: Proof,
): void {
  const paths = outputs.files.map(({ path }) => path);
  const [first] = paths;
  if (first === undefined)
    throw new HuntError(
      'USAGE',
      '--manifest and --sign need a report file, beside which the manifest lies: add --output report.csv',
    );
  const { manifest, inputs, signature } = proofFiles(first);
  const files = [manifest, inputs, ...(key === undefined ? [] : [signature])];
  checkTargets([...paths, ...files], outputs.force);
  if (target.kind === 'logs' && !beginsAsManifest(manifest))
    refuseEvidence({ files: files.map((path) => ({ path })) }, target.paths);
}

function beginsAsManifest(path: string): boolean {
  return existsSync(path) && /^\{\s*"schema": "hunt-manifest\//.test(startOf(path));
}
