/** Tells where a text that was asked for is only a part of names: `ann` is in `joanne` too, and both are in the report. */
import { isWholeName } from '../../../rule/actor/name.js';
import { isOneAlone } from '../../../rule/subject.js';
import { inShell } from '../../../text/in-shell.js';
import { truncate } from '../../../text/width.js';
import type { Report } from '../../report.js';
import { someOf, text, value, type Text } from '../blocks/text.js';

// In columns.
const NAME = 176;
const NAMED = 3;

interface PartialName {
  readonly asked: string;
  /** Whose name has the text as a part only. */
  readonly others: readonly string[];
  /** How many have it. */
  readonly found: number;
  /** What means one of them alone: of one who has the text as a whole name, else of another. None may do so. */
  readonly exact: string | null;
}

/** The texts that mean several principals, of whom at least one has a longer name. */
export function partialNames({ subject, callers }: Report): readonly PartialName[] {
  const principals = (callers ?? []).flatMap(({ principal }) => principal ?? []);
  return (subject?.text.split(', ') ?? []).flatMap((asked) => {
    if (isWholeName(asked)) return [];
    const lower = asked.toLowerCase();
    const found = principals.filter((principal) => principal.toLowerCase().includes(lower));
    const isWhole = (principal: string): boolean =>
      `:${colons(principal.toLowerCase())}:`.includes(`:${colons(lower)}:`);
    const others = found.filter((principal) => !isWhole(principal));
    if (others.length === 0 || found.length === 1) return [];
    const alone = found.filter((principal) => isAlone(principal, found));
    const exact = alone.find(isWhole) ?? alone[0] ?? null;
    return [{ asked, others, exact, found: found.length }];
  });
}

/** Whether a principal's name finds none of the others. What was asked for finds them all. */
function isAlone(principal: string, found: readonly string[]): boolean {
  const lower = principal.toLowerCase();
  return (
    isOneAlone(principal) ||
    !found.some((other) => other !== principal && other.toLowerCase().includes(lower))
  );
}

/** `"ann" is only a part of arn:…:user/joanne; for one alone: hunt who arn:…:user/ann` */
export function partialText({ asked, others, exact }: PartialName): Text {
  const named = others.slice(0, NAMED).map((name) => [value(truncate(name, NAME))]);
  const alone =
    exact === null ? [] : text`; for one alone: hunt who ${inShell(truncate(exact, NAME))}`;
  return text`"${asked}" is only a part of ${someOf(named, others.length)}${alone}`;
}

/** `"ann" is only a part of 2 of the 3 names` */
export function partialCount({ asked, others, found }: PartialName): Text {
  return text`"${asked}" is only a part of ${[String(others.length)]} of the ${[String(found)]} principals that it names`;
}

/** Names in an ARN stand between slashes or colons, and an address of mail has a name before the `@`. */
function colons(name: string): string {
  return name.replaceAll(/[/@]/g, ':');
}
