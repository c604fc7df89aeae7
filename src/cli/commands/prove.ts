/** `hunt prove MANIFEST [LOGS]`: checks that nothing was changed since a report was made. */
import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { HuntError, reasonOf } from '../../errors.js';
import { sha256Of } from '../../integrity/manifest/hash.js';
import type { Manifest } from '../../integrity/manifest/manifest.js';
import { readManifest } from '../../integrity/manifest/read.js';
import { readPublicKey } from '../../integrity/manifest/sign.js';
import { lastRun } from '../../history/last-run.js';
import {
  checkChain,
  folderOfRuns,
  linksIn,
  MOST_BYTES,
  type LastKnown,
} from '../../integrity/prove/chain.js';
import { check, type Check } from '../../integrity/prove/check.js';
import {
  checkConfig,
  checkOutputs,
  checkRules,
  checkSettings,
} from '../../integrity/prove/files.js';
import { checkList, lacksSearch } from '../../integrity/prove/inputs.js';
import { readList, type InputList } from '../../integrity/prove/list.js';
import { Places } from '../../integrity/prove/places.js';
import { checkSignature } from '../../integrity/prove/signature.js';
import { safeLine } from '../../text/safe-text.js';
import { defineCommand } from '../command.js';
import { EXIT } from '../exit-code.js';
import {
  formatFlag,
  listArgument,
  listFlag,
  negatedFlag,
  optionalTextFlag,
  requiredArgument,
  textFlag,
  type GroupValues,
} from '../options/flags/flag.js';
import { QUERY_RUN_FLAGS, TABLE_FLAGS } from '../options/flags/table-flags.js';
import { logChecks } from '../prove/log-checks.js';
import { configOf } from '../prove/recorded.js';
import { proofJson, proofText } from '../prove/text.js';

const { maxScan, parallel, price } = QUERY_RUN_FLAGS.flags;

const PROVE_FLAGS = {
  heading: 'Proof:',
  flags: {
    publicKey: textFlag(
      '--public-key <key.pem>',
      'the public key of whoever signs the manifests: checks the signature',
    ),
    hunt: negatedFlag('--no-hunt', 'do not read the logs: check only the files of the report'),
    within: listFlag(
      '--within <folder>',
      'also read files of the manifest that are in this folder; others are read only below the current folder and beside the manifest',
    ),
    chain: textFlag(
      '--chain <folder>',
      'the folder with the manifests of the other runs (default: the one of the manifest, or the one above it)',
    ),
    format: formatFlag(['text', 'json'], 'text for people, or json for programs'),
  },
};

/** hunt.yml is not read here, so the command line must name the table. */
const NAMED_TABLE = {
  athena: optionalTextFlag(
    '--athena [table]',
    'hunt this table in Athena again: [catalog.]database.table',
  ),
  trino: optionalTextFlag(
    '--trino [url]',
    'hunt this table in Trino again: https://[user@]host:port/catalog/schema/table; the password comes from TRINO_PASSWORD, a token from TRINO_TOKEN',
  ),
};

type ProveOptions = GroupValues<typeof PROVE_FLAGS>;

/** A manifest that was read, and which files prove may read. */
interface Opened {
  readonly path: string;
  readonly bytes: Buffer;
  readonly manifest: Manifest;
  readonly places: Places;
}

