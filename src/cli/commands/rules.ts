/** `hunt rules`: the rules that a hunt can apply. */
import { attackNames } from '../../rule/attack.js';
import { bind } from '../../rule/bind.js';
import { builtInUntested } from '../../rule/catalog/built-in.js';
import { doubtsOf } from '../../rule/catalog/doubts.js';
import { RULES_OF_KINDS } from '../../rule/catalog/kind-words.js';
import type { Rule } from '../../rule/rule.js';
import { safeLine } from '../../text/safe-text.js';
import { columnsOf } from '../terminal/columns.js';
import { defineCommand } from '../command.js';
import { EXIT } from '../exit-code.js';
import { listFlag } from '../options/flags/flag.js';
import { usableRules, type UsableRules } from '../options/rules/usable-rules.js';
import { refusalText, refusedText, skippedText } from '../errors/refused-rules.js';

export const rulesCommand = defineCommand({
  name: 'rules',
  description: 'list the rules: ID, severity, tactics, name',
  arguments: {},
  options: {
    rules: {
      heading: 'Rules:',
      flags: {
        folders: listFlag('--rules <folder>', 'a folder of rule files to list instead'),
      },
    },
  },
  async run({ options }, { stdout, stderr }) {
    const { folders } = options.rules;
    const { rules, refused, skipped } =
      folders.length === 0 ? builtInRules() : usableRules({ names: [], folders });
    const rows = rules
      .map(({ rule }) => rowOf(rule))
      .toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1));
    for (const line of columnsOf(rows)) stdout.write(`${line}\n`);
    for (const { rule } of rules)
      for (const doubt of doubtsOf(bind(rule, new Map())))
        stderr.write(`hunt: warning: ${safeLine(`${rule.file}: ${rule.id}: ${doubt}`)}\n`);
    for (const line of refusalText(refused)) stderr.write(`${line}\n`);
    if (skipped.length > 0) stderr.write(`hunt: skipped ${skippedText(skipped)}\n`);
    if (refused.length === 0) return EXIT.complete;
    stderr.write(`hunt: exit code 3: ${refusedText(refused.length)}\n`);
    return EXIT.incomplete;
  },
});

function builtInRules(): UsableRules {
  const rules = builtInUntested().map((rule) => ({ rule, isNamed: true }));
  return { rules, refused: [], skipped: [] };
}

function rowOf({ id, severity, mitre, name }: Rule): readonly string[] {
  const { tactics } = attackNames();
  const names = mitre.flatMap(({ tactic }) => (tactic ? (tactics[tactic] ?? tactic) : []));
  const note = id.startsWith(RULES_OF_KINDS.slice(0, -1)) ? ' (not part of --rule all)' : '';
  return [id, severity, [...new Set(names)].join(', '), `${name}${note}`].map(safeLine);
}
