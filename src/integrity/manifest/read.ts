/** Reads a manifest. Whoever can write to its folder may have changed it, so every member is checked. */
import { Members } from '../../cloudtrail/json-members.js';
import { isDeeper, isObject, parseJson, type Json } from '../../cloudtrail/json.js';
import { periodNamed, PERIOD_KINDS } from '../../cloudtrail/time/period.js';
import {
  MANIFEST_SCHEMA,
  SETTINGS_KINDS,
  type FileHash,
  type FindingsHash,
  type Manifest,
  type ManifestRun,
} from './manifest.js';

const ENGINES = ['duckdb', 'athena', 'trino'] as const;
const ALGORITHMS = ['Ed25519', 'RSA-SHA256'] as const;
const MOST_LEVELS = 10;

/** The manifest in a text; or, as a text, what is wrong with it. */
export function readManifest(text: string): Manifest | string {
  let value: Json;
  try {
    value = parseJson(text);
  } catch {
    return text.trim() === '' ? 'it is empty' : 'it is not JSON';
  }
  if (!isObject(value)) return 'it is no manifest of hunt';
  const { schema } = value;
  if (typeof schema !== 'string' || !/^hunt-manifest\/\d{1,4}$/.test(schema))
    return 'it is no manifest of hunt';
  if (schema !== MANIFEST_SCHEMA) return `another version of hunt wrote it (${schema})`;
  if (isDeeper(value, MOST_LEVELS)) return 'it is damaged: it nests too deep';
  const problems: string[] = [];
  const manifest = manifestIn(new Members(value, problems));
  return problems.length === 0 ? manifest : `it is damaged: ${problems[0]} is not what it must be`;
}

function manifestIn(of: Members): Manifest {
  const versions = of.object('versions');
  const window = of.object('window');
  const source = of.object('source');
  const run = of.optional('run', runIn);
  const late = of.optional('late', findingsIn);
  const isLookingBack = run !== null && run.lookback !== null;
  return {
    schema: MANIFEST_SCHEMA,
    versions: {
      hunt: versions.text('hunt'),
      node: versions.text('node'),
      duckdb: versions.optionalText('duckdb'),
    },
    run,
    now: of.optionalText('now'),
    command: of.texts('command'),
    window: { since: optionalInstant(window, 'since'), until: optionalInstant(window, 'until') },
    source: {
      engine: oneOf(source, 'engine', ENGINES),
      paths: source.texts('paths'),
      table: source.optionalText('table'),
      queries: source
        .list('queries')
        .map((query) => ({ id: query.text('id'), part: query.text('part') })),
    },
    rules: of.list('rules').map(fileIn),
    config: of.optional('config', (config) => ({ ...fileIn(config), text: config.text('text') })),
    settings: of
      .list('settings')
      .map((file) => ({ kind: oneOf(file, 'kind', SETTINGS_KINDS), ...fileIn(file) })),
    inputs: of.optional('inputs', (inputs) => ({
      files: inputs.count('files'),
      bytes: inputs.count('bytes'),
      list: fileIn(inputs.object('list')),
    })),
    findings: findingsIn(of.object('findings')),
    // A run that looks back has made a search, and no other hunt has.
    late: (late === null) === isLookingBack ? of.fail('late', null) : late,
    outputs: of.list('outputs').map(fileIn),
    signature: of.optional('signature', (signature) => ({
      algorithm: oneOf(signature, 'algorithm', ALGORITHMS),
      publicKey: signature.sha256('publicKey'),
    })),
  };
}

function runIn(run: Members): ManifestRun {
  const period = run.object('period');
  return {
    report: run.text('report'),
    number: run.count('number'),
    period: {
      name: periodNamed(period.text('name'))?.name ?? period.fail('name', ''),
      kind: oneOf(period, 'kind', PERIOD_KINDS),
      since: instant(period, 'since'),
      until: instant(period, 'until'),
    },
    lookback: optionalInstant(run, 'lookback'),
    alreadyReported: run.count('alreadyReported'),
    previous: run.value('previous') === null ? null : run.sha256('previous'),
  };
}

function fileIn(file: Members): FileHash {
  return { path: file.text('path'), bytes: file.count('bytes'), sha256: file.sha256('sha256') };
}

function findingsIn(findings: Members): FindingsHash {
  const isListed = findings.value('list') !== null;
  return {
    count: findings.count('count'),
    sha256: findings.sha256('sha256'),
    list: isListed
      ? findings
          .list('list')
          .map((one) => ({ sha256: one.sha256('sha256'), eventID: one.optionalText('eventID') }))
      : null,
  };
}

function oneOf<const C extends string>(
  of: Members,
  name: string,
  choices: readonly [C, ...C[]],
): C {
  const text = of.text(name);
  return choices.find((choice) => choice === text) ?? of.fail(name, choices[0]);
}

/** An instant as the manifest has it: it is compared with others as text. */
function instant(of: Members, name: string): string {
  of.instant(name);
  return of.text(name);
}

function optionalInstant(of: Members, name: string): string | null {
  return of.value(name) === null ? null : instant(of, name);
}
