/** What a reader must not miss in a finding. Words say it; the colour only makes it easier to find. */
import type { VNode } from 'preact';
import type { ExposureMark } from '../page/block.js';
import type { Text } from '../page/text.js';
import { Words } from './text.js';

interface Marked {
  /** The call failed, and changed nothing. */
  readonly failure: Text | null;
  readonly exposure: ExposureMark | null;
}

export function Marks({ failure, exposure }: Marked): VNode {
  return (
    <>
      {failure === null ? null : <Mark of={failure} level="warn" />}
      {exposure === null ? null : (
        <Mark of={exposure.text} level={exposure.direction === 'ingress' ? 'danger' : 'warn'} />
      )}
    </>
  );
}

function Mark({ of, level }: { readonly of: Text; readonly level: 'danger' | 'warn' }): VNode {
  return (
    <>
      <strong class={`mark ${level}`}>
        <Words of={of} />
      </strong>{' '}
    </>
  );
}