export const proveCommand = defineCommand({
  name: 'prove',
  description:
    'check that nothing was changed since a report was made: its files, its logs, its rules',
  arguments: {
    file: requiredArgument('<manifest>', 'the manifest beside a report: report.manifest.json'),
    logs: listArgument(
      '[logs...]',
      'where the logs are now, in the order in which the hunt named them (default: where the hunt found them, if that is below the current folder)',
    ),
  },
  options: {
    proof: PROVE_FLAGS,
    table: { heading: TABLE_FLAGS.heading, flags: { ...TABLE_FLAGS.flags, ...NAMED_TABLE } },
    run: { heading: QUERY_RUN_FLAGS.heading, flags: { maxScan, parallel, price } },
  },
  async run({ arguments: { file, logs }, options: { proof, table, run } }, context) {
    const opened = open(file, proof.within);
    const { path, bytes, manifest, places } = opened;
    const key = proof.publicKey === undefined ? undefined : readPublicKey(proof.publicKey);
    const list = await listOf(opened);
    if (lacksSearch(manifest, list))
      throw unreadable(path, 'it is damaged: late is not what it must be');
    const checks = [
      await checkOutputs(manifest, { manifest: path, places }),
      await checkRules(manifest, { places, version: context.version }),
      await checkConfig(manifest, places),
      ...(await Promise.all(
        (['exceptions', 'tickets', 'baseline'] as const).map((kind) =>
          checkSettings(kind, manifest, places),
        ),
      )),
      ...(manifest.inputs === null ? [] : [checkList(manifest.inputs, list)]),
      ...(proof.hunt ? await logChecks(opened, { list, logs, table, run }, context) : []),
      checkSignature({ path, bytes, manifest }, key),
      chainOf(opened, proof),
    ];
    const proven = { path, sha256: sha256Of(bytes), manifest, checks };
    context.stdout.write(proof.format === 'json' ? proofJson(proven) : proofText(proven));
    return exitCode(checks);
  },
});

function open(path: string, within: ProveOptions['within']): Opened {
  let bytes: Buffer;
  try {
    const { size } = statSync(path);
    if (size > MOST_BYTES) throw new Error(`it has ${size} bytes, more than a manifest can have`);
    bytes = readFileSync(path);
  } catch (error) {
    throw new HuntError('PATH', `cannot read the manifest ${safeLine(path)}: ${reasonOf(error)}`, {
      cause: error,
    });
  }
  const manifest = readManifest(bytes.toString());
  if (typeof manifest === 'string') throw unreadable(path, manifest);
  return { path, bytes, manifest, places: placesOf(['.', dirname(path), ...within]) };
}

function unreadable(path: string, reason: string): HuntError {
  return new HuntError('PATH', `cannot read the manifest ${safeLine(path)}: ${reason}`);
}

function placesOf(folders: readonly string[]): Places {
  try {
    return new Places(folders);
  } catch (error) {
    throw new HuntError('PATH', `--within: ${safeLine(reasonOf(error))}`, { cause: error });
  }
}

/** The list beside the manifest; undefined if it is not there. */
async function listOf({ path, manifest, places }: Opened): Promise<InputList | undefined> {
  const name = manifest.inputs?.list.path;
  // It is a name and no path: it lies beside the manifest.
  if (name === undefined || /[/\\]/.test(name)) return undefined;
  const file = join(dirname(path), name);
  if (places.file(file) !== 'here') return undefined;
  try {
    return await readList(file);
  } catch {
    return undefined;
  }
}

function chainOf({ path, bytes, manifest, places }: Opened, { chain }: ProveOptions): Check {
  const { run } = manifest;
  if (run === null) return check('chain', 'none', { text: 'no schedule asked for this report' });
  const folder = chain ?? folderOfRuns(path, manifest);
  return checkChain(
    { path, sha256: sha256Of(bytes), run },
    { folder, others: linksIn(folder, run.report), last: lastKnown(manifest, places) },
  );
}

/** What the checkpoint of the schedule says, if prove may read it. */
function lastKnown(manifest: Manifest, places: Places): LastKnown | undefined {
  try {
    const config = configOf(manifest);
    const report = config?.reports.find(({ name }) => name === manifest.run?.report);
    if (config === undefined || report === undefined) return undefined;
    const { folder } = config.history;
    return places.any(join(folder, report.name)) === 'here'
      ? lastRun(folder, report.name)
      : undefined;
  } catch (error) {
    if (error instanceof HuntError) return undefined;
    throw error;
  }
}

function exitCode(checks: readonly Check[]): number {
  if (checks.some(({ answer }) => answer === 'no')) return EXIT.findings;
  return checks.some(({ answer }) => answer === 'unknown') ? EXIT.failure : EXIT.complete;
}
