/** Repeats the hunt of a manifest over the files that it read: whether they are the same, and what it finds in them. */
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { readInstant } from '../../cloudtrail/time/time.js';
import { isDigestName } from '../../dump/digest/names.js';
import type { InputFile } from '../../dump/dump.js';
import { isS3 } from '../../dump/s3/uri.js';
import { HuntError } from '../../errors.js';
import { lateReading, type RunWindows } from '../../hunt/late-reading.js';
import type { RunFiles } from '../../hunt/logs/request.js';
import { hashOfFinding, hashOfFindings } from '../../integrity/manifest/findings-hash.js';
import type { FindingsHash, Manifest, ManifestRun } from '../../integrity/manifest/manifest.js';
import type { Check } from '../../integrity/prove/check.js';
import { checkFindings, checkLateFindings } from '../../integrity/prove/findings.js';
import { checkFurther, checkInputs } from '../../integrity/prove/inputs.js';
import type { ListedInput } from '../../integrity/prove/list.js';
import type { Report } from '../../report/report.js';
import type { CommandContext } from '../context.js';
import { huntLogs, type LogsReading } from '../hunts/logs-hunt.js';
import { readOptionalSize } from '../options/size.js';
import type { AwsSettings } from '../../engine/athena/client/client.js';
import type { RecordedHunt } from './recorded.js';
import type { Roots } from './roots.js';

/** Digests are read only where logs are verified. The hunt read these, so they are hashed again; what they say is in the report. */
const READ_DIGESTS: LogsReading['verify'] = {
  keys: [],
  asksAws: false,
  onNote: () => undefined,
};

export interface AgainRequest {
  readonly manifest: Manifest;
  readonly recorded: RecordedHunt;
  readonly listed: readonly ListedInput[];
  /** Where the logs lie now. */
  readonly paths: readonly string[];
  readonly roots: Roots;
  readonly s3: AwsSettings;
}

/** Throws HuntErrors. */
export async function huntAgain(
  request: AgainRequest,
  context: CommandContext,
): Promise<readonly Check[]> {
  const { manifest, listed } = request;
  const search = lateHunt(request.recorded, manifest);
  const own = await hunted(request, { reads: (path, files) => files.own.has(path) }, context);
  const further = await huntedFurther(request, context);
  const late = search && (await huntedLate({ ...request, recorded: search.hunt }, context));
  const now = late === undefined ? own.inputs : [...own.inputs, ...late.inputs];
  return [
    checkInputs({ listed, now, isThere: (path) => isThere(request.roots.here(path)) }),
    checkFurther(further.inputs, {
      findings: further.findings.count,
      isRun: manifest.run !== null,
      until: further.until,
    }),
    checkFindings(manifest.findings, own.findings),
    ...(search === undefined || late === undefined
      ? []
      : [
          checkLateFindings(search.findings, late.findings, {
            known: search.known,
            mayGrow: false,
          }),
        ]),
  ];
}

interface ListedPaths {
  readonly own: ReadonlySet<string>;
  readonly late: ReadonlySet<string>;
  readonly all: ReadonlySet<string>;
}

interface Hunted {
  /** By the paths of the list. */
  readonly inputs: readonly InputFile[];
  readonly findings: FindingsHash;
}

interface FurtherHunted extends Hunted {
  /** The last day of which files were looked at, in milliseconds since 1970 UTC; undefined where all were. */
  readonly until: number | undefined;
}

/**
 * Hunts in the files that are not in the list. A run leaves what comes later to the next runs, which look for it as long as the
 * lookback.
 */
