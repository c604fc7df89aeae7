/**
 * Reports in which every text that may be any text attacks, however it got there. The schema says which may be any: it knows the
 * words, times and hashes that a report has. So a new member of the model is attacked from the day that the schema has it.
 */
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import type { Report } from '../../../src/report/report.js';

const schemaFile = new URL('../../../data/hunt-report-1.schema.json', import.meta.url);
const isReport = new Ajv({ allErrors: true, allowUnionTypes: true }).compile<Report>(
  JSON.parse(readFileSync(schemaFile, 'utf8')) as object,
);

/** The report with these values in turn, in every place that takes one; a value may also be null, or of a wrong type. */
export function attackedReport(report: Report, values: readonly unknown[]): Report {
  const leaves: Leaf[] = [];
  const whole: unknown = JSON.parse(JSON.stringify(report));
  collect(whole, '', leaves);
  leaves.forEach(({ holder, key }, turn) => (holder[key] = values[turn % values.length]));
  // What the schema refuses gets its own value back, the deepest first: an error in a part is one of the whole too.
  while (!isReport(whole)) {
    const paths = (isReport.errors ?? []).map(({ instancePath }) => instancePath);
    const wrong = leaves.filter(({ path, isBack }) => !isBack && paths.includes(path));
    const below = leaves.filter(
      ({ path, isBack }) => !isBack && paths.some((one) => path.startsWith(`${one}/`)),
    );
    const back = wrong.length > 0 ? wrong : below;
    if (back.length === 0) throw new Error(JSON.stringify(isReport.errors));
    for (const leaf of back) {
      leaf.holder[leaf.key] = leaf.value;
      leaf.isBack = true;
    }
  }
  return whole;
}

interface Leaf {
  readonly holder: Record<string, unknown>;
  readonly key: string;
  readonly value: unknown;
  /** As a JSON pointer. */
  readonly path: string;
  isBack: boolean;
}

/** The texts and nulls; a list is an object here, whose keys are numbers. */
function collect(value: unknown, path: string, leaves: Leaf[]): void {
  if (typeof value !== 'object' || value === null) return;
  const holder = value as Record<string, unknown>;
  for (const [key, member] of Object.entries(holder)) {
    const at = `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (typeof member === 'string' || member === null)
      leaves.push({ holder, key, value: member, path: at, isBack: false });
    else collect(member, at, leaves);
  }
}
