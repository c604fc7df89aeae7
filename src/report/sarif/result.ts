/** A finding as a result of SARIF. */
import { hexOf } from '../../text/short-hash.js';
import { truncate } from '../../text/width.js';
import type { Disposition, ExceptionUse } from '../disposition.js';
import type { Finding } from '../finding.js';
import { identityOf } from '../identity.js';
import type { AccountNames } from '../page/blocks/account-name.js';
import { findingWords } from '../page/finding/finding.js';
import { joined, plainText } from '../page/blocks/text.js';
import { leadingRule } from '../severity.js';
import { levelOf } from './rule.js';
import { messageText, uriOf } from './text.js';

/** In columns. */
const NAME = 512;
const RESOURCES = 20;

export interface ResultSettings {
  readonly accountNames: AccountNames;
  /** The place of each rule among the rules of the run. */
  readonly ruleIndex: ReadonlyMap<string, number>;
  readonly exceptions: ReadonlyMap<string, ExceptionUse>;
}

/** One finding is one result, of the rule that takes it most seriously. The other rules are among its properties. */
export function resultOf(finding: Finding, settings: ResultSettings): object {
  const rule = leadingRule(finding.rules);
  const index = settings.ruleIndex.get(rule?.id ?? '');
  return {
    ...(rule && { ruleId: rule.id }),
    ...(index !== undefined && { ruleIndex: index }),
    level: levelOf(rule?.severity ?? 'Medium'),
    message: { text: messageOf(finding, settings.accountNames) },
    locations: [locationOf(finding)],
    partialFingerprints: fingerprintsOf(finding),
    ...(finding.disposition !== null && {
      suppressions: suppressionsOf(finding.disposition, settings.exceptions),
    }),
    properties: propertiesOf(finding),
  };
}

/** Viewers show the first sentence as the title. */
function messageOf(finding: Finding, accountNames: AccountNames): string {
  const { title, when, actor, how, failure, exposure } = findingWords(finding, accountNames);
  const sentences = [
    title,
    ...[failure, exposure].filter((one) => one !== null),
    joined([when, actor, how], ', '),
  ];
  return messageText(sentences.map((one) => `${plainText(one)}.`).join(' '));
}

/** The file, and the event in it by its ID: logs have no lines that a reader could open. */
function locationOf({
  source,
  eventID,
  eventName,
  awsRegion,
  recipientAccountId,
}: Finding): object {
  const path = [recipientAccountId, awsRegion, eventName, eventID].map((part) => part ?? '-');
  return {
    // Standard input has no address.
    ...(source !== null &&
      source !== '-' && { physicalLocation: { artifactLocation: { uri: uriOf(source) } } }),
    logicalLocations: [
      {
        name: truncate(eventID ?? 'event without an ID', NAME),
        fullyQualifiedName: truncate(path.join('/'), NAME),
        kind: 'event',
      },
    ],
  };
}

/** The identity by which hunt itself knows a finding again. GitHub reads the second name alone. */
function fingerprintsOf(finding: Finding): object {
  const identity = hexOf(identityOf(finding));
  return { 'huntFinding/v1': identity, primaryLocationLineHash: identity };
}

/** An exception that accepts the finding. An empty list says that nothing suppresses it. */
function suppressionsOf(
  { status, exception }: Disposition,
  exceptions: ResultSettings['exceptions'],
): readonly object[] {
  if (status !== 'accepted') return [];
  const use = exception === null ? undefined : exceptions.get(exception);
  const justification = use && messageText(`${use.id} until ${use.expires}: ${use.reason}`);
  return [{ kind: 'external', status: 'accepted', ...(justification && { justification }) }];
}

/** What viewers can filter by. The whole event is in the JSON report. */
function propertiesOf(finding: Finding): object {
  const { eventTime, recipientAccountId, awsRegion, sourceIPAddress, actor, how } = finding;
  const { change, outcome, rules, disposition, story } = finding;
  const resources = change?.resources ?? [];
  return {
    time: eventTime,
    account: bounded(recipientAccountId),
    region: bounded(awsRegion),
    address: bounded(sourceIPAddress),
    actor: bounded(actor.name),
    principal: bounded(actor.principal),
    tool: bounded(how.tool),
    class: how.class,
    outcome,
    exposure: change?.exposure ?? null,
    resources: resources.slice(0, RESOURCES).map(({ type, id }) => ({ type, id: bounded(id) })),
    // Of a change that is cut, there are more than can be counted.
    ...(resources.length > RESOURCES && { moreResources: resources.length - RESOURCES }),
    ...(change?.isCut === true && { isCut: true }),
    rules: rules.map(({ id, severity }) => ({ id, severity })),
    status: disposition?.status ?? null,
    ticket: disposition?.ticket?.id ?? null,
    story,
  };
}

function bounded(text: string | null): string | null {
  return text === null ? null : truncate(text, NAME);
}
