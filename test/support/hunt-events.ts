/** Hunts events given in a test, through the same door as the command: a dump on standard input. */
import { Readable } from 'node:stream';
import { DAY } from '../../src/cloudtrail/time/window.js';
import type { HuntContext } from '../../src/hunt/hunt.js';
import { runLogsHunt } from '../../src/hunt/logs/hunt.js';
import type { LogsRequest } from '../../src/hunt/logs/request.js';
import type { Finding } from '../../src/report/finding.js';
import type { Report, Section } from '../../src/report/report.js';
import { bind, type ParameterSettings } from '../../src/rule/bind.js';
import { DEFAULT_RULE } from '../../src/rule/catalog/built-in.js';
import { findRule } from '../../src/rule/catalog/find.js';
import type { Rule } from '../../src/rule/rule.js';

export interface HuntEventsOptions
  extends Partial<Omit<LogsRequest, 'rules'>>, Partial<HuntContext> {
  readonly rules?: readonly Rule[];
  /** Values for parameters. */
  readonly set?: Readonly<Record<string, readonly string[] | 'any'>>;
}

/** A report whose findings are a list, as in its JSON; each section also has those that its rule matched, as if it were alone. */
export interface ListedReport extends Omit<Report, 'sections' | 'findings'> {
  readonly sections: readonly ListedSection[];
  readonly findings: readonly Finding[];
}

export interface ListedSection extends Section {
  readonly findings: readonly Finding[];
}

/** A report of a hunt, or one that was read from its JSON. */
export function listedReport(report: Report): ListedReport {
  const findings = [...report.findings];
  const sections = report.sections.map((section) => ({
    ...section,
    findings: findings.flatMap((finding) => {
      const rules = finding.rules.filter(({ id }) => id === section.rule.id);
      return rules.length === 0 ? [] : [{ ...finding, rules }];
    }),
  }));
  return { ...report, sections, findings };
}

/** The report of a hunt over text as it would stand in a file. */
export async function huntText(
  text: string,
  options: HuntEventsOptions = {},
): Promise<ListedReport> {
  const { rules = [findRule(DEFAULT_RULE)], set = {}, ...others } = options;
  const { version = '0.0.0', config = null, warnings = [], run, subject, ...request } = others;
  const settings: ParameterSettings = new Map(
    Object.entries(set).map(([name, values]) => [name, { values, source: 'option' }]),
  );
  const report = await runLogsHunt(
    {
      paths: ['-'],
      stdin: () => Readable.from([Buffer.from(text)]),
      window: { since: undefined, until: undefined },
      late: DAY,
      exclusions: true,
      filters: [],
      workers: 1,
      prefilter: true,
      ...request,
      rules: rules.map((rule) => bind(rule, settings)),
    },
    { version, config, warnings, run, subject },
  );
  return listedReport(report);
}

/** The report of a hunt over events. */
export function huntEvents(
  events: readonly unknown[],
  options: HuntEventsOptions = {},
): Promise<ListedReport> {
  return huntText(JSON.stringify({ Records: events }), options);
}

/** The one section of a report. */
export function onlySection(report: ListedReport): ListedSection {
  const [section, ...others] = report.sections;
  if (section === undefined || others.length > 0) throw new Error('expected one section');
  return section;
}

/** An event that the seed rule matches with its default parameters; `changes` overrides its fields. */
export function openedGroup(
  changes: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    eventVersion: '1.08',
    userIdentity: {
      type: 'AssumedRole',
      principalId: 'AROAEXAMPLE0000000000:dana',
      arn: 'arn:aws:sts::112233445566:assumed-role/SecurityAdmin/dana',
      accountId: '112233445566',
    },
    eventTime: '2026-01-14T09:30:00Z',
    eventSource: 'ec2.amazonaws.com',
    eventName: 'AuthorizeSecurityGroupIngress',
    awsRegion: 'eu-west-1',
    sourceIPAddress: '198.51.100.7',
    userAgent: 'console.ec2.amazonaws.com',
    requestParameters: {
      groupId: 'sg-0a1b2c3d4e5f60718',
      ipPermissions: {
        items: [
          {
            ipProtocol: 'tcp',
            fromPort: 22,
            toPort: 22,
            groups: {},
            ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] },
            ipv6Ranges: {},
            prefixListIds: {},
          },
        ],
      },
    },
    responseElements: { requestId: '00000000-0000-4000-8000-00000000000a', _return: true },
    requestID: '00000000-0000-4000-8000-00000000000a',
    eventID: '00000000-0000-4000-8000-000000000001',
    eventType: 'AwsApiCall',
    recipientAccountId: '112233445566',
    ...changes,
  };
}
