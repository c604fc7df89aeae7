/** Gives each finding its disposition. The findings may exceed memory, so each gets it when it is read. */
import type { Disposition } from '../report/disposition.js';
import type { Findings, MatchedFinding } from '../report/finding.js';
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
  return {
    length,
    ...(places === undefined ? {} : { places }),
    *[Symbol.iterator]() {
      for (const finding of findings) yield { ...finding, disposition: dispose?.(finding) ?? null };
    },
    ...(texts === undefined
      ? {}
      : {
          *texts() {
            for (const text of texts()) yield withMember(text, dispose);
          },
        }),
  };
}

function withMember(text: string, dispose: Dispose | undefined): string {
  const disposition = dispose?.(JSON.parse(text) as MatchInStory) ?? null;
  return `${text.slice(0, -1)},"disposition":${JSON.stringify(disposition)}}`;
}
