/** Writes the manifest of a report, with the list of its inputs and its signature, beside the first file of the report. */
import { basename, dirname, relative, sep } from 'node:path';
import { HuntError, reasonOf } from '../../errors.js';
import type { Report } from '../../report/report.js';
import { writeFiles, type OutputFile } from '../../report/write.js';
import type { Force } from '../../report/targets.js';
import { safeJson, safeLine } from '../../text/safe-text.js';
import { hashOfFile, sha256Of } from './hash.js';
import { hashOfFinding, hashOfFindings } from './findings-hash.js';
import { inputsText, type Inputs } from './inputs.js';
import {
  MANIFEST_SCHEMA,
  type FileHash,
  type HashedFinding,
  type Manifest,
  type ManifestInputs,
  type ManifestRun,
  type SettingsKind,
} from './manifest.js';
import { proofFiles, type ProofFiles } from './names.js';
import type { SigningKey } from './sign.js';

export interface ManifestRequest {
  /** The files of the report, which are written. The manifest lies beside the first. */
  readonly outputs: readonly string[];
  readonly report: Report;
  readonly versions: Manifest['versions'];
  /** The arguments of the command line. */
  readonly command: readonly string[];
  /** What `--now` said, as an instant. */
  readonly now: string | null;
  /** The SHA-256 of the manifest of the run before. */
  readonly previous: string | null;
  readonly rules: readonly FileHash[];
  readonly config: { readonly path: string; readonly text: string } | null;
  readonly settings: readonly { readonly kind: SettingsKind; readonly path: string }[];
  /** Null for a table. */
  readonly inputs: Inputs | null;
  readonly key: SigningKey | undefined;
  /** Whether files that exist may be overwritten. */
  readonly force: Force;
  readonly signal?: AbortSignal | undefined;
}

export interface WrittenManifest {
  readonly path: string;
  /** Of its bytes: the next run of the report records it. */
  readonly sha256: string;
}

/** Throws a HuntError if a file cannot be written or read, and when interrupted. */
export async function writeManifest(request: ManifestRequest): Promise<WrittenManifest> {
  const { outputs, key, force, signal } = request;
  const [first] = outputs;
  if (first === undefined) throw new HuntError('USAGE', 'a manifest needs a report file');
  const files = proofFiles(first);
  const list = request.inputs === null ? null : inputsText(request.inputs);
  const manifest = await manifestOf(request, files, list);
  const bytes = Buffer.from(`${safeJson(JSON.stringify(manifest, null, 2))}\n`);
  await writeFiles(
    [
      ...(list === null ? [] : [file(files.inputs, Buffer.from(list))]),
      ...(key === undefined ? [] : [file(files.signature, await key.sign(bytes))]),
      // Last: where the manifest is, the others are.
      file(files.manifest, bytes),
    ],
    { force, signal },
  );
  return { path: files.manifest, sha256: sha256Of(bytes) };
}

function file(path: string, bytes: Uint8Array): OutputFile {
  return {
    path,
    chunks: (async function* chunks() {
      yield bytes;
    })(),
  };
}

async function manifestOf(
  request: ManifestRequest,
  files: ProofFiles,
  list: string | null,
): Promise<Manifest> {
  const { report, versions, now, command, previous, rules, config, inputs, key } = request;
  const { engine, paths, table, execution } = report.source;
  const outputs = await Promise.all(
    request.outputs.map((path) => hashed(path, pathFrom(dirname(files.manifest), path))),
  );
  const settings = await Promise.all(
    request.settings.map(async ({ kind, path }) => ({ kind, ...(await hashed(path, path)) })),
  );
  return {
    schema: MANIFEST_SCHEMA,
    versions,
    run: runOf(report, previous),
    now,
    command,
    window: report.window,
    source: {
      engine,
      paths,
      table,
      queries: (execution?.queries ?? []).map(({ id, part }) => ({ id, part })),
    },
    rules,
    config:
      config === null
        ? null
        : {
            path: config.path,
            bytes: Buffer.byteLength(config.text),
            sha256: sha256Of(config.text),
            text: config.text,
          },
    settings,
    inputs: inputs === null || list === null ? null : inputsOf(inputs, list, files),
    ...findingsOf(report),
    outputs,
    signature: key?.signedBy ?? null,
  };
}

function runOf({ run }: Report, previous: string | null): ManifestRun | null {
  if (run === null) return null;
  const { report, number, period, lookback, alreadyReported } = run;
  return { report, number, period, lookback, alreadyReported, previous };
}

function inputsOf({ own, late }: Inputs, list: string, files: ProofFiles): ManifestInputs {
  const sizes = new Map([...own, ...late].map(({ path, size }) => [path, size]));
  return {
    files: sizes.size,
    bytes: [...sizes.values()].reduce((sum, size) => sum + size, 0),
    list: {
      path: basename(files.inputs),
      bytes: Buffer.byteLength(list),
      sha256: sha256Of(list),
    },
  };
}

/** The findings of the period, and those of earlier ones, which a hunt of its own found. */
function findingsOf({ findings, run }: Report): Pick<Manifest, 'findings' | 'late'> {
  const own: HashedFinding[] = [];
  const late: HashedFinding[] = [];
  for (const finding of findings) {
    const { eventTime } = finding;
    const isLate = run !== null && eventTime !== null && eventTime < run.period.since;
    (isLate ? late : own).push(hashOfFinding(finding));
  }
  const hasLate = run !== null && run.lookback !== null;
  return { findings: hashOfFindings(own), late: hasLate ? hashOfFindings(late) : null };
}

async function hashed(path: string, name: string): Promise<FileHash> {
  try {
    return { path: name, ...(await hashOfFile(path)) };
  } catch (error) {
    throw new HuntError(
      'OUTPUT',
      `cannot read ${safeLine(path)} for the manifest: ${safeLine(reasonOf(error))}`,
      { cause: error },
    );
  }
}

/** The path of a file as somebody in the folder writes it, with forward slashes. */
function pathFrom(folder: string, path: string): string {
  return relative(folder, path).split(sep).join('/');
}
