/** A step of the build: writes the tables and rules of the pack beside the built code, which reads them in a fraction of the time. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { sourcesOfPack, sharedOfPack } from './rule/catalog/built-in.js';
import { COMPILED, compiledText } from './rule/catalog/compiled.js';
import { DOCUMENTS, storedDocument } from './rule/catalog/documents.js';

writeFileSync(new URL(COMPILED, import.meta.url), compiledText(sharedOfPack()));
mkdirSync(DOCUMENTS, { recursive: true });
for (const [file, source] of sourcesOfPack()) {
  const { name, text } = storedDocument(file, source);
  writeFileSync(new URL(name, DOCUMENTS), text);
}
