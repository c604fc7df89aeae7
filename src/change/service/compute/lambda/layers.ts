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
  DeleteLayerVersion: about(layerOf, (layer, { requestParameters }) => ({
    verb: 'delete',
    object: `version ${shortened(textMember(requestParameters, 'versionNumber') ?? 'unnamed')} of ${layer.text}`,
  })),
};

function layerOf({ requestParameters }: ChangeEvent): Subject | undefined {
  const name = textMember(requestParameters, 'layerName');
  return name === undefined ? undefined : subjectOf('layer', lastPart(name));
}
