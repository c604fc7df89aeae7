/** `hunt explain RULE`: what a rule means. */
import { Option } from 'commander';
import { safeJson } from '../../text/safe-text.js';
import { builtInUntested } from '../../rule/catalog/built-in.js';
import { findRule } from '../../rule/catalog/find.js';
import { explain } from '../../rule/explain.js';
import type { CliCommand } from '../command.js';
import { explainMarkdown, explainText } from './explain-text.js';

const FORMATS = ['text', 'markdown', 'json'];

export const explainCommand: CliCommand = {
  name: 'explain',
  description: 'says what a rule means: condition, exclusions, indicators, coverage',
  arguments: [['<rule>', 'an ID or a file']],
  options: [new Option('--format <format>', 'how').choices(FORMATS).default('text')],
  run: async ([name], { format }, world) => {
    const explanation = explain(findRule(String(name)), builtInUntested('all') ?? []);
    if (format === 'json')
      world.stdout.write(`${safeJson(JSON.stringify(explanation, undefined, 2))}\n`);
    else if (format === 'markdown') world.stdout.write(explainMarkdown(explanation));
    else world.stdout.write(explainText(explanation));
    return 0;
  },
};
