/**
 * The text in which a finding is searched: its line, and the values of its event. It has the names of
 * request parameters, but no other names of fields, because every event has those. It has no file names: all say "CloudTrail".
 */
import type { Listing } from './listing.js';
import type { Packs } from './packs.js';

/** What `hunt` says of an event. What of it is worth a search is in the line. */
const SAID: ReadonlySet<string> = new Set(['source', 'kinds', 'story', 'states', 'disposition']);
const WITH_KEYS: ReadonlySet<string> = new Set(['requestParameters']);

/** For each listed finding its text, in lower case. */
export async function searchTexts({ findings }: Listing, packs: Packs): Promise<readonly string[]> {
  const texts = findings.map((finding) => lineText(finding));
  const indexes = new Map(findings.map(({ id }, index) => [Number(id.slice(1)), index]));
  let left = findings.length;
  for await (const [number, json] of packs.all()) {
    const index = indexes.get(number);
    if (index === undefined) continue;
    texts[index] += `\n${valuesIn(JSON.parse(json)).toLowerCase()}`;
    left -= 1;
    // The packs may have many more findings than the page lists.
    if (left === 0) break;
  }
  return texts;
}

/** What is seen of a finding while it is closed, and the titles of its alerts. */
function lineText(finding: HTMLElement): string {
  const seen = [...finding.querySelectorAll('summary, details > ul')];
  return seen
    .map(({ textContent }) => textContent ?? '')
    .join('\n')
    .toLowerCase();
}

function valuesIn(finding: unknown): string {
  const values: string[] = [];
  const add = (value: unknown, hasKeys: boolean): void => {
    if (typeof value === 'string') values.push(value);
    else if (typeof value === 'number' || typeof value === 'boolean') values.push(`${value}`);
    else if (typeof value === 'object' && value !== null)
      for (const [key, member] of Object.entries(value)) {
        if (hasKeys && !Array.isArray(value)) values.push(key);
        add(member, hasKeys);
      }
  };
  if (typeof finding !== 'object' || finding === null) return '';
  for (const [key, value] of Object.entries(finding))
    if (!SAID.has(key)) add(value, WITH_KEYS.has(key));
  return values.join('\n');
}
