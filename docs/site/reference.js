/**
 * The reference: one page for each export, by TypeDoc from the declarations in dist/types.
 *
 * @module
 */

import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Application, ReflectionKind } from 'typedoc';
import { pagesFolder, root } from './pages.js';

const folder = join(root, 'build/site/types');

/** @returns {Promise<{ text: string, items: { text: string, link: string }[] }[]>} groups of pages, for the sidebar */
export async function writeReference() {
  copyDeclarations();
  const application = await Application.bootstrapWithPlugins({
    entryPoints: [join(folder, 'index.d.ts')],
    tsconfig: join(folder, 'tsconfig.json'),
    plugin: ['typedoc-plugin-markdown', 'typedoc-plugin-missing-exports'],
    readme: 'none',
    name: 'API',
    disableSources: true,
    excludePrivate: true,
    excludeExternals: true,
    treatWarningsAsErrors: true,
    sort: ['source-order'],
    // Options of the plugins, which the types of TypeDoc's do not know.
    ...{
      // Shapes that exports are made of, and that have no name of their own for users.
      placeInternalsInOwningModule: true,
      out: join(pagesFolder, 'api'),
      entryFileName: 'index',
      hidePageHeader: true,
      hideBreadcrumbs: true,
      useCodeBlocks: true,
      parametersFormat: 'table',
      typeDeclarationFormat: 'table',
      typeAliasPropertiesFormat: 'table',
      expandObjects: true,
      textContentMappings: { 'title.memberPage': '{name}' },
    },
  });
  const project = await application.convert();
  if (!project) throw new Error('TypeDoc cannot read the declarations');
  mustBeDescribed(project);
  await application.generateOutputs(project);
  if (application.logger.hasErrors() || application.logger.hasWarnings())
    throw new Error('TypeDoc complains');
  return groupsIn(join(pagesFolder, 'api'));
}

/**
 * `export type Report = import('./report.js').Report`, which is how tsc writes a typedef, is an alias: TypeDoc would show
 * its name and not what it has. As an import that is exported it is the type itself.
 */
function copyDeclarations() {
  rmSync(folder, { recursive: true, force: true });
  cpSync(join(root, 'dist/types'), folder, { recursive: true });
  const alias = /^export type (\w+)(?:<.*>)? = import\("([^"]+)"\)\.(\w+)(?:<\w+>)?;$/gm;
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.d.ts')) continue;
    const file = join(folder, name);
    const text = readFileSync(file, 'utf8').replace(
      alias,
      (_, given, module, original) =>
        `import type { ${original} as ${given} } from "${module}"; export type { ${given} };`,
    );
    writeFileSync(file, text);
  }
  const compilerOptions = {
    ...JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')).compilerOptions,
    rootDir: '.',
    allowJs: false,
    checkJs: false,
    paths: {},
    typeRoots: [join(root, 'node_modules/@types')],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['index.d.ts'] }));
}

/**
 * What tsc writes of `export const f = () => …` is a function without its comment.
 * @param {import('typedoc').ProjectReflection} project
 */
function mustBeDescribed({ children = [] }) {
  const kinds = ReflectionKind.Class | ReflectionKind.Function | ReflectionKind.Variable;
  const bare = children.filter(
    (each) => each.kindOf(kinds) && ![each, ...(each.signatures ?? [])].some((part) => part.hasComment()),
  );
  if (bare.length > 0) throw new Error(`nothing is said of ${bare.map(({ name }) => name).join(', ')}`);
}

/** @param {string} api */
function groupsIn(api) {
  const words = {
    classes: 'Classes',
    functions: 'Functions',
    variables: 'Values',
    'type-aliases': 'Types',
    interfaces: 'Interfaces',
  };
  const groups = readdirSync(api, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return groups.map(({ name }) => {
    const text = words[/** @type {keyof typeof words} */ (name)];
    if (text === undefined) throw new Error(`a kind of export without a heading: ${name}`);
    const items = readdirSync(join(api, name)).map((file) => {
      const symbol = file.replace(/\.md$/, '');
      return { text: symbol, link: `/api/${name}/${symbol}` };
    });
    return { text, items };
  });
}
