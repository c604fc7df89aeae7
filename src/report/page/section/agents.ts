/** User agents in one line each. Those of one tool begin alike for longer than a line, and what tells them apart must stay. */
import { truncate } from '../../../text/width.js';

// In columns.
const WIDTH = 96;
const START = 40;

/** The user agents, cut. Null stays null. */
export function shortAgents(agents: readonly (string | null)[]): readonly (string | null)[] {
  const distinct = [...new Set(agents.filter((agent) => agent !== null))];
  return agents.map((agent) => (agent === null ? null : shortAgent(agent, distinct)));
}

function shortAgent(agent: string, all: readonly string[]): string {
  const short = truncate(agent, WIDTH);
  const shared = all
    .filter((other) => other !== agent && truncate(other, WIDTH) === short)
    .map((other) => sharedLength(agent, other));
  if (shared.length === 0) return short;
  const differing = agent.slice(wordStart(agent, Math.max(...shared)));
  return `${truncate(agent, START)}${truncate(differing, WIDTH - START)}`;
}

/** In UTF-16 units. */
function sharedLength(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}

/** Where the word begins: half a word, or half a character, says little. A long word begins where it differs. */
function wordStart(text: string, at: number): number {
  const start = text.lastIndexOf(' ', at - 1) + 1;
  if (at - start < START / 2) return start;
  const isInCharacter = /^[\udc00-\udfff]/.test(text.slice(at, at + 1));
  return isInCharacter ? at - 1 : at;
}
