/** How a report was made: by which version, from what, and with which rules, so that somebody can make it again. */
import { counted } from '../../../text/counted.js';
import type { Report, Section } from '../../report.js';
import { parameterText } from '../audit/header.js';
import type { Block, Fact } from '../blocks/block.js';
import { funnelBlocks } from '../section/funnel.js';
import { attackText } from '../section/section.js';
import { joined, path, text, value, type Text } from '../blocks/text.js';
import { timeSpan } from '../blocks/words.js';

/** The settings of the hunt. */
export function madeFacts({ tool, source, window, filters, run }: Report): readonly Fact[] {
  const { engine, paths, table, config } = source;
  return [
    fact('made by', [`${tool.name} ${tool.version}, with ${ENGINES[engine]}`]),
    fact('when', ['not said on purpose: the same logs and the same question give the same bytes']),
    table === null
      ? fact(
          'logs',
          joined(
            paths.map((one) => [path(one)]),
            ', ',
          ),
        )
      : fact('table', [value(table)]),
    fact('window', [timeSpan(window.since, window.until)]),
    ...filters.map(({ option, values }) =>
      fact('limited to', [value(`${option} ${values.join(' ')}`.trim())]),
    ),
    ...(run === null
      ? []
      : [fact('run', text`${run.number} of ${run.report}, ${run.period.name}`)]),
    ...(config === null
      ? [fact('settings', ['no hunt.yml was used'])]
      : [fact('settings', text`${path(config.path)}, SHA-256 ${config.sha256}`)]),
  ];
}

const ENGINES = { duckdb: 'DuckDB', athena: 'Athena', trino: 'Trino' } as const;

export interface RulePart {
  readonly head: Text;
  readonly blocks: readonly Block[];
}

/** A rule as it was applied, and how its findings came about. */
export function rulePart(section: Section): RulePart {
  const { rule, findingCount } = section;
  return {
    head: text`${rule.id}, ${[`${rule.severity} severity`]}: ${[counted(findingCount, 'finding')]}`,
    blocks: [{ kind: 'facts', facts: factsOf(section) }, ...funnelBlocks(section)],
  };
}

function factsOf({ rule }: Section): readonly Fact[] {
  return [
    fact('name', [rule.name]),
    ...(rule.description === null ? [] : [fact('looks for', [rule.description])]),
    ...rule.mitre.map((label) => fact('ATT&CK', attackText(label))),
    ...rule.parameters.map((parameter) => fact('parameter', parameterText(parameter))),
    ...rule.condition.map((one) => fact('asks that', [value(one)])),
    ...(rule.reference === null ? [] : [fact('reference', [value(rule.reference)])]),
    fact('file', rule.sha256 === null ? ['of no file'] : text`SHA-256 ${rule.sha256}`),
  ];
}

function fact(label: string, of: Text): Fact {
  return { label, text: of };
}
