/** Compares files with the hashes that a manifest has of them. */
import { dirname, join } from 'node:path';
import { reasonOf } from '../../errors.js';
import { ruleFileNamed, PACK_SCHEME } from '../../rule/catalog/files-of.js';
import { counted } from '../../text/counted.js';
import { hashOfFile, sha256Of } from '../manifest/hash.js';
import type { FileHash, Manifest, SettingsFile } from '../manifest/manifest.js';
import { check, type Check } from './check.js';
import type { Places } from './places.js';

type Outcome =
  | 'same'
  | 'altered'
  | 'missing'
  /** It may not be read. */
  | 'outside'
  | { readonly unreadable: string };

/** Whether the report files are as they were written. Their paths start at the folder of the manifest. */
export async function checkOutputs(
  { outputs }: Manifest,
  { manifest, places }: { readonly manifest: string; readonly places: Places },
): Promise<Check> {
  const files = outputs.map((file) => ({ file, path: join(dirname(manifest), file.path) }));
  return compared('outputs', files, places);
}

/** Whether the files of the rules are as they were. */
export async function checkRules(
  { rules, versions }: Manifest,
  { places, version }: { readonly places: Places; readonly version: string },
): Promise<Check> {
  const own = rules.filter(({ path }) => !path.startsWith(PACK_SCHEME));
  const packed = await Promise.all(
    rules.filter(({ path }) => path.startsWith(PACK_SCHEME)).map(comparedWithPack),
  );
  const ofPack = packed.flatMap((detail) => detail ?? []);
  const result = await compared(
    'rules',
    own.map((file) => ({ file, path: file.path })),
    places,
  );
  if (ofPack.length === 0)
    return own.length === 0
      ? check('rules', 'yes', {
          text: `the ${counted(rules.length, 'file')} of hunt's own rules are as they were`,
        })
      : { ...result, text: `${counted(rules.length, 'file')}: ${result.text}` };
  const text =
    version === versions.hunt
      ? 'files of hunt itself are not as they were'
      : `hunt ${versions.hunt} made the report, this is ${version}, and its rules differ`;
  return check('rules', 'no', { text, details: [...ofPack, ...result.details] });
}

/** What differs in a file that comes with hunt; undefined if nothing does. */
async function comparedWithPack(file: FileHash): Promise<string | undefined> {
  const path = ruleFileNamed(file.path);
  if (path === undefined) return `missing: ${file.path}`;
  return detailOf(await comparedFile(file, path), file.path);
}

/** Whether `hunt.yml` is as it was. */
export async function checkConfig({ config }: Manifest, places: Places): Promise<Check> {
  if (config === null) return check('hunt.yml', 'none', { text: 'the hunt had none' });
  if (sha256Of(config.text) !== config.sha256)
    return check('hunt.yml', 'no', { text: 'its text in the manifest is not that of its hash' });
  const result = await compared('hunt.yml', [{ file: config, path: config.path }], places);
  const hint = result.answer === 'no' ? '; the manifest has the text that the hunt used' : '';
  return { ...result, text: `${result.text}${hint}` };
}

/** Whether the exceptions, the tickets and the baseline are as they were. */
export async function checkSettings(
  kind: SettingsFile['kind'],
  { settings }: Manifest,
  places: Places,
): Promise<Check> {
  const files = settings.filter((file) => file.kind === kind);
  if (files.length === 0) return check(kind, 'none', { text: 'the hunt had none' });
  return compared(
    kind,
    files.map((file) => ({ file, path: file.path })),
    places,
  );
}

async function compared(
  name: string,
  files: readonly { readonly file: FileHash; readonly path: string }[],
  places: Places,
): Promise<Check> {
  const outcomes: { readonly path: string; readonly outcome: Outcome }[] = [];
  for (const { file, path } of files)
    outcomes.push({ path: file.path, outcome: await placed(file, path, places) });
  const details = outcomes.flatMap(({ outcome, path }) => detailOf(outcome, path) ?? []);
  const differing = outcomes.filter(
    ({ outcome }) => outcome === 'altered' || outcome === 'missing',
  );
  const total = counted(files.length, 'file');
  if (differing.length > 0)
    return check(name, 'no', {
      text: `${differing.length} of ${total} not as ${files.length === 1 ? 'it was' : 'they were'}`,
      details,
    });
  if (details.length > 0)
    return check(name, 'unknown', {
      text: `${details.length} of ${total} cannot be looked at`,
      details,
    });
  return check(name, 'yes', { text: `${total} as ${files.length === 1 ? 'it was' : 'they were'}` });
}

async function placed(file: FileHash, path: string, places: Places): Promise<Outcome> {
  const place = places.file(path);
  switch (place) {
    case 'here':
      return comparedFile(file, path);
    case 'missing':
      return 'missing';
    case 'outside':
      return 'outside';
    case 'no file':
      return 'altered';
    default:
      return place satisfies never;
  }
}

async function comparedFile(file: FileHash, path: string): Promise<Outcome> {
  try {
    const { sha256 } = await hashOfFile(path);
    return sha256 === file.sha256 ? 'same' : 'altered';
  } catch (error) {
    return { unreadable: reasonOf(error) };
  }
}

function detailOf(outcome: Outcome, path: string): string | undefined {
  if (typeof outcome === 'object') return `cannot be read: ${path}: ${outcome.unreadable}`;
  switch (outcome) {
    case 'same':
      return undefined;
    case 'altered':
      return `altered: ${path}`;
    case 'missing':
      return `missing: ${path}`;
    case 'outside':
      return `not looked at, because it lies elsewhere (--within FOLDER allows it): ${path}`;
    default:
      return outcome satisfies never;
  }
}
