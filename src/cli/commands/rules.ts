/** `hunt rules`: the rules that there are. */
import { attackNames } from '../../rule/attack.js';
import { builtInUntested } from '../../rule/catalog/built-in.js';
import { rulesIn } from '../../rule/catalog/find.js';
import { repeatable, type CliCommand } from '../command.js';
import { safeLine } from '../../text/safe-text.js';

export const rulesCommand: CliCommand = {
  name: 'rules',
  description: 'lists the rules: ID, severity, tactics, name',
  arguments: [],
  options: [repeatable('--rules <folder>', 'a folder of rule files to list instead')],
  run: async (_args, options, world) => {
    const folders = options['rules'] as readonly string[] | undefined;
    const rules = folders === undefined ? (builtInUntested('all') ?? []) : folders.flatMap(rulesIn);
    const { tactics } = attackNames();
    const rows = rules
      .map(({ id, severity, mitre, name }) => {
        const names = [
          ...new Set(mitre.flatMap(({ tactic }) => (tactic ? (tactics[tactic] ?? tactic) : []))),
        ];
        return [id, severity, names.join(', '), name].map(safeLine);
      })
      .toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1));
    const widths = [0, 1, 2].map((column) =>
      Math.max(...rows.map((row) => row[column]?.length ?? 0)),
    );
    for (const row of rows)
      world.stdout.write(
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
      );
    return 0;
  },
};
