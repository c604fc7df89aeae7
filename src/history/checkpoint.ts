/** The checkpoint of a report: what its runs have reported. It is one small file, which names the larger files beside it. */
import { Members } from '../cloudtrail/json-members.js';
import { isObject, parseJson, type Json } from '../cloudtrail/json.js';
import { PERIOD_KINDS, type PeriodKind } from '../cloudtrail/time/period.js';
import { formatInstant } from '../cloudtrail/time/time.js';

const CHECKPOINT_SCHEMA = 'hunt-checkpoint/1';

/** Instants are in milliseconds since 1970 UTC. */
export interface Checkpoint {
  readonly report: string;
  /** The version of hunt that wrote it: another one may read more of the same files. */
  readonly version: string;
  readonly kind: PeriodKind;
  /** How many runs there were, and so the number of the last one. */
  readonly runs: number;
  /** When the first period begins. */
  readonly first: number;
  /** When the last period ends: the next one begins there. */
  readonly until: number;
  /** The name of the last period. */
  readonly period: string;
  /** Every finding since then that was reported is remembered. */
  readonly remembersSince: number;
  /** A fingerprint of what decides what is found in a file: rules, parameters, exclusions. */
  readonly settings: string;
  /** SHA-256 of the last run's manifest; null if it has none. */
  readonly manifest: string | null;
  /** The findings of each run within the lookback, the oldest run first. */
  readonly reported: readonly ReportedFile[];
  readonly files: DataFile;
  /** The habits of actors; null where an earlier version of hunt wrote the checkpoint. */
  readonly seen: SeenFile | null;
  /** Fingerprints of lost evidence that a run has reported: it is not reported again in each later run. */
  readonly losses: readonly string[];
  /** The IDs of the exceptions that ever covered a finding. */
  readonly exceptions: readonly string[];
  readonly due: readonly DueNotification[];
}

/** A file beside the checkpoint. */
export interface DataFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface SeenFile extends DataFile {
  /** From when on it remembers. */
  readonly since: number;
}

export interface ReportedFile extends DataFile {
  /** When the period of its run ends: no finding in the file is as late. */
  readonly until: number;
}

/** A run that nobody has been notified of yet. */
export interface DueNotification {
  readonly run: number;
  readonly period: string;
  /** What the notification needs to be made later. It has no secrets. */
  readonly message: Json;
  /** Fingerprints of the addresses that have it, where others do not. */
  readonly sent?: readonly string[];
}

/** The content of the file: indented JSON, with instants as RFC 3339 in UTC. */
export function checkpointText(checkpoint: Checkpoint): string {
  const { first, until, remembersSince, reported, seen } = checkpoint;
  const written = {
    schema: CHECKPOINT_SCHEMA,
    ...checkpoint,
    first: formatInstant(first),
    until: formatInstant(until),
    remembersSince: formatInstant(remembersSince),
    reported: reported.map((file) => ({ ...file, until: formatInstant(file.until) })),
    seen: seen && { ...seen, since: formatInstant(seen.since) },
  };
  return `${JSON.stringify(written, null, 2)}\n`;
}

/** The checkpoint in a text; or, as a text, what is wrong with it. It may be hostile. */
export function readCheckpoint(text: string, report: string): Checkpoint | string {
  let value: Json;
  try {
    value = parseJson(text);
  } catch {
    return text.trim() === '' ? 'it is empty' : 'it is not JSON';
  }
  if (!isObject(value)) return 'it is not a checkpoint';
  const { schema } = value;
  if (
    typeof schema === 'string' &&
    /^hunt-checkpoint\/\d{1,4}$/.test(schema) &&
    schema !== CHECKPOINT_SCHEMA
  )
    return `another version of hunt wrote it (${schema})`;
  if (schema !== CHECKPOINT_SCHEMA) return 'it is not a checkpoint';
  if (value['report'] !== report) return 'it is the checkpoint of another report';
  const problems: string[] = [];
  const checkpoint = read(new Members(value, problems));
  return problems.length === 0 ? checkpoint : `its ${problems[0]} is damaged`;
}

function read(of: Members): Checkpoint {
  const checkpoint = {
    report: of.text('report'),
    version: of.text('version'),
    kind: PERIOD_KINDS.find((kind) => kind === of.text('kind')) ?? of.fail('kind', 'day'),
    runs: of.count('runs'),
    first: of.instant('first'),
    until: of.instant('until'),
    period: of.text('period'),
    remembersSince: of.instant('remembersSince'),
    settings: of.text('settings'),
    manifest: of.value('manifest') === null ? null : of.sha256('manifest'),
    reported: of
      .list('reported')
      .map((file) => ({ ...dataFile(file), until: file.instant('until') })),
    files: dataFile(of.object('files')),
    seen: of.value('seen') === null ? null : seenFile(of.object('seen')),
    losses: of.texts('losses'),
    exceptions: of.texts('exceptions'),
    due: of.list('due').map((one) => ({
      run: one.count('run'),
      period: one.text('period'),
      message: one.value('message'),
      ...(one.value('sent') === null ? {} : { sent: one.texts('sent') }),
    })),
  };
  if (checkpoint.first >= checkpoint.until) of.fail('until', 0);
  if (checkpoint.runs === 0) of.fail('runs', 0);
  return checkpoint;
}

function seenFile(of: Members): SeenFile {
  return { ...dataFile(of), since: of.instant('since') };
}

function dataFile(of: Members): DataFile {
  const name = of.text('name');
  // The name becomes a path.
  if (!/^[a-z]+-\d{1,9}\.bin$/.test(name)) of.fail('name', '');
  return { name, bytes: of.count('bytes'), sha256: of.sha256('sha256') };
}
