/** The names of the files that prove a report. They lie beside its first file. */
import { dirname, extname, join, basename } from 'node:path';

export interface ProofFiles {
  readonly manifest: string;
  /** The list of the files that the hunt read. */
  readonly inputs: string;
  readonly signature: string;
}

export const MANIFEST_ENDING = '.manifest.json';

/** `changes.csv` → `changes.manifest.json`, `changes.inputs.ndjson`, `changes.manifest.sig`. */
export function proofFiles(firstOutput: string): ProofFiles {
  const stem = join(dirname(firstOutput), basename(firstOutput, extname(firstOutput)));
  return {
    manifest: `${stem}${MANIFEST_ENDING}`,
    inputs: `${stem}.inputs.ndjson`,
    signature: `${stem}.manifest.sig`,
  };
}

/** The file with the signature of a manifest. */
export function signatureOf(manifest: string): string {
  return manifest.replace(/(?:\.json)?$/, '.sig');
}
