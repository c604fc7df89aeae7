/** Gives each finding its disposition. The findings may exceed memory, so each gets it when it is read. */
import type { Disposition } from '../report/disposition.js';
import type { Finding, Findings, MatchedFinding } from '../report/finding.js';
import type { StoryFields } from '../report/story.js';

/** A finding with its story. */
export type MatchInStory = MatchedFinding & StoryFields;

/** Gives the disposition of a finding: always the same one for the same finding. */
export type Dispose = (finding: MatchInStory) => Disposition;

/** The findings with their dispositions. `dispose` is undefined in a hunt that has nothing to compare them with. */
export function withDispositions(
  findings: Findings<MatchInStory>,
  dispose: Dispose | undefined,
): Findings {
  const { length, texts, places } = findings;
  const own = { length, ...(places === undefined ? {} : { places }) };
  const disposed = function* (): Generator<Finding> {
    for (const finding of findings) yield { ...finding, disposition: dispose?.(finding) ?? null };
  };
  if (texts === undefined) return { ...own, [Symbol.iterator]: disposed };
  const written = function* (): Generator<string> {
    for (const text of texts()) yield withMember(text, dispose);
  };
  // Where nothing is asked of a finding, its text is parsed once, with all members.
  const parsed = function* (): Generator<Finding> {
    for (const text of written()) yield JSON.parse(text) as Finding;
  };
  return { ...own, texts: written, [Symbol.iterator]: dispose === undefined ? parsed : disposed };
}

function withMember(text: string, dispose: Dispose | undefined): string {
  const disposition = dispose?.(JSON.parse(text) as MatchInStory) ?? null;
  return `${text.slice(0, -1)},"disposition":${JSON.stringify(disposition)}}`;
}
