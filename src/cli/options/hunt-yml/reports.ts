/** Reads `reports` of `hunt.yml`: the reports that `hunt report NAME` makes for one period after the other. */
import { PERIOD_KINDS, type PeriodKind } from '../../../cloudtrail/time/period.js';
import { HuntError } from '../../../errors.js';
import { didYouMean } from '../../../text/did-you-mean.js';
import { MappingReader } from '../../../yaml/mapping.js';
import type { YamlMap } from '../../../yaml/parse.js';
import { readExpect, type ExpectConfig } from './expect.js';
import { readVerifyConfig, type VerifyConfig } from './verify.js';
import { AUDIENCES, type Audience } from '../report/audiences.js';
import { placeholdersOf } from '../report/output-names.js';

/** Which findings let a run exit with 1: new and expired ones, those that nothing explains, or none. */
const FAIL_CHOICES = ['new', 'unexplained', 'never'] as const;
export type FailOn = (typeof FAIL_CHOICES)[number];

/** One entry of `reports`. */
export interface ScheduledReport {
  readonly name: string;
  /** Names, as for `rule`; empty where those of `rule` count. */
  readonly rules: readonly string[];
  readonly period: PeriodKind;
  /** With placeholders. Each has `{period}`. */
  readonly outputs: readonly string[];
  readonly fail: FailOn;
  readonly for: Audience | undefined;
  /** The controls or requirements that the report is evidence for, in words: `SOC 2 CC8.1`. */
  readonly controls: readonly string[];
  /** In place of those of the file. */
  readonly expect: ExpectConfig | undefined;
  readonly verify: VerifyConfig | 'none' | undefined;
}

const CODE = 'CONFIG';
const KEYS = ['rules', 'period', 'outputs', 'fail', 'for', 'controls', 'expect', 'verify'];

/** The name is also one of a folder. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/**
 * The reports in the order of the file. `pathOf` and `ruleOf` resolve names that start at the folder of the file. Throws a
 * HuntError with line and column on a mistake.
 */
export function readReports(
  config: MappingReader,
  { pathOf, ruleOf, accounts }: Surroundings,
): readonly ScheduledReport[] {
  const node = config.get('reports');
  if (node === undefined) return [];
  if (node.kind !== 'map')
    return config.fail(`${config.what}: reports must be a mapping of names to reports`, 'reports');
  const reports = node.entries.map((entry) => {
    const { mapping, report } = readReport(entry, config.what);
    const verify = readVerifyConfig(mapping, pathOf) ?? ('none' as const);
    return {
      mapping,
      report: {
        ...report,
        rules: report.rules.map(ruleOf),
        outputs: report.outputs.map(pathOf),
        expect: readExpect(mapping, accounts),
        verify: mapping.get('verify') === undefined ? undefined : verify,
      },
    };
  });
  refuseSharedOutputs(reports);
  return reports.map(({ report }) => report);
}

/** What the rest of the file says. */
interface Surroundings {
  readonly pathOf: (name: string) => string;
  readonly ruleOf: (name: string) => string;
  /** Names of accounts, by account ID. */
  readonly accounts: ReadonlyMap<string, string>;
}

interface Read {
  readonly mapping: MappingReader;
  readonly report: Omit<ScheduledReport, 'expect' | 'verify'>;
}

function readReport({ key: name, at, value }: YamlMap['entries'][number], file: string): Read {
  if (!NAME.test(name))
    throw new HuntError(
      CODE,
      `${file}: reports: ${JSON.stringify(name)} is no name for a report: use letters, digits, "-", "_" and ".", at most 64`,
      { at },
    );
  const what = `${file}: reports: ${name}`;
  const mapping = new MappingReader(value, KEYS, { what, code: CODE });
  const outputs = mapping.texts('outputs') ?? [];
  if (outputs.length === 0)
    mapping.fail(`${what} needs outputs, such as ["reports/{period}/${name}.csv"]`, 'outputs');
  for (const output of outputs) checkOutput(output, mapping);
  return {
    mapping,
    report: {
      name,
      rules: mapping.texts('rules') ?? [],
      period: choice(mapping, 'period', PERIOD_KINDS) ?? mapping.fail(`${what} needs period`),
      outputs,
      fail: choice(mapping, 'fail', FAIL_CHOICES) ?? 'new',
      for: choice(mapping, 'for', AUDIENCES),
      controls: mapping.texts('controls') ?? [],
    },
  };
}

function checkOutput(output: string, mapping: MappingReader): void {
  try {
    if (placeholdersOf(output).includes('period')) return;
  } catch (error) {
    if (error instanceof HuntError) mapping.fail(`${mapping.what}: ${error.problem}`, 'outputs');
    throw error;
  }
  mapping.fail(
    `${mapping.what}: the output ${JSON.stringify(output)} needs {period} in its name: each period has a report of its own`,
    'outputs',
  );
}

function choice<const C extends string>(
  mapping: MappingReader,
  key: string,
  choices: readonly C[],
): C | undefined {
  const text = mapping.text(key);
  if (text === undefined) return undefined;
  const known = choices.find((one) => one === text);
  return (
    known ??
    mapping.fail(
      `${mapping.what}: ${key} ${JSON.stringify(text)} is none of ${choices.join(', ')}.${didYouMean(text, choices)}`,
      key,
    )
  );
}

/** Two reports of one kind of period must not write the same file. */
function refuseSharedOutputs(reports: readonly Read[]): void {
  const owners = new Map<string, string>();
  for (const { mapping, report } of reports)
    for (const output of report.outputs) {
      const key = `${report.period} ${output.replaceAll('{report}', report.name)}`;
      const owner = owners.get(key);
      if (owner !== undefined)
        mapping.fail(
          `${mapping.what}: ${owner === report.name ? 'it names' : `${owner} also writes`} ${output}${owner === report.name ? ' twice' : ': add {report}'}`,
          'outputs',
        );
      owners.set(key, report.name);
    }
}

/** The report with this name. Throws a HuntError that names those that there are. */
export function reportNamed(
  name: string,
  { path, reports }: { readonly path: string; readonly reports: readonly ScheduledReport[] },
): ScheduledReport {
  const found = reports.find((report) => report.name === name);
  if (found !== undefined) return found;
  const names = reports.map((report) => report.name);
  throw new HuntError(
    'USAGE',
    names.length === 0
      ? `${path} has no reports: add one under the key reports; see docs/schedules.md`
      : `${path} has no report ${JSON.stringify(name)}.${didYouMean(name, names)} Reports: ${names.join(', ')}.`,
  );
}
