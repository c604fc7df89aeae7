/** What a reader must not miss in a finding. Words say it; the colour only makes it easier to find. */
import type { VNode } from 'preact';
import type { DispositionMark, ExposureMark } from '../page/blocks/block.js';
import type { Text } from '../page/blocks/text.js';
import { Words } from './text.js';

interface Marked {
  /** The call failed, and changed nothing. */
  readonly failure: Text | null;
  readonly exposure: ExposureMark | null;
  /** What it is beside others. */
  readonly disposition?: DispositionMark | null;
}

/** In the order failure, disposition, exposure; nothing for those that are null. */
export function Marks({ failure, exposure, disposition = null }: Marked): VNode {
  return (
    <>
      {failure === null ? null : <Mark of={failure} level="warn" />}
      {disposition === null ? null : (
        <Mark of={disposition.text} level={disposition.isSettled ? 'settled' : 'warn'} />
      )}
      {exposure === null ? null : (
        <Mark of={exposure.text} level={exposure.direction === 'ingress' ? 'danger' : 'warn'} />
      )}
    </>
  );
}

type Level = 'danger' | 'warn' | 'settled';

function Mark({ of, level }: { readonly of: Text; readonly level: Level }): VNode {
  return (
    <>
      <strong class={`mark ${level}`}>
        <Words of={of} />
      </strong>{' '}
    </>
  );
}
