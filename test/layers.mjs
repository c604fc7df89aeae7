/**
 * A rule of the linter: imports point one way. Its option is the table of layers in `.oxlintrc.json`: what each folder or file
 * of `src` may import besides itself and errors.ts. What is not in the table may import nothing and is imported by nothing, so
 * that a new folder needs a row.
 */
import { dirname, join, relative, sep } from 'node:path';

const SOURCE = join(import.meta.dirname, '../src');

/** The folder of `src` that a file is in, or its name, for a file of `src` itself; undefined for a file anywhere else. */
function layerOf(path) {
  const [first, ...rest] = relative(SOURCE, path).split(sep);
  if (first === '..') return undefined;
  return rest.length > 0 ? first : first.replace(/\.js$/, '.ts');
}

const layers = {
  meta: { type: 'problem', schema: [{ type: 'object' }] },
  create(context) {
    const [table] = context.options;
    const layer = layerOf(context.filename);
    if (layer === undefined) return {};
    const may = table[layer] ?? [];
    function check({ source }) {
      if (!source?.value?.startsWith('.')) return;
      const imported = layerOf(join(dirname(context.filename), source.value));
      if ([layer, 'errors.ts', ...may].includes(imported)) return;
      const known = ['errors', ...may].join(', ');
      context.report({
        node: source,
        message: `imports point one way: src/${layer} may use ${known}, and not src/${imported} (the table of layers is in .oxlintrc.json)`,
      });
    }
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
    };
  },
};

export default { meta: { name: 'hunt' }, rules: { layers } };
