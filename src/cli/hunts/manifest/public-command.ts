/** The command line without what must not stand in a file that people pass on. */

/** An address that people are told at has a secret in its path. */
const SECRET = new Set(['--notify']);
const HIDDEN = '***';

/** The arguments of the command line, without passwords in addresses and without the values of options that are secret. */
export function publicCommand(argv: readonly string[]): readonly string[] {
  return argv.map((argument, index) => {
    const [name = '', ...value] = argument.split('=');
    if (SECRET.has(name) && value.length > 0) return `${name}=${HIDDEN}`;
    if (SECRET.has(argv[index - 1] ?? '')) return HIDDEN;
    return argument.replace(/(\w:\/\/[^/:@\s]*):[^/@\s]*@/g, `$1:${HIDDEN}@`);
  });
}
