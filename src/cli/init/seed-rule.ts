/**
 * The parameters of AWS.EC2.ManualSecurityGroupChange. They know roles by a text in the ARN of a session, and no networks. So a role
 * is named only where nobody else used its tool with it, from anywhere.
 */
import type { InitPlan } from '../../hunt/init/plan.js';
import { plain } from './words.js';

const MOST = 50;

/** The lines of `parameters`. */
export function* seedLines({ decisions }: InitPlan): Generator<string> {
  yield '# The rule AWS.EC2.ManualSecurityGroupChange, without which hunt applies it, has no "allow". It has a list of user agents,';
  yield '# and a list of texts in the ARNs of sessions. Whoever has both is left out, from every address.';
  yield 'parameters:';
  yield '  ALLOWED_USER_AGENTS: ["* HashiCorp/?.0 Terraform/*"]';
  const clean = new Set<string>();
  const others = new Set<string>();
  for (const [{ program, principal }, decision] of decisions) {
    if (program.carrier !== 'terraform' || !('proposal' in decision)) continue;
    // A name that is none of a role may hold anything.
    if (!principal.isExact) continue;
    const text = sessionText(principal.id);
    if (text === undefined) continue;
    const isClean = decision.kind === 'allow' && decision.notes.length === 0;
    (isClean ? clean : others).add(text);
  }
  const listed = [...clean].filter((text) => !others.has(text)).slice(0, MOST);
  yield `  ALLOWED_ROLE_NAMES: [${listed.map((text) => JSON.stringify(text)).join(', ')}]`;
  for (const text of [...others].slice(0, MOST))
    yield `  # Question: Terraform with this role is not always the same, see above. To allow it there too, add ${plain(JSON.stringify(text))}`;
}

/** The part of the ARN of a session that names the account and the role, and that no name of a session can have. */
function sessionText(role: string): string | undefined {
  const [, account, name] = /^arn:[^:]*:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/s.exec(role) ?? [];
  return account === undefined ? undefined : `:${account}:assumed-role/${name}/`;
}
