/** `hunt [PATH…]`: the hunt over local dumps, or over a table elsewhere. */
import { availableParallelism } from 'node:os';
import { Option } from 'commander';
import { DAY } from '../../cloudtrail/window.js';
import { HuntError } from '../../errors.js';
import { huntLocal, type HuntRequest } from '../../hunt/local.js';
import { FORMAT_NAMES } from '../../report/formats.js';
import type { Report, Warning } from '../../report/report.js';
import { DEFAULT_RULE } from '../../rule/catalog/built-in.js';
import { countUpTo, repeatable, type CliCommand } from '../command.js';
import { awsSettings } from '../options/aws-settings.js';
import { isEvidence, readConfig, type Config } from '../options/config.js';
import { readDuration } from '../options/window.js';
import { deliver, planOutputs, refuseEvidence } from '../outputs.js';
import { progressOn } from '../progress/dump-progress.js';
import type { RemoteOutcome } from './hunt-remote.js';
import type { Common } from './hunt-table.js';
import { RUN_OPTIONS, TABLE_OPTIONS, type RemoteOptions } from '../options/table-options.js';
import { QUERY_OPTIONS, select, type SelectionOptions } from '../options/selection.js';
import { targetOf } from '../options/target.js';
import { readLimit } from '../options/size.js';
import { EXIT, type World } from '../world.js';

interface HuntOptions extends SelectionOptions, RemoteOptions {
  readonly late?: string;
  readonly jobs?: number;
  readonly prefilter: boolean;
  readonly prune: boolean;
  readonly trustPaths?: boolean;
  readonly maxUnpacked?: string;
  readonly config?: string;
  readonly format?: string;
  readonly output?: readonly string[];
  readonly force?: boolean;
  readonly failOnFindings?: boolean;
  readonly quiet?: boolean;
  readonly progress: boolean;
}

export const huntCommand: CliCommand = {
  name: 'hunt',
  description: 'Who changed this by hand, and when? Hunts CloudTrail history with detection rules.',
  arguments: [
    [
      '[path...]',
      'folders or files of CloudTrail logs, s3://bucket/prefix, or - for standard input',
    ],
  ],
  options: [
    repeatable('--rule <id|file>', 'a rule to apply: an ID, a file (ours or Sigma), or all'),
    repeatable('--rules <folder>', 'a folder of rule files to apply'),
    ...QUERY_OPTIONS,
    ...TABLE_OPTIONS,
    ...RUN_OPTIONS,
    new Option(
      '--late <duration>',
      'how long after an event its file may still arrive (default: 1d)',
    ),
    new Option('--jobs <n>', 'threads that read local logs (default: one a core)').argParser(
      countUpTo(256),
    ),
    new Option('--no-prefilter', 'parse every record of local logs, for comparison'),
    new Option('--no-prune', 'open every file, whatever its path says of its day'),
    new Option(
      '--trust-paths',
      'open no file whose path names an account or a region that no rule asks for',
    ),
    new Option(
      '--max-unpacked <size>',
      'how much one log may unpack to, in a file or in an archive (default: 20GB)',
    ),
    new Option('--config <file>', 'the configuration (default: hunt.yml, where there is one)'),
    new Option('--format <format>', 'what to print').choices(FORMAT_NAMES),
    repeatable('--output <file>', 'write a report; the ending says the format'),
    new Option('--force', 'overwrite existing files'),
    new Option('--fail-on-findings', 'exit 1 where there are findings'),
    new Option('--quiet', 'print nothing but the report and errors'),
    new Option('--no-progress', 'no progress bar'),
  ],
  run: ([paths], options, world) =>
    runHunt(
      Array.isArray(paths) ? (paths as readonly string[]) : [],
      options as unknown as HuntOptions,
      world,
    ),
};

const NOTHING_TO_HUNT = `nothing to hunt: name a folder or a file of CloudTrail logs, or - for standard input

  hunt ./logs                    hunts a folder of dumps with the rule ${DEFAULT_RULE}
  hunt ./logs --since 30d        the last thirty days of it
  hunt --help                    everything else

Or say in hunt.yml what a bare "hunt" is to do:

  paths: [./logs]
  parameters:
    PROD_ACCOUNT_IDS: ["123456789012"]
`;

/** Runs the hunt, writes its reports, and gives the exit code. */
async function runHunt(
  given: readonly string[],
  options: HuntOptions,
  world: World,
): Promise<number> {
  const say = (line: string): void => {
    if (options.quiet !== true) world.stderr.write(`${line}\n`);
  };
  const found = readConfig(options.config);
  const evidence = found !== undefined && isEvidence(found, given);
  const config = evidence ? undefined : found;
  const warnings = evidence ? [ignoredConfig(found)] : [];
  if (config && !config.named) say(`hunt: using ${config.path}`);
  const target = targetOf(given, options, config, world.environment);
  const paths = target.kind === 'local' ? target.paths : [];
  if (target.kind === 'local' && paths.length === 0) throw new HuntError('USAGE', NOTHING_TO_HUNT);
  const outputs = planOutputs(options, config);
  refuseEvidence(outputs, paths);
  const late = options.late ?? config?.late;
  const common: Common = {
    selection: await select(options, config, world.now),
    late: late === undefined ? DAY : readDuration(late, '--late'),
    config: config ? { path: config.path, sha256: config.sha256 } : null,
    warnings,
    showsProgress: options.progress && options.quiet !== true,
  };
  const outcome =
    target.kind === 'local'
      ? await huntDumps(
          {
            paths,
            prune: options.prune,
            trustPaths: options.trustPaths === true,
            prefilter: options.prefilter,
            workers: options.jobs ?? availableParallelism(),
            s3: awsSettings(options, config?.athena, world.environment),
            maxUnpacked: readLimit(options.maxUnpacked, '--max-unpacked'),
          },
          common,
          world,
        )
      : await (await import('./hunt-table.js')).huntTable(target, common, options, config, world);
  if (outcome === undefined) return EXIT.complete;
  await deliver(outcome.report, outputs, say, world);
  outcome.done();
  return exitCode(outcome.report, options);
}

async function huntDumps(
  dumps: Pick<
    HuntRequest,
    'paths' | 'prune' | 'trustPaths' | 'prefilter' | 'workers' | 's3' | 'maxUnpacked'
  >,
  { selection, showsProgress, ...common }: Common,
  world: World,
): Promise<RemoteOutcome> {
  const progress = await progressOn(world, showsProgress);
  try {
    const report = await huntLocal({
      ...selection,
      ...common,
      ...dumps,
      stdin: world.stdin,
      threads: world.threads,
      version: world.version,
      signal: world.signal,
      onProgress: progress.update,
      onQuery: progress.query,
    });
    return { report, done: () => undefined };
  } finally {
    progress.stop();
  }
}

function ignoredConfig({ path }: Config): Warning {
  return {
    code: 'CONFIG_IGNORED',
    message: `${path} lies inside a hunted path: it is evidence, not configuration, and was ignored. To use it: --config ${path}`,
  };
}

/** Lost evidence outranks findings. */
function exitCode(report: Report, options: HuntOptions): number {
  if (report.files.unreadable.length > 0) return EXIT.evidenceLost;
  const findings = report.sections.some((section) => section.findings.length > 0);
  return findings && options.failOnFindings === true ? EXIT.findings : EXIT.complete;
}
