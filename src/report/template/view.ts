/**
 * What a template is given: the JSON report, its findings as a list, and beside them `said`, the sentences of the formats for people.
 * It is data alone. mustache calls functions that it finds by a name, and `constructor` or `map` would be found on any object: so
 * the objects and lists here inherit nothing.
 */
import { safeLine } from '../../text/safe-text.js';
import { truncate } from '../../text/width.js';
import type { Finding } from '../finding.js';
import { attentionBlocks } from '../page/overview.js';
import { accountNames, type AccountNames } from '../page/blocks/account-name.js';
import { findingWords } from '../page/finding/finding.js';
import { plainText, type Text } from '../page/blocks/text.js';
import { verdictBlock } from '../page/evidence/verdict.js';
import type { Report } from '../report.js';

/** A ticket holds no more, and nobody reads more in one. */
const FIRST = 20;
/** In columns. The title of an issue in Jira or GitHub has at most 255 characters. */
const TITLE = 200;
const LONGEST = 1000;

/** Numbers of findings begin with 1. All of it is plain data, so that a template can call nothing. */
export function viewOf({ findings, ...rest }: Report): unknown {
  const names = accountNames(rest.source);
  const all = [...findings].map((finding, index) => ({
    ...finding,
    number: index + 1,
    said: saidOf(finding, names),
  }));
  const first = all.slice(0, FIRST);
  return inert({
    ...rest,
    warnings: listed(rest.warnings),
    sections: listed(rest.sections),
    stories: listed(rest.stories),
    findings: listed(all),
    firstFindings: listed(first),
    moreFindings: all.length - first.length,
    lookFirst: listed(lookFirst(rest)),
    said: answerOf({ ...rest, findings }),
  });
}

/** The lines of *Look here first*, as Markdown has them. */
function lookFirst(report: Pick<Report, 'overview'>): readonly object[] {
  return [...attentionBlocks(report)].flatMap((block) =>
    block.kind !== 'attention'
      ? []
      : block.rows.map(({ text, examples, more }) => ({
          text: shown(text),
          examples: listed(
            examples.map(({ number, text: what, by, tool, ended }) => ({
              number,
              text: shown([...what, ...by, ...tool, ...ended]),
            })),
          ),
          more: more && shown(more),
        })),
  );
}

function saidOf(finding: Finding, names: AccountNames): object {
  const words = findingWords(finding, names);
  const entries = Object.entries(words).map(([key, of]) => [key, of && shown(of)] as const);
  return Object.fromEntries(entries);
}

function answerOf(report: Report): object {
  const { lines } = verdictBlock(report);
  const textsOf = (isWanted: boolean): readonly string[] =>
    lines.filter(({ level }) => (level === 'result') === isWanted).map(({ text }) => shown(text));
  const answer = textsOf(true).join('; ');
  return { answer, title: truncate(answer, TITLE), cautions: textsOf(false) };
}

/** A sentence is for people, in every language that a template may write. */
function shown(of: Text): string {
  return safeLine(truncate(plainText(of), LONGEST));
}

/** JSON has commas between the items of a list: a template must know the last. */
function listed(items: readonly object[]): readonly object[] {
  return items.map((item, index) => ({
    ...item,
    isFirst: index === 0,
    isLast: index === items.length - 1,
  }));
}

/** A copy without functions and without prototypes. */
function inert(value: unknown): unknown {
  if (Array.isArray(value)) return Object.setPrototypeOf(value.map(inert), null) as unknown;
  if (typeof value === 'object' && value !== null) {
    const copy = Object.create(null) as Record<string, unknown>;
    for (const [key, member] of Object.entries(value)) copy[key] = inert(member);
    return copy;
  }
  return typeof value === 'function' ? undefined : value;
}
