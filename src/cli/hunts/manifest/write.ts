/** Writes the manifest of a report for the commands that hunt. */
import { hashOfFile } from '../../../integrity/manifest/hash.js';
import type { Inputs } from '../../../integrity/manifest/inputs.js';
import type { FileHash, SettingsFile } from '../../../integrity/manifest/manifest.js';
import { writeManifest, type WrittenManifest } from '../../../integrity/manifest/write.js';
import type { Report } from '../../../report/report.js';
import { filesOfRules, nameOfRuleFile } from '../../../rule/catalog/files-of.js';
import type { CommandContext } from '../../context.js';
import type { Config } from '../../options/hunt-yml/config.js';
import type { Selection } from '../../options/rules/selection.js';
import type { Outputs } from '../../reports/outputs.js';
import type { ManifestPlan } from './plan.js';
import { publicCommand } from './public-command.js';

export interface ManifestWriting {
  readonly manifest: ManifestPlan;
  /** As it is written. */
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
export async function writeReportManifest(
  request: ManifestWriting,
  { argv, version, signal }: Pick<CommandContext, 'argv' | 'version' | 'signal'>,
): Promise<WrittenManifest> {
  const { manifest, report, outputs, selection, folders, settings, inputs } = request;
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
    key: manifest.key,
    force: outputs.force,
    signal,
  });
}

async function hashedRule(file: string): Promise<FileHash> {
  return { path: nameOfRuleFile(file), ...(await hashOfFile(file)) };
}

async function duckdbVersion(): Promise<string> {
  const { default: duckdb } = await import('@duckdb/node-bindings');
  return duckdb.library_version();
}
