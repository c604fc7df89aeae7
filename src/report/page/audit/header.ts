/** The header of an audit report: its controls, its period and accounts, and its rules. */
import { UTC } from '../../../cloudtrail/time/zone.js';
import type { Audit } from '../../audit/audit.js';
import type { Report, Section } from '../../report.js';
import type { RuleSummary } from '../../rule-summary.js';
import { counted } from '../../../text/counted.js';
import { under, type Block, type Fact } from '../blocks/block.js';
import { joined, path, text, value, type Text } from '../blocks/text.js';
import { timeSpan } from '../blocks/words.js';
import type { AuditWords } from './words.js';

/** The title of every audit report. A file that begins with it is a report. */
const TITLE = 'Audit report of hunt';

export function* headerBlocks(report: Report, audit: Audit, words: AuditWords): Generator<Block> {
  const { run, sections } = report;
  const of = run === null ? [] : text`: ${run.report}, ${run.period.name}`;
  yield { kind: 'title', text: text`${[TITLE]}${of}` };
  yield { kind: 'facts', facts: factsOf(report, audit, words) };
  yield* under(['Rules, and the SHA-256 of their files'], sections.map(ruleBlock));
}

function factsOf(report: Report, audit: Audit, words: AuditWords): readonly Fact[] {
  const { run, source, filters, tool } = report;
  const { controls, timeZone, manifest } = audit;
  const before = run?.previous ?? null;
  return [
    whole('answers', controls.length === 0 ? ['no control is named'] : listed(controls.map(value))),
    ...(run === null
      ? []
      : [
          whole(
            'run',
            before === null
              ? [`${run.number}, the first`]
              : [`${run.number}, after run ${before.number} of ${before.period}`],
          ),
        ]),
    whole('period', [periodText(report, words)]),
    whole('time zone', [
      timeZone === UTC ? 'UTC' : `${timeZone}: each time is in UTC, then in this zone`,
    ]),
    whole('accounts', accountsText(audit, words)),
    ...(audit.otherAccounts.length === 0
      ? []
      : [
          whole(
            'not looked at',
            listed(
              audit.otherAccounts.map(
                ({ id, records }) => text`${words.account(id)} (${[counted(records, 'record')]})`,
              ),
            ),
          ),
        ]),
    source.table === null
      ? whole('logs', listed(source.paths.map(path)))
      : whole('table', [value(source.table)]),
    ...(filters.length === 0
      ? []
      : [
          whole(
            'limited to',
            listed(
              filters.map((filter) => [
                value(`${filter.option} ${filter.values.join(' ')}`.trim()),
              ]),
            ),
          ),
        ]),
    whole('made by', [`${tool.name} ${tool.version}`]),
    ...(source.config === null
      ? []
      : [whole('settings', text`${path(source.config.path)}, SHA-256 ${source.config.sha256}`)]),
    whole('manifest', manifest === null ? ['none was made'] : [path(manifest)]),
  ];
}

function whole(label: string, of: Text): Fact {
  return { label, text: of, isWhole: true };
}

function listed(texts: readonly (Text | Text[number])[]): Text {
  return joined(
    texts.map((one) => (Array.isArray(one) ? (one as Text) : [one as Text[number]])),
    ', ',
  );
}

function periodText({ window, coverage }: Report, { time }: AuditWords): string {
  const { since, until } = window;
  if (since === null && until === null) {
    const { first, last } = coverage;
    return first === null || last === null
      ? 'all of time; no record has one'
      : `all of the logs, from ${time(first)} to ${time(last)}`;
  }
  if (since === null || until === null) return timeSpan(since, until);
  return `${time(since)} to ${time(until)}, its end not included`;
}

function accountsText({ accounts, isEveryAccount }: Audit, words: AuditWords): Text {
  const list = listed(
    accounts.map(
      ({ id, records }) => text`${words.account(id)}${records === 0 ? [' WITHOUT RECORDS'] : []}`,
    ),
  );
  if (!isEveryAccount) return list;
  return text`every account of the logs: ${accounts.length === 0 ? ['none has a record'] : list}`;
}

function ruleBlock({ rule, exclusions }: Section): Block {
  const applied = exclusions.filter((exclusion) => exclusion.applied);
  const names = applied.map(({ name, condition }) => value(name ?? condition));
  return {
    kind: 'item',
    head: text`${rule.id}, ${[`${rule.severity} severity`]}: ${[rule.name]}`,
    details: [
      text`SHA-256 ${rule.sha256 ?? 'of no file'}`,
      ...(rule.description === null ? [] : [[firstSentence(rule.description)]]),
      ...rule.parameters.map(parameterText),
      ...(names.length === 0 ? [] : [text`leaves out (each is explained below): ${listed(names)}`]),
    ],
  };
}

/** The rest of a description is for who reads the rule. */
function firstSentence(description: string): string {
  const [line] = description.trim().split(/(?<=\.)\s/);
  return (line ?? '').replaceAll(/\s+/g, ' ');
}

const SOURCES = { rule: "the rule's own", config: 'from hunt.yml', option: 'from --set' };

/** `PROD_ACCOUNT_IDS: 112233445566 (from hunt.yml)` */
export function parameterText({ name, values, source }: RuleSummary['parameters'][number]): Text {
  const given =
    values === 'any'
      ? ['any value']
      : values.length === 0
        ? ['no value']
        : listed(values.map(value));
  return text`${name}: ${given} (${[SOURCES[source]]})`;
}
