/** `hunt explain RULE`: what a rule means. */
import { builtInUntested } from '../../rule/catalog/built-in.js';
import { findRule } from '../../rule/catalog/find.js';
import { explain } from '../../rule/explain.js';
import { safeJson } from '../../text/safe-text.js';
import { defineCommand } from '../command.js';
import { EXIT } from '../exit-code.js';
import { formatFlag, requiredArgument } from '../options/flags/flag.js';
import { explainMarkdown, explainText } from '../explain-text.js';

const FORMATS = ['text', 'markdown', 'json'] as const;

export const explainCommand = defineCommand({
  name: 'explain',
  description: 'print what a rule means: condition, exclusions, indicators, coverage',
  arguments: {
    rule: requiredArgument(
      '<rule>',
      'an ID, as hunt rules lists it, or a part of one, or a rule file',
    ),
  },
  options: {
    output: {
      heading: 'Output:',
      flags: {
        format: formatFlag(FORMATS, `the format: ${FORMATS.join(', ')}`),
      },
    },
  },
  async run({ arguments: { rule }, options: { output } }, { stdout }) {
    const explanation = explain(findRule(rule), builtInUntested());
    switch (output.format) {
      case 'text':
        stdout.write(explainText(explanation));
        break;
      case 'markdown':
        stdout.write(explainMarkdown(explanation));
        break;
      case 'json':
        stdout.write(`${safeJson(JSON.stringify(explanation, undefined, 2))}\n`);
        break;
      default:
        return output.format satisfies never;
    }
    return EXIT.complete;
  },
});
