/** `hunt view REPORT`: a report that was written before, in any format. */
import { defineCommand } from '../command.js';
import { causesOfThree, concerns } from '../reports/concerns.js';
import { EXIT } from '../exit-code.js';
import { notifier } from '../notify.js';
import { requiredArgument } from '../options/flags/flag.js';
import { REPORT_FLAGS } from '../options/flags/hunt-flags.js';
import { readTemplate } from '../options/report/template.js';
import { planOutputs } from '../reports/outputs.js';
import { writeReport } from '../reports/write-report.js';
import { openReport } from '../reports/open.js';

const { format, template, output, force, quiet } = REPORT_FLAGS.flags;

export const viewCommand = defineCommand({
  name: 'view',
  description: 'print a report that was written before, JSON or HTML, in any format',
  arguments: {
    report: requiredArgument('<report>', 'a JSON or HTML report, or - for standard input'),
  },
  options: {
    report: { heading: REPORT_FLAGS.heading, flags: { format, template, output, force, quiet } },
  },
  async run({ arguments: { report: path }, options }, context) {
    const own = await readTemplate(options.report.template);
    const { report, close } = await openReport(path, context);
    try {
      await writeReport({
        report,
        outputs: planOutputs({ ...options.report, template: own }, undefined, {
          period: report.run?.period.name ?? { missing: 'is for reports of hunt report' },
          date: { missing: 'is for hunts: a report does not say when it was made' },
          report: report.run?.report ?? { missing: 'is for reports of hunt report' },
        }),
        notify: notifier(context, options.report.quiet),
        concerns: [
          ...concerns(report, false),
          ...causesOfThree(report, false).map(
            (cause) => `hunt: the report is not complete: ${cause}`,
          ),
        ],
        context,
      });
    } finally {
      close();
    }
    return EXIT.complete;
  },
});
