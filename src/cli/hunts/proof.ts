/** Writes the manifest of a report for the commands that hunt. */
import { existsSync } from 'node:fs';
import { HuntError } from '../../errors.js';
import { isKmsKey, openKmsKey, type KmsSettings } from '../../integrity/manifest/kms.js';
import { readSigningKey, type SigningKey } from '../../integrity/manifest/sign.js';
import { writeManifest, type WrittenManifest } from '../../integrity/manifest/write.js';
import { hashOfFile } from '../../integrity/manifest/hash.js';
import type { FileHash, SettingsFile } from '../../integrity/manifest/manifest.js';
import { proofFiles } from '../../integrity/manifest/names.js';
import type { Inputs } from '../../integrity/manifest/inputs.js';
import { checkTargets } from '../../report/write.js';
import type { Report } from '../../report/report.js';
import { filesOfRules, nameOfRuleFile } from '../../rule/catalog/files-of.js';
import type { CommandContext } from '../context.js';
import type { Config } from '../options/hunt-yml/config.js';
import type { Selection } from '../options/selection.js';
import { startOf, refuseEvidence, type Outputs } from '../outputs.js';
import type { Preparation } from './preparation.js';
import { publicCommand } from './public-command.js';

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

export interface ProofRequest {
  readonly proof: Proof;
  /** As it is delivered. */
  readonly report: Report;
  /** Its files, which are written, and whether those of the manifest may be overwritten. */
  readonly outputs: Pick<Outputs, 'files' | 'force'>;
  readonly selection: Pick<Selection, 'rules'>;
  /** The folders of `--rules`. */
  readonly folders: readonly string[];
  readonly config: Pick<Config, 'path' | 'text'> | undefined;
  readonly settings: readonly Pick<SettingsFile, 'kind' | 'path'>[];
  /** The files that were read; null for a table. */
  readonly inputs: Inputs | null;
  /** What `--now` said, as an instant. */
  readonly now: string | null;
  /** The SHA-256 of the manifest of the run before. */
  readonly previous: string | null;
}

/** Writes the manifest, after the report's own files. Gives its hash for the next run. Throws HuntErrors. */
export async function writeProof(
  request: ProofRequest,
  { argv, version, signal }: Pick<CommandContext, 'argv' | 'version' | 'signal'>,
): Promise<WrittenManifest> {
  const { proof, report, outputs, selection, folders, settings, inputs } = request;
  const { config, now, previous } = request;
  const rules = filesOfRules(
    selection.rules.map(({ rule }) => rule),
    folders,
  );
  return writeManifest({
    outputs: outputs.files.map(({ path }) => path),
    report,
    versions: {
      hunt: version,
      node: process.version,
      duckdb: report.source.engine === 'duckdb' ? await duckdbVersion() : null,
    },
    command: publicCommand(argv),
    now,
    previous,
    rules: await Promise.all(rules.map(hashedRule)),
    config: config === undefined ? null : { path: config.path, text: config.text },
    settings,
    inputs,
    key: proof.key,
    force: outputs.force,
    signal,
  });
}

function beginsAsManifest(path: string): boolean {
  return existsSync(path) && /^\{\s*"schema": "hunt-manifest\//.test(startOf(path));
}

async function hashedRule(file: string): Promise<FileHash> {
  return { path: nameOfRuleFile(file), ...(await hashOfFile(file)) };
}

async function duckdbVersion(): Promise<string> {
  const { default: duckdb } = await import('@duckdb/node-bindings');
  return duckdb.library_version();
}
