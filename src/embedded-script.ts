/**
 * Part of the build: a script of a page as text. `import SCRIPT from './main.ts?embedded'` gives the bundled and minified script,
 * so that what renders a page needs no file at run time. The tests use it too.
 */
import { dirname, resolve } from 'node:path';
import { rolldown } from 'rolldown';

const SUFFIX = '?embedded';
const PREFIX = '\0embedded:';

/** For the build, and for the tests, which load the sources. The same sources give the same text. */
export function embeddedScript() {
  return {
    name: 'embedded-script',
    // Before the plugins of the test runner, which would take the script for a module.
    enforce: 'pre' as const,
    resolveId(source: string, importer: string | undefined): string | undefined {
      if (!source.endsWith(SUFFIX) || importer === undefined) return undefined;
      return PREFIX + resolve(dirname(importer), source.slice(0, -SUFFIX.length));
    },
    async load(id: string): Promise<string | undefined> {
      if (!id.startsWith(PREFIX)) return undefined;
      return `export default ${JSON.stringify(await bundled(id.slice(PREFIX.length)))};`;
    },
  };
}

async function bundled(input: string): Promise<string> {
  const bundle = await rolldown({ input, platform: 'browser', transform: { target: 'es2023' } });
  const { output } = await bundle.generate({ format: 'iife', minify: true });
  await bundle.close();
  const [{ code }] = output;
  // A script of a page cannot contain the end of its element. Only ASCII: reports have nothing else that could be escaped.
  return code
    .trim()
    .replaceAll(/<(?=\/script|!--)/gi, '\\x3c')
    .replaceAll(
      /[^\n\x20-\x7e]/g,
      (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
    );
}
