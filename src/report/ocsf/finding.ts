/** A finding as OCSF's Detection Finding (class 2004), of version 1.8.0. */
import type { Severity } from '../../rule/severity.js';
import { safeLine } from '../../text/safe-text.js';
import { hexOf } from '../../text/short-hash.js';
import type { FindingStatus } from '../disposition.js';
import type { Finding } from '../finding.js';
import { identityOf } from '../identity.js';
import type { AccountNames } from '../page/blocks/account-name.js';
import { findingWords } from '../page/finding/finding.js';
import { plainText } from '../page/blocks/text.js';
import type { RuleSummary } from '../rule-summary.js';
import { leadingRule } from '../severity.js';
import { analyticOf, attacksOf, remediationOf } from './analytic.js';
import { apiOf, cloudOf, evidenceOf, observablesOf, resourcesOf } from './evidence.js';
import { unmappedOf } from './unmapped.js';

const VERSION = '1.8.0';

export interface OcsfContext {
  /** The version of hunt. */
  readonly version: string;
  readonly accountNames: AccountNames;
  readonly rules: ReadonlyMap<string, RuleSummary>;
}

const SEVERITY: Readonly<Record<Severity, readonly [id: number, caption: string]>> = {
  Info: [1, 'Informational'],
  Low: [2, 'Low'],
  Medium: [3, 'Medium'],
  High: [4, 'High'],
  Critical: [5, 'Critical'],
};

/** OCSF has no word for what an earlier report has. */
const STATUS: Readonly<Record<FindingStatus, readonly [id: number, caption: string]>> = {
  new: [1, 'New'],
  expired: [1, 'New'],
  accepted: [3, 'Suppressed'],
  known: [99, 'Known from an earlier report'],
};

/** Its product comes first: by it hunt knows its own reports. */
export function detectionFinding(finding: Finding, context: OcsfContext): object {
  const { eventTime, disposition, errorCode, errorMessage } = finding;
  const leading = leadingRule(finding.rules);
  const rules = finding.rules.flatMap(({ id }) => context.rules.get(id) ?? []);
  const rule = rules.find(({ id }) => id === leading?.id);
  const uid = hexOf(identityOf(finding));
  const title = safeLine(plainText(findingWords(finding, context.accountNames).title));
  const [severityId, severityCaption] =
    leading === undefined ? [99, 'unknown'] : SEVERITY[leading.severity];
  const [statusId, status] = STATUS[disposition?.status ?? 'new'];
  // OCSF asks for a time. An event without a readable one is told by `unmapped`.
  const time = eventTime === null ? 0 : Date.parse(eventTime);
  const span = eventTime === null ? {} : { start_time: time, end_time: time };
  const seen = eventTime === null ? {} : { first_seen_time: time, last_seen_time: time };
  return {
    metadata: {
      product: { name: 'hunt', vendor_name: 'hunt', version: context.version },
      version: VERSION,
      profiles: ['cloud'],
      uid,
      log_name: 'AWS CloudTrail',
      ...(finding.eventID !== null && { original_event_uid: finding.eventID }),
    },
    category_uid: 2,
    category_name: 'Findings',
    class_uid: 2004,
    class_name: 'Detection Finding',
    activity_id: 1,
    activity_name: 'Create',
    type_uid: 200401,
    type_name: 'Detection Finding: Create',
    time,
    ...span,
    severity_id: severityId,
    severity: severityCaption,
    status_id: statusId,
    status,
    ...(errorCode !== null && { status_code: errorCode }),
    ...(errorMessage !== null && { status_detail: errorMessage }),
    is_alert: statusId === 1,
    message: title,
    finding_info: {
      uid,
      title,
      ...(rule && { desc: rule.description ?? rule.name, analytic: analyticOf(rule) }),
      types: rules.map(({ name }) => name),
      ...seen,
      data_sources: ['AWS CloudTrail'],
      related_analytics: rules.filter((one) => one !== rule).map(analyticOf),
      attacks: attacksOf(rules),
    },
    ...remediationOf(rule),
    cloud: cloudOf(finding, context.accountNames),
    api: apiOf(finding),
    resources: resourcesOf(finding),
    evidences: [evidenceOf(finding)],
    observables: observablesOf(finding),
    unmapped: unmappedOf(finding),
  };
}
