/**
 * Sigma's strings. `*` is any run of characters and `?` is one character. A backslash makes a following `*`, `?` or backslash
 * literal; before anything else it is literal itself.
 */
import type { Operator } from '../../condition/operators.js';

/** A wildcard, or literal text. */
type Part = { readonly wildcard: '*' | '?' } | { readonly text: string };
export type SigmaText = readonly Part[];

const ANY_RUN: Part = { wildcard: '*' };

/** The parts of a string, as it is written in a rule. */
export function readText(source: string): SigmaText {
  const parts: Part[] = [];
  let text = '';
  for (let index = 0; index < source.length; index++) {
    const [sign = '', next = ''] = [source[index], source[index + 1]];
    const isEscape = sign === '\\' && next !== '' && '*?\\'.includes(next);
    if (sign === '*' || sign === '?') {
      if (text !== '') parts.push({ text });
      text = '';
      if (sign === '?' || !isAnyRun(parts.at(-1))) parts.push({ wildcard: sign });
    } else {
      text += isEscape ? next : sign;
      if (isEscape) index++;
    }
  }
  return text === '' ? parts : [...parts, { text }];
}

function isAnyRun(part: Part | undefined): boolean {
  return part !== undefined && 'wildcard' in part && part.wildcard === '*';
}

/** The simplest test for the parts, with its value. */
export function textTest(parts: SigmaText): { readonly op: Operator; readonly value: string } {
  const [opened, closed] = [isAnyRun(parts[0]), isAnyRun(parts.at(-1))];
  const [only, ...others] = parts.slice(opened ? 1 : 0, closed ? -1 : undefined);
  if (parts.length === 0) return { op: 'equals', value: '' };
  if (only !== undefined && 'text' in only && others.length === 0)
    return { op: plainOperator(opened, closed), value: only.text };
  const needsEscape = parts.some((part) => 'text' in part && /[*?]/.test(part.text));
  const escaped = (text: string): string => text.replace(/[*?\\]/g, '\\$&');
  return {
    op: needsEscape ? 'escapedWildcard' : 'wildcard',
    value: parts
      .map((part) =>
        'wildcard' in part ? part.wildcard : needsEscape ? escaped(part.text) : part.text,
      )
      .join(''),
  };
}

function plainOperator(opened: boolean, closed: boolean): Operator {
  if (opened) return closed ? 'contains' : 'endsWith';
  return closed ? 'startsWith' : 'equals';
}

/** The parts, with `*` added before and after them if requested, unless it is there already. */
export function enclosed(parts: SigmaText, before: boolean, after: boolean): SigmaText {
  return [
    ...(before && !isAnyRun(parts[0]) ? [ANY_RUN] : []),
    ...parts,
    ...(after && !(isAnyRun(parts.at(-1)) || (before && parts.length === 0)) ? [ANY_RUN] : []),
  ];
}
