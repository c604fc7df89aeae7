import { userInfo } from 'node:os';
import type { CommandContext } from '../context.js';

/** The name of whoever runs hunt, for what they do not name themselves. */
export function userName({ environment }: Pick<CommandContext, 'environment'>): string {
  return environment['USER'] ?? environment['USERNAME'] ?? userInfo().username;
}
