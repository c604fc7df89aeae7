/** Layers of Lambda: code that functions share. */
import type { ChangeEvent } from '../../../change.js';
import type { Describers } from '../../../describers.js';
import { textMember } from '../../../request/request.js';
import { shortened } from '../../../sentence.js';
import { about, lastPart, subjectOf, type Subject } from '../../../request/subject.js';

export const layers: Describers = {
  PublishLayerVersion: about(layerOf, (layer) => ({
    verb: 'publish',
    object: `a version of ${layer.text}`,
  })),
  DeleteLayerVersion: about(layerVersionOf, (version, event) => ({
    verb: 'delete',
    object: `version ${shortened(textMember(event.requestParameters, 'versionNumber') ?? 'unnamed')} of ${layerOf(event)?.text ?? 'a layer'}`,
    removes: [version.key],
  })),
};

export function layerOf({ requestParameters }: ChangeEvent): Subject | undefined {
  const name = textMember(requestParameters, 'layerName');
  return name === undefined ? undefined : subjectOf('layer', lastPart(name));
}

/** Who may use a layer is said of each version. */
export function layerVersionOf({ requestParameters }: ChangeEvent): Subject | undefined {
  const name = textMember(requestParameters, 'layerName');
  if (name === undefined) return undefined;
  const version = textMember(requestParameters, 'versionNumber');
  return subjectOf(
    'layer',
    version === undefined ? lastPart(name) : `${lastPart(name)}:${version}`,
  );
}
