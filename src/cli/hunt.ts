/** `hunt [PATH…]`: the hunt over local dumps. */
import { availableParallelism } from 'node:os';
import { DAY } from '../cloudtrail/window.js';
import { HuntError } from '../errors.js';
import { huntLocal, type HuntRequest } from '../hunt/local.js';
import type { Report, Warning } from '../report/report.js';
import { bind, checkSettings } from '../rule/bind.js';
import { DEFAULT_RULE, findRule } from '../rule/catalog.js';
import { isEvidence, readConfig, type Config } from './config.js';
import { readDuration, readWindow } from './moment.js';
import { deliver, planOutputs } from './outputs.js';
import { readSettings } from './parameters.js';
import { progressOn } from './progress.js';
import { EXIT, type World } from './world.js';

export interface HuntOptions {
  readonly since?: string;
  readonly until?: string;
  readonly late?: string;
  readonly rule?: readonly string[];
  readonly set?: readonly string[];
  readonly exclusions: boolean;
  readonly config?: string;
  readonly format?: string;
  readonly output?: readonly string[];
  readonly force?: boolean;
  readonly failOnFindings?: boolean;
  readonly quiet?: boolean;
  readonly progress: boolean;
}

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
export async function runHunt(
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
  const request = toRequest(given, options, config, warnings, world);
  if (request.paths.length === 0) throw new HuntError('USAGE', NOTHING_TO_HUNT);
  const outputs = planOutputs(options, config);
  const progress = progressOn(world.stderr, options.progress && options.quiet !== true);
  let report: Report;
  try {
    report = await huntLocal({ ...request, onProgress: (state) => progress.update(state) });
  } finally {
    progress.stop();
  }
  await deliver(report, outputs, say, world);
  return exitCode(report, options);
}

function ignoredConfig({ path }: Config): Warning {
  return {
    code: 'CONFIG_IGNORED',
    message: `${path} lies inside a hunted path: it is evidence, not configuration, and was ignored. To use it: --config ${path}`,
  };
}

function toRequest(
  given: readonly string[],
  options: HuntOptions,
  config: Config | undefined,
  warnings: readonly Warning[],
  world: World,
): HuntRequest {
  const names = options.rule ?? (config?.rules.length ? config.rules : [DEFAULT_RULE]);
  const rules = names.map(findRule);
  const settings = readSettings(options.set ?? [], config?.parameters ?? new Map());
  checkSettings(settings, rules);
  const late = options.late ?? config?.late;
  return {
    rules: rules.map((rule) => bind(rule, settings)),
    paths: given.length > 0 ? given : (config?.paths ?? []),
    stdin: world.stdin,
    window: readWindow(options.since ?? config?.since, options.until ?? config?.until, world.now),
    late: late === undefined ? DAY : readDuration(late, '--late'),
    exclusions: options.exclusions,
    workers: availableParallelism(),
    version: world.version,
    config: config ? { path: config.path, sha256: config.sha256 } : null,
    warnings,
    signal: world.signal,
  };
}

/** Lost evidence outranks findings. */
function exitCode(report: Report, options: HuntOptions): number {
  if (report.files.unreadable.length > 0) return EXIT.evidenceLost;
  const findings = report.sections.some((section) => section.findings.length > 0);
  return findings && options.failOnFindings === true ? EXIT.findings : EXIT.complete;
}
