/** What the manifest of a report adds to a report for an audit: its name, and the SHA-256 of each file. */
import { basename } from 'node:path';
import type { Inputs } from '../../../integrity/manifest/inputs.js';
import { proofFiles } from '../../../integrity/manifest/names.js';
import type { AuditSettings } from '../../../report/audit/with-audit.js';
import type { Outputs } from '../../reports/outputs.js';
import type { ManifestPlan } from './plan.js';

/** The files whose hashes the manifest has. */
export interface ManifestFiles {
  readonly outputs: Pick<Outputs, 'files'>;
  /** Null for a table. */
  readonly inputs: Inputs | null;
  readonly plan: ManifestPlan;
}

/** The settings of a report with a manifest. */
export function withManifest(
  audit: AuditSettings,
  { outputs, inputs, plan }: ManifestFiles,
): AuditSettings {
  const [first] = outputs.files;
  if (first === undefined) return audit;
  const files = inputs === null ? [] : [...inputs.late, ...inputs.own];
  const { manifest, signature } = proofFiles(first.path);
  const hashes = new Map(files.map(({ path, sha256 }) => [path, sha256]));
  return {
    ...audit,
    manifest: basename(manifest),
    signature: plan.key === undefined ? null : basename(signature),
    sha256Of: (source) => hashOf(source, hashes),
  };
}

/** A log in an archive has the path of the archive before its own: the archive is the file that is hashed. */
function hashOf(source: string, hashes: ReadonlyMap<string, string | null>): string | undefined {
  for (let end = source.length; end > 0; end = source.lastIndexOf('/', end - 1)) {
    const hash = hashes.get(source.slice(0, end));
    if (hash !== undefined) return hash ?? undefined;
  }
  return undefined;
}
