/** ARNs of which calls have two parts, each in a member of its own. */
import type { Arn, ArnParts } from './arn.js';
import { membersHave, mentions } from './mentions.js';

const FUNCTION = ['requestParameters.functionName'];
const QUALIFIER = ['name', 'qualifier', 'functionVersion'].map((one) => `requestParameters.${one}`);

/** `pay`, and `pay:live` with an alias or a version. Calls about any alias or version of `pay` are about `pay` too. */
export function lambdaFunction({ text, account, name }: Arn): ArnParts {
  const [own = '', qualifier] = name.split(':');
  const arn = qualifier === undefined ? text : text.slice(0, -qualifier.length - 1);
  const spelt = [own, `function:${own}`, `${account}:function:${own}`, arn];
  const isOwn = membersHave(FUNCTION, spelt);
  const withEnd = (end: string): readonly string[] => spelt.map((one) => `${one}:${end}`);
  if (qualifier === undefined) {
    const isPart = membersHave(FUNCTION, withEnd(''), 'startsWith');
    return { names: [own], condition: { kind: 'any', of: [isOwn, isPart] } };
  }
  const isQualified = membersHave(FUNCTION, withEnd(qualifier));
  const isBoth = { kind: 'all', of: [isOwn, membersHave(QUALIFIER, [qualifier])] } as const;
  return {
    names: [`${own}:${qualifier}`],
    condition: { kind: 'any', of: [isQualified, isBoth] },
  };
}

/** A bucket or an object. The key of an object may contain slashes. */
export function object({ text }: Arn): ArnParts {
  const [, bucket = '', key] = /^arn:[^:]*:s3:[^:]*:[^:]*:([^/]+)(?:\/(.+))?$/s.exec(text) ?? [];
  const names = [key === undefined ? bucket : `${bucket}/${key}`];
  if (key === undefined) return { names, condition: mentions(names) };
  const isBoth = {
    kind: 'all',
    of: [
      membersHave(['requestParameters.bucketName'], [bucket]),
      membersHave(['requestParameters.key'], [key]),
    ],
  } as const;
  return { names, condition: { kind: 'any', of: [mentions(names), isBoth] } };
}