async function huntedFurther(
  request: AgainRequest,
  context: CommandContext,
): Promise<FurtherHunted> {
  const { recorded, manifest } = request;
  const { settings, config, reading } = recorded;
  const lookback = manifest.run === null ? 0 : (config?.history.lookback ?? 0);
  const late = Math.max(settings.late, lookback);
  const { until } = settings.selection.window;
  const outside = new Set<string>();
  const { inputs, findings } = await hunted(
    { ...request, recorded: { ...recorded, settings: { ...settings, late } } },
    {
      reads: (path, files) => !files.all.has(path),
      // No log, and not in the list of a hunt that did not verify.
      readsDigests: false,
      onRead: (readings) => {
        for (const { file, isWhole, first, hasWindow } of readings)
          if (isWhole && !hasWindow && first !== Infinity)
            outside.add(request.roots.recorded(file.path));
      },
    },
    context,
  );
  return {
    inputs: inputs.filter(({ path }) => !outside.has(path)),
    findings,
    until: until === undefined || !reading.prune ? undefined : until + late - 1,
  };
}

/** The hunt of earlier periods read only files that were new. */
function huntedLate(request: AgainRequest, context: CommandContext): Promise<Hunted> {
  return hunted(request, { reads: (path, files) => files.late.has(path) }, context);
}

/** The search of a run for events of earlier periods, and what it found. */
interface LateHunt {
  readonly hunt: RecordedHunt;
  readonly findings: FindingsHash;
  /** How many further findings an earlier run had reported. */
  readonly known: number;
}

/** Undefined where the manifest has no such search. */
export function lateHunt(recorded: RecordedHunt, { run, late }: Manifest): LateHunt | undefined {
  if (run === null || late === null) return undefined;
  const { settings } = recorded;
  const reading = lateReading(windowsOf(run), settings.late);
  if (reading === undefined) return undefined;
  const selection = { ...settings.selection, window: reading.window };
  return {
    hunt: { ...recorded, settings: { ...settings, selection, late: reading.late } },
    findings: late,
    known: run.alreadyReported,
  };
}

function windowsOf({ lookback, period }: ManifestRun): RunWindows {
  const since = instantOf(period.since);
  return {
    period: { since, until: instantOf(period.until) },
    lateWindow: lookback === null ? undefined : { since: instantOf(lookback), until: since },
  };
}

interface Wanted {
  /** Whether a file is read, by its path in the list. */
  readonly reads: (path: string, files: ListedPaths) => boolean;
  /** Whether digests are read where the list has some; without it, they are. */
  readonly readsDigests?: boolean;
  readonly onRead?: RunFiles['onRead'];
}

async function hunted(
  { recorded, listed, paths, roots, s3 }: AgainRequest,
  { reads, readsDigests = true, onRead }: Wanted,
  context: CommandContext,
): Promise<Hunted> {
  const files: ListedPaths = {
    own: new Set(listed.flatMap(({ path, late }) => (late ? [] : path))),
    late: new Set(listed.flatMap(({ path, late }) => (late ? path : []))),
    all: new Set(listed.map(({ path }) => path)),
  };
  const { prune, trustPaths, prefilter, maxUnpacked } = recorded.reading;
  const { report, inputs } = await huntLogs(
    {
      paths,
      s3,
      prune,
      trustPaths,
      prefilter,
      maxUnpacked: readOptionalSize(maxUnpacked, '--max-unpacked'),
      workers: availableParallelism(),
      files: { isKnown: ({ path }) => !reads(roots.recorded(path), files), onRead },
      verify:
        readsDigests && listed.some(({ path }) => isDigestName(path)) ? READ_DIGESTS : undefined,
    },
    recorded.settings,
    context,
  );
  if (inputs === null) throw new HuntError('ENGINE', 'the logs were not hashed');
  return {
    inputs: inputs.own.map((file) => ({ ...file, path: roots.recorded(file.path) })),
    findings: findingsOf(report),
  };
}

/** The hash of the findings of a report, to compare with the one that its manifest has. */
export function findingsOf({ findings }: Report): FindingsHash {
  return hashOfFindings(Array.from(findings, hashOfFinding));
}

function instantOf(text: string): number {
  const instant = readInstant(text);
  if (instant === undefined) throw new HuntError('USAGE', 'an instant of the manifest is none');
  return instant;
}

/** What is in S3 is not looked for again, and whether a file elsewhere is there is not to be told. */
function isThere(path: string | undefined): boolean {
  return path !== undefined && !isS3(path) && existsSync(path);
}
