/** The floors of main/, from the ground up. A folder may import from floors below its own, never from a neighbour. */
export const floors = [
  ['contract'],
  ['store', 'vectors', 'engine', 'times'],
  ['meaning', 'words'],
  ['persona', 'memory', 'notes', 'models', 'imports', 'claims'],
  ['chat'],
  ['dispatch', 'services'],
  ['host'],
];

/** Packages with one owner each: everybody else goes through the owner. */
export const owners = {
  'better-sqlite3': 'main/store',
  '@lancedb/lancedb': 'main/vectors',
  'apache-arrow': 'main/vectors',
  'node-llama-cpp': 'main/engine',
  yauzl: 'main/(imports|notes)',
  'pdfjs-dist': 'main/notes',
  electron: 'electron',
};

const tests = '\\.test\\.tsx?$';
/** `store` is main/store/… or main/store.ts. */
const at = (names) => `^main/(${names.join('|')})[/.]`;
const npm = (name) => `node_modules/${name}/`;
const rule = (name, comment, { from = {}, to }) => ({ name, severity: 'error', comment, from, to });

export default {
  forbidden: [
    rule('no-cycles', 'Two files that need each other are one file, or one of them knows too much.', { to: { circular: true } }),
    rule('nothing-unresolved', 'An import that leads nowhere.', { to: { couldNotResolve: true, pathNot: '^(electron|vite/client)$' } }),
    ...floors.flatMap(floorRules),
    ...Object.entries(owners).map(ownerRule),
    rule('contract-imports-only-zod', 'What both sides share depends on nothing else.', {
      from: { path: '^main/contract/', pathNot: tests },
      to: { pathNot: `^main/contract/|${npm('zod')}` },
    }),
    rule('window-knows-only-the-contract', 'The window meets the assistant in main/contract alone.', {
      from: { path: '^renderer/' },
      to: { path: '^(main/(?!contract/)|electron/|bench/|e2e/)' },
    }),
    rule('window-has-no-node', 'The window runs in a browser.', { from: { path: '^renderer/', pathNot: tests }, to: { dependencyTypes: ['core'] } }),
    rule('assistant-knows-no-shell', 'main/ runs without Electron and without a window.', {
      from: { path: '^main/' },
      to: { path: '^(electron|renderer|bench|e2e)/' },
    }),
    rule('shell-knows-no-window', 'The shell opens the window; it does not look into it.', {
      from: { path: '^electron/' },
      to: { path: '^(renderer|bench|e2e)/' },
    }),
    rule('no-development-packages', 'What ships imports what ships.', {
      from: { path: '^(main|electron)/', pathNot: `${tests}|/fixtures/` },
      to: { dependencyTypes: ['npm-dev'], pathNot: npm('electron') },
    }),
    rule('tests-are-not-imported', 'A test is run, not used.', { to: { path: tests } }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|build|release|models)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'], exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
  },
};

/** A floor looks down only, and its folders do not look at each other. Tests may: they put things together. */
function floorRules(names, number) {
  const above = floors.slice(number + 1).flat();
  const from = (folders) => ({ path: at(folders), pathNot: tests });
  const down = rule(`${names[0]}-floor-looks-down`, `${names.join(', ')} stand below ${above.join(', ')}.`, { from: from(names), to: { path: at(above) } });
  const apart = names.map((name) =>
    rule(`${name}-keeps-to-itself`, 'Neighbours meet in services, through interfaces.', {
      from: from([name]),
      to: { path: at(names.filter((other) => other !== name)) },
    }));
  // services.ts puts the dispatcher and everything else together.
  const neighbours = names.length > 1 && !names.includes('services');
  return [...(above.length > 0 ? [down] : []), ...(neighbours ? apart : [])];
}

function ownerRule([name, owner]) {
  return rule(`${label(name)}-only-in-${label(owner)}`, `${name} belongs to ${owner}/.`, {
    // A measurement compares the app with the bare library.
    from: { pathNot: `^(${owner}|bench/fixtures)/` },
    to: { path: `${npm(name)}|^${name}$` },
  });
}

function label(name) {
  return name.replace(/^@/, '').replaceAll('/', '-');
}
