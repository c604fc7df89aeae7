/**
 * Whether a session has a name that programs give. Whoever assumes a role chooses the name, so it is no proof of a program. But a
 * name with a word that is none of a program may be a person's, and then nothing is allowed without a question.
 */
import type { Actor } from '../../../change/actor/actor.js';
import { isMadeUp } from '../../../change/actor/session-name.js';
import type { Program } from './caller-key.js';
import { daysBetween, type Names, type Seen } from './seen.js';

/** Words for what runs by itself. */
const OF_PROGRAMS = wordsOf(
  `ci cd cicd bot job run runner agent worker build builder codebuild deploy deployer deployment pipeline codepipeline plan apply
  release terraform tf tfc tfe tofu opentofu terragrunt atlantis spacelift env0 scalr pulumi cdk jenkins github githubactions actions
  gitlab circleci buildkite bitbucket pipelines tekton concourse harness octopus azuredevops drone teamcity bamboo travis argo argocd flux crossplane karpenter controller operator automation lambda
  service system cron nightly provisioner workflow`,
);

/** Words beside them that name nobody. */
const NEUTRAL = wordsOf(
  `v aws iac infra infrastructure platform prod production stage staging dev development test testing main master app api web backend
  frontend network data account project repo branch env cloud session role the and for of on in from by to`,
);

/** A number that is too short for a time: of a build, or of a person. */
const NUMBER = /^\d{5,}$/;

const ID = /[0-9a-f]{8}-[0-9a-f]{4}|^i-[0-9a-f]{8}/i;

/** An ID of letters alone has so many of them. */
const LEAST_LETTERS = 8;
/** Fewer words are no sign that a program makes them up. */
const LEAST_IDS = 5;

/** The words that may be IDs, mostly none; undefined if the name is not one of a program. */
export function unknownWords(
  { session, role }: Pick<Actor, 'session' | 'role'>,
  { carrier }: Pick<Program, 'carrier'>,
): readonly string[] | undefined {
  if (session === null || session.includes('@')) return undefined;
  // Nobody runs a controller at a keyboard.
  if (isMadeUp(session) || NUMBER.test(session))
    return carrier === 'controller' || carrier === 'cloudformation' ? [] : undefined;
  if (ID.test(session)) return [];
  const own = role !== null && wordsIn(role).some(isOfProgram) ? role : '';
  const isOfRole = own !== '' && session.includes(own);
  const words = wordsIn(isOfRole ? session.replace(own, ' ') : session);
  if (!isOfRole && !words.some(isOfProgram)) return undefined;
  const unknown = words.filter((word) => !isNobody(word));
  return unknown.every(({ length }) => length >= LEAST_LETTERS) ? unknown : undefined;
}

/** A word that is no ID, because it comes again on another day, or because there are few of them; null if all are IDs. */
export function nameIn(ids: Names<Seen>): string | null {
  const again = ids.entries().find(([, { first, last }]) => daysBetween(first, last) > 0);
  const few = ids.size < LEAST_IDS ? ids.entries()[0] : undefined;
  return (again ?? few)?.[0] ?? null;
}

function isOfProgram(word: string): boolean {
  return OF_PROGRAMS.has(word) || OF_PROGRAMS.has(word.replace(/(?<!\d)\d+$/, ''));
}

/** `dana2` may be a person, `build42` and `7f3a9c` are none. */
function isNobody(word: string): boolean {
  const letters = /^(\D*)\d+$/.exec(word)?.[1] ?? word;
  return letters === '' || isKnown(letters) || /\d/.test(letters);
}

function isKnown(word: string): boolean {
  return OF_PROGRAMS.has(word) || NEUTRAL.has(word);
}

/** In small letters: `GitHubActions-42` is `githubactions` and `42`, `TerraformDeploy` two words. */
function wordsIn(name: string): readonly string[] {
  return name.split(/[^\p{L}\p{N}]+/u).flatMap((part) => {
    const whole = part.toLowerCase();
    if (whole === '') return [];
    const inside = part.split(/(?<=\p{Ll})(?=\p{Lu})/u).map((word) => word.toLowerCase());
    return inside.some((word) => isKnown(word)) && !isKnown(whole) ? inside : whole;
  });
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/));
}
