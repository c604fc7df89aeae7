/** Security Hub, Macie and Access Analyzer: whether they look, and what they hide. */
import type { ChangeEvent, Description } from '../../../change.js';
import type { Describers } from '../../../describers.js';
import { changing } from '../../../request/call.js';
import { firstText, listOf, memberAt, memberOf, textOf } from '../../../request/request.js';
import { listed, shortened } from '../../../sentence.js';
import { counted } from '../../../../text/counted.js';
import {
  about,
  alteration,
  answeredCreation,
  creation,
  deletion,
  lastPart,
  namedInCall,
  stateOf,
  subjectOf,
  type Subject,
} from '../../../request/subject.js';
import { wholeService } from './off.js';
import { suppressingCreation } from './suppression.js';
import { otherSettings } from '../../../request/settings.js';

export const securityHub: Describers = {
  EnableSecurityHub: (event) => wholeService(event, 'Security Hub', true),
  DisableSecurityHub: (event) => wholeService(event, 'Security Hub', false),
  EnableSecurityHubV2: (event) => wholeService(event, 'Security Hub', true),
  DisableSecurityHubV2: (event) => wholeService(event, 'Security Hub', false),
  BatchEnableStandards: (event) => ({
    verb: 'switch on',
    object: `standards of Security Hub${standardsText(event)}`,
  }),
  BatchDisableStandards: (event) => ({
    verb: 'switch off',
    object: `standards of Security Hub${standardsText(event)}`,
  }),
  UpdateStandardsControl: about(namedInCall('control', 'standardsControlArn'), describeControl),
  EnableImportFindingsForProduct: (event) => product(event, 'switch on'),
  DisableImportFindingsForProduct: (event) => product(event, 'switch off'),
  BatchUpdateFindings: ({ requestParameters }) => {
    const findings =
      memberOf(requestParameters, 'findingIdentifiers') ??
      memberOf(requestParameters, 'FindingIdentifiers');
    const status =
      textOf(memberAt(requestParameters, 'workflow', 'status')) ??
      textOf(memberAt(requestParameters, 'Workflow', 'Status'));
    return {
      verb: 'change',
      object: `${counted(listOf(findings).length, 'finding')} of Security Hub${status === undefined ? '' : `: ${shortened(status)}`}`,
    };
  },
  CreateAutomationRule: suppressingCreation(
    answeredCreation(
      namedInCall('automation rule of Security Hub', 'ruleName'),
      ['ruleArn'],
      automationText,
    ),
    suppresses,
  ),
  BatchDeleteAutomationRules: ({ requestParameters }) => {
    const arns = ['automationRulesArns', 'AutomationRulesArns']
      .flatMap((name) => listOf(memberOf(requestParameters, name)))
      .flatMap((item) => textOf(item) ?? []);
    const rules = arns.map((arn) => subjectOf('automation rule of Security Hub', lastPart(arn)));
    return {
      verb: 'delete',
      object: listed(
        rules.map(({ text }) => text),
        ', ',
        4,
      ),
      resources: rules.map(({ resource }) => resource),
      removes: rules.map(({ key }) => key),
    };
  },
  DeleteInsight: deletion(namedInCall('insight', 'insightArn')),
  DeleteActionTarget: deletion(namedInCall('action', 'actionTargetArn')),
};

export const macie: Describers = {
  EnableMacie: (event) => wholeService(event, 'Macie', true),
  DisableMacie: (event) => wholeService(event, 'Macie', false),
  UpdateMacieSession: (event) => {
    const status = firstText(event.requestParameters, 'status');
    return status === undefined
      ? {
          verb: 'change',
          object: ['settings of Macie', ...otherSettings(event, [])].join(': '),
        }
      : wholeService(event, 'Macie', status !== 'PAUSED');
  },
  CreateFindingsFilter: answeredCreation(
    namedInCall('filter of Macie', 'name'),
    ['id'],
    archiveText,
  ),
  UpdateFindingsFilter: alteration(
    namedInCall('filter of Macie', 'id'),
    ({ text }, event) => `${text}${archiveText(event)}`,
  ),
  DeleteFindingsFilter: deletion(namedInCall('filter of Macie', 'id')),
  CreateAllowList: answeredCreation(namedInCall('allow list of Macie', 'name'), ['id']),
  DeleteAllowList: deletion(namedInCall('allow list of Macie', 'id')),
  CreateClassificationJob: answeredCreation(namedInCall('job of Macie', 'name'), ['jobId']),
  UpdateClassificationJob: alteration(
    namedInCall('job of Macie', 'jobId'),
    ({ text }, { requestParameters }) =>
      `${text}: ${shortened(firstText(requestParameters, 'jobStatus') ?? 'unknown')}`,
  ),
  PutClassificationExportConfiguration: (event) => ({
    verb: 'set',
    object: ["where Macie's results go", ...otherSettings(event, [])].join(': '),
  }),
};

