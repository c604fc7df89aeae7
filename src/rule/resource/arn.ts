/** The parts of an ARN, and the texts that stand for it in the calls of every service. */
import type { Condition } from '../condition/condition.js';
import { isUniqueId } from './unique.js';

export interface Arn {
  readonly text: string;
  readonly service: string;
  /** Empty where the ARN has none, as those of IAM and CloudFront. */
  readonly region: string;
  /** Empty where the ARN has none, as that of a bucket. */
  readonly account: string;
  /** `function` of `function:pay`; empty for a topic, of which the name alone follows the account. */
  readonly type: string;
  /** What follows the type. */
  readonly name: string;
}

export interface ArnParts {
  readonly names: readonly string[];
  /** Whether a call of the service, in the account and region of the ARN, is about it. */
  readonly condition: Condition;
}

/** Undefined for another text. */
export function arnOf(given: string): Arn | undefined {
  // Log groups and functions have ARNs with and without what follows the name.
  const text = given.replace(/:\*$/, '');
  const [, service, region, account, rest] =
    /^arn:[^:]*:([^:]*):([^:]*):([^:]*):(.+)$/s.exec(text) ?? [];
  if (service === undefined || region === undefined || account === undefined || !rest)
    return undefined;
  const [, type = '', name = rest] = /^([a-z-]+)[/:](.+)$/is.exec(rest) ?? [];
  return { text, service, region, account, type, name };
}

/** Of other services people choose the names, and a name such as `logs-20260114` only looks like an ID. */
const WITH_IDS: ReadonlySet<string> = new Set(['ds', 'ec2', 'elasticfilesystem', 'fsx', 'ssm']);
const CHOSEN: ReadonlySet<string> = new Set(['key-pair', 'parameter', 'placement-group']);
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The texts that mean the resource wherever they stand: the ARN, and the ID where no other thing has it. */
export function arnSpellings({ text, service, type, name }: Arn): readonly string[] {
  const id = name.slice(name.lastIndexOf('/') + 1);
  const hasId = UUID.test(id) || (WITH_IDS.has(service) && !CHOSEN.has(type) && isUniqueId(id));
  const names = [
    text,
    `${text}:*`,
    ...(hasId ? [id] : []),
    // Calls may leave out the six characters that Secrets Manager adds to the name.
    ...(service === 'secretsmanager' ? [text.replace(SECRET_END, '')] : []),
  ];
  return [...new Set(names)];
}

export const SECRET_END = /-[A-Za-z0-9]{6}$/;
