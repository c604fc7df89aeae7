/** CodeBuild: who may see the builds of a project. */
import type { Describers } from '../../describers.js';
import { EVERYONE, named } from '../../request/call.js';
import { textMember } from '../../request/request.js';
import { about, stateOf } from '../../request/subject.js';

export const builds: Describers = {
  UpdateProjectVisibility: about(named('project', 'projectArn'), (project, event) => {
    const visibility = textMember(event.requestParameters, 'projectVisibility');
    const states = [stateOf(project, 'builds open to everyone')];
    const object = `everyone read the builds, logs and artifacts of ${project.text}`;
    if (visibility === 'PUBLIC_READ')
      return { verb: 'let', object, exposure: EVERYONE, begins: states };
    if (visibility !== 'PRIVATE') return undefined;
    return { verb: 'stop', object: `letting ${object}`, ends: states };
  }),
};
