/** A step of the build: writes the tables of the pack beside the built code, which reads them in a fraction of the time. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { sharedOfPack } from './rule/catalog/built-in.js';
import { COMPILED, compiledText } from './rule/catalog/compiled.js';

writeFileSync(fileURLToPath(new URL(COMPILED, import.meta.url)), compiledText(sharedOfPack()));
