/** `notify` in hunt.yml and `--notify`: where messages about reports go. */
import { HuntError } from '../../../errors.js';
import { kindOfHost, NOTICE_KINDS, type NoticeKind } from '../../../report/notice/bodies.js';
import { didYouMean } from '../../../text/did-you-mean.js';
import { MappingReader, textOf } from '../../../yaml/mapping.js';
import type { YamlNode } from '../../../yaml/parse.js';
import type { Written } from '../written.js';

/** As it is written: an address may stand in an environment variable, so that no secret is in a file. */
export interface NotifyTarget {
  readonly url: Written;
  readonly as: NoticeKind | undefined;
}

/** An address to send to. */
export interface NotifyAddress {
  readonly url: URL;
  readonly kind: NoticeKind;
  /** What may be shown of it. The rest of a webhook's address is a secret. */
  readonly host: string;
}

const KEYS = ['url', 'as'];

/** `notify: env:HUNT_WEBHOOK`, or a list of such texts or of `{ url, as }`. Throws a HuntError with the position of a mistake. */
export function readNotifyConfig(mapping: MappingReader): readonly NotifyTarget[] {
  const node = mapping.get('notify');
  if (node === undefined) return [];
  const items = node.kind === 'list' ? node.items : [node];
  return items.map((item) => readTarget(item, mapping.what));
}

function readTarget(node: YamlNode, file: string): NotifyTarget {
  const what = `${file}: notify`;
  if (node.kind === 'scalar')
    return { url: { text: textOf(node, what, 'CONFIG'), where: what }, as: undefined };
  const mapping = new MappingReader(node, KEYS, { what, code: 'CONFIG' });
  return { url: { text: mapping.required('url'), where: what }, as: readKind(mapping) };
}

function readKind(mapping: MappingReader): NoticeKind | undefined {
  const text = mapping.text('as');
  if (text === undefined) return undefined;
  const kind = NOTICE_KINDS.find((name) => name === text);
  if (kind !== undefined) return kind;
  return mapping.fail(
    `${mapping.what}: as must be one of ${NOTICE_KINDS.join(', ')}.${didYouMean(text, NOTICE_KINDS)}`,
    'as',
  );
}

/**
 * The address of a target. `env:NAME` stands for the value of an environment variable. Throws a HuntError that shows nothing of
 * the address but its host.
 */
export function notifyAddress(
  { url: { text, where }, as }: NotifyTarget,
  environment: Readonly<Record<string, string | undefined>>,
): NotifyAddress {
  const [, name] = /^env:(.+)$/s.exec(text) ?? [];
  const address = name === undefined ? text : environment[name];
  if (!address)
    throw new HuntError('USAGE', `${where}: the environment has no ${name ?? 'address'}`);
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new HuntError(
      'USAGE',
      `${where}${name === undefined ? '' : ` (${name})`} is not an address: write https://…, or env:NAME for one in an environment variable`,
    );
  return { url, kind: as ?? kindOfHost(url.hostname), host: url.host };
}
