/** Whether a report gets a manifest, which is checked before the hunt: `write.ts` writes it. */
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

/** That a report gets a manifest, and what signs it. */
export interface ManifestPlan {
  readonly key: SigningKey | undefined;
}

interface ManifestOptions {
  readonly manifest: boolean;
  /** A PEM file, or a key of KMS. */
  readonly sign: string | undefined;
}

/** Undefined if no manifest is asked for. `--sign` asks for one. Throws a HuntError if the key cannot be used. */
export async function manifestPlanOf(
  { manifest, sign }: ManifestOptions,
  aws: KmsSettings,
  { environment }: Pick<CommandContext, 'environment'>,
): Promise<ManifestPlan | undefined> {
  if (sign === undefined) return manifest ? { key: undefined } : undefined;
  if (!isKmsKey(sign)) return { key: readSigningKey(sign, environment['HUNT_KEY_PASSPHRASE']) };
  return { key: await openKmsKey(sign, aws) };
}

/** Throws a HuntError if the manifest of a report could not be written, or would replace evidence. */
export function checkManifest(
  { outputs, target }: Pick<Preparation, 'outputs' | 'target'>,
  { key }: ManifestPlan,
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
