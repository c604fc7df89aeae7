/**
 * Bundles the fuzz test with the source that it tests, because Node does not run TypeScript, and runs it:
 * npm run fuzz [-- --runs N --seed S --failures N].
 */
import { copyFileSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'hunt-fuzz-code-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
process.on('SIGINT', () => process.exit(130));

const bundle = await rolldown({
  input: join(root, 'test/fuzz/fuzz.ts'),
  platform: 'node',
  external: (id) => !/^[./]/.test(id),
});
await bundle.write({ dir: folder, entryFileNames: '[name].mjs', chunkFileNames: '[name].mjs' });
copyFileSync(join(root, 'src/dump/fast/scan.wasm'), join(folder, 'scan.wasm'));
symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
const { fuzz } = await import(pathToFileURL(join(folder, 'fuzz.mjs')).href);
process.exitCode = (await fuzz(process.argv.slice(2), root)) > 0 ? 1 : 0;