const analyzerOf = namedInCall('analyzer', 'analyzerName');

export const accessAnalyzer: Describers = {
  CreateAnalyzer: creation(analyzerOf),
  DeleteAnalyzer: deletion(analyzerOf),
  UpdateAnalyzer: changing(analyzerOf),
  CreateArchiveRule: about(analyzerOf, describeRule('create')),
  UpdateArchiveRule: about(analyzerOf, describeRule('change')),
  DeleteArchiveRule: about(analyzerOf, describeRule('delete')),
  ApplyArchiveRule: ({ requestParameters }) => ({
    verb: 'apply',
    object: `archive rule ${shortened(firstText(requestParameters, 'ruleName') ?? 'without a name')}`,
  }),
  UpdateFindings: ({ requestParameters }) => ({
    verb: 'change',
    object: `findings of Access Analyzer: ${shortened(firstText(requestParameters, 'status') ?? 'unknown')}`,
  }),
};

function suppresses({ requestParameters: request }: ChangeEvent): boolean {
  const actions = ['actions', 'Actions'].flatMap((name) => listOf(memberOf(request, name)));
  return actions.some((action) =>
    [
      memberAt(action, 'findingFieldsUpdate', 'workflow', 'status'),
      memberAt(action, 'FindingFieldsUpdate', 'Workflow', 'Status'),
    ].includes('SUPPRESSED'),
  );
}

function standardsText({ requestParameters: request }: ChangeEvent): string {
  const names = [
    'standardsSubscriptionArns',
    'StandardsSubscriptionArns',
    'standardsSubscriptionRequests',
    'StandardsSubscriptionRequests',
  ]
    .flatMap((name) => listOf(memberOf(request, name)))
    .flatMap((item) => textOf(item) ?? firstText(item, 'standardsArn', 'StandardsArn') ?? [])
    .map((arn) => shortened(arn.replace(/^arn:.*?:(?:subscription|standards|ruleset)\//s, ''), 80));
  return names.length === 0 ? '' : `: ${listed(names, ', ', 4)}`;
}

function describeControl(control: Subject, { requestParameters }: ChangeEvent): Description {
  const on = firstText(requestParameters, 'controlStatus', 'ControlStatus') !== 'DISABLED';
  const states = [stateOf(control, 'off')];
  return on
    ? { verb: 'switch on', object: `${control.text} of Security Hub`, ends: states }
    : { verb: 'switch off', object: `${control.text} of Security Hub`, begins: states };
}

function product(
  { requestParameters }: ChangeEvent,
  verb: 'switch on' | 'switch off',
): Description {
  const arn = firstText(
    requestParameters,
    'productSubscriptionArn',
    'ProductSubscriptionArn',
    'productArn',
    'ProductArn',
  );
  const name = arn?.replace(/^arn:.*?:product(?:-subscription)?\//s, '') ?? 'a product';
  return { verb, object: `findings of ${shortened(name, 80)} in Security Hub` };
}

/** What the rule makes of findings: one that suppresses them hides what Security Hub sees. */
function automationText({ requestParameters: request }: ChangeEvent): string {
  const actions = listOf(memberOf(request, 'actions') ?? memberOf(request, 'Actions'));
  const said = actions.flatMap((action) => {
    const update =
      memberOf(action, 'findingFieldsUpdate') ?? memberOf(action, 'FindingFieldsUpdate') ?? null;
    const within = (name: string, member: string): string | undefined => {
      const found = memberOf(update, name) ?? memberOf(update, name.toLowerCase()) ?? null;
      return firstText(found, member, member.toLowerCase());
    };
    const status = within('Workflow', 'Status');
    const severity = within('Severity', 'Label');
    return [
      ...(status === 'SUPPRESSED' ? ['it suppresses findings'] : []),
      ...(status === undefined || status === 'SUPPRESSED'
        ? []
        : [`it makes findings ${shortened(status)}`]),
      ...(severity === undefined ? [] : [`it gives findings severity ${shortened(severity)}`]),
    ];
  });
  const isOff = firstText(request, 'ruleStatus', 'RuleStatus') === 'DISABLED';
  const all = [...said, ...(isOff ? ['off'] : [])];
  return all.length === 0 ? '' : `: ${listed(all, ', ', 3)}`;
}

function archiveText({ requestParameters }: ChangeEvent): string {
  return firstText(requestParameters, 'action') === 'ARCHIVE' ? ': it archives findings' : '';
}

function describeRule(verb: 'create' | 'change' | 'delete') {
  return (analyzer: Subject, { requestParameters }: ChangeEvent): Description => {
    const name = shortened(firstText(requestParameters, 'ruleName') ?? 'without a name');
    const states = [stateOf(analyzer, `has archive rule ${name}`)];
    return {
      verb,
      object: `archive rule ${name} of ${analyzer.text}`,
      ...(verb === 'create' && { begins: states }),
      ...(verb === 'delete' && { ends: states }),
    };
  };
}
