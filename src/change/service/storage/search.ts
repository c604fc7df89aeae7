/** OpenSearch Serverless: which networks reach its collections. */
import { parseJson, type Json } from '../../../cloudtrail/json.js';
import type { ChangeEvent, Description } from '../../change.js';
import type { Describers } from '../../describers.js';
import { EVERYONE, names, textsIn } from '../../request/call.js';
import { flagMember, itemsOf, listOf, memberOf, textMember } from '../../request/request.js';
import { deleted, stateOf, subjectOf, type Subject } from '../../request/subject.js';

export const searchPolicies: Describers = {
  CreateSecurityPolicy: (event) => describe(event, 'create'),
  UpdateSecurityPolicy: (event) => describe(event, 'set'),
  DeleteSecurityPolicy: (event) => {
    const policy = policyOf(event);
    return policy && { ...deleted(policy), resources: [policy.resource] };
  },
};

/** Policies of two types may have the same name. */
function policyOf({ requestParameters: request }: ChangeEvent): Subject | undefined {
  const name = textMember(request, 'name');
  const type = textMember(request, 'type') ?? 'security';
  return name === undefined ? undefined : subjectOf(`${type} policy`, name);
}

function describe(event: ChangeEvent, verb: 'create' | 'set'): Description | undefined {
  const policy = policyOf(event);
  if (policy === undefined) return undefined;
  const resources = [policy.resource];
  const begins = verb === 'create' ? [stateOf(policy, 'exists')] : [];
  const rules = rulesOf(memberOf(event.requestParameters, 'policy') ?? null);
  // An update may change the description alone.
  if (rules === undefined || textMember(event.requestParameters, 'type') !== 'network')
    return { verb, object: policy.text, resources, begins };
  const open = rules.filter((rule) => flagMember(rule, 'AllowFromPublic') === true);
  const states = [stateOf(policy, 'lets in every network')];
  if (open.length === 0)
    return { verb, object: `${policy.text}: no public access`, resources, begins, ends: states };
  const what = open.flatMap((rule) =>
    itemsOf(memberOf(rule, 'Rules')).flatMap((one) => textsIn(one, 'Resource')),
  );
  return {
    verb,
    object: `${policy.text}: everyone reaches ${what.length === 0 ? 'collections' : names([...new Set(what)])} over the internet`,
    resources,
    exposure: EVERYONE,
    begins: [...begins, ...states],
  };
}

/** The policy is a list as JSON text. Undefined where the call has none, or one that cannot be read. */
function rulesOf(policy: Json): readonly Json[] | undefined {
  try {
    const document = typeof policy === 'string' ? parseJson(policy) : policy;
    return document === null ? undefined : listOf(document);
  } catch {
    return undefined;
  }
}
