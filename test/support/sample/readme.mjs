/** The sample's README: what is in it, and what the seed rule says of each case. */
import { basename } from 'node:path';

/** The README's text, for the cases with their files, the files beside the logs, and the number of everyday events. */
export function readme(cases, beside, everyday) {
  const events = cases.reduce((sum, { files }) => sum + files.length, 0);
  const found = cases.filter(({ entry }) => entry.finding);
  return `# A small CloudTrail tree

Synthetic logs, laid out as S3 lays them out, to try \`hunt\` on and to test it with. No real account, address or group
is in them: ${events} records of the cases below, ${everyday} everyday ones (reads, roles assumed, logins), and files without
events. The week is 2026-01-12 to 2026-01-18; the rule's own tests keep their dates of 2020 and 2021.

This folder is made by \`node test/support/sample/make.mjs\`; a test says when it is stale. Do not edit it by hand.

## Cases

The findings of the rule \`AWS.EC2.ManualSecurityGroupChange\` with its default parameters and without a window. An event with several
files was delivered several times: each file has a record of it.

${table(
  ['Case', 'Finding', 'Why', 'eventID', 'File'],
  cases.map(({ entry, files }) => [
    entry.name,
    entry.finding ? 'yes' : 'no',
    entry.why,
    `\`${entry.events[0].eventID}\``,
    files.map((file) => `\`${basename(file)}\``).join(', '),
  ]),
)}

That makes ${found.length} findings. Without a window the undated one is among them.

## Files without events

${table(
  ['File', 'What it is'],
  beside.map(({ path, why }) => [`\`${basename(path)}\``, why]),
)}
`;
}

function table(head, rows) {
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => row[i].length)));
  const line = (cells) => `| ${cells.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
